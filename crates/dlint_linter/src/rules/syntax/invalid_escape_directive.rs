//! `invalid-escape-directive`: `# escape=` with something other than a backslash or a backtick.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-escape-directive",
    summary: "`# escape=` with something other than a backslash or a backtick",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000", "dockerfile-utils:INVALID_ESCAPE_DIRECTIVE"],
    docs: include_str!("invalid_escape_directive.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
