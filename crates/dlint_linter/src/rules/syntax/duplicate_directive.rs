//! `duplicate-directive`: the same parser directive twice.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-directive",
    summary: "The same parser directive twice",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE"],
    docs: include_str!("duplicate_directive.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
