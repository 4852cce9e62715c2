//! `invalid-check-directive`: `# check=` with an option or a value that does not exist.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-check-directive",
    summary: "`# check=` with an option or a value that does not exist",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_check_directive.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
