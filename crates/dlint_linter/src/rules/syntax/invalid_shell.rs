//! `invalid-shell`: a `SHELL` that is not a JSON array of strings.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-shell",
    summary: "A `SHELL` that is not a JSON array of strings",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:SHELL_JSON_FORM", "dockerfile-utils:SHELL_REQUIRES_ONE"],
    docs: include_str!("invalid_shell.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
