//! `unexpanded-variable`: a variable in a place where Docker expands none.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unexpanded-variable",
    summary: "A variable in a place where Docker expands none",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:FLAG_INVALID_FROM_VALUE"],
    docs: include_str!("unexpanded_variable.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
