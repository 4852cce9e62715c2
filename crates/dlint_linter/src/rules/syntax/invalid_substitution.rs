//! `invalid-substitution`: a `${…}` that Docker cannot read.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-substitution",
    summary: "A `${…}` that Docker cannot read",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:UNSUPPORTED_MODIFIER", "dockerfile-utils:INVALID_SYNTAX"],
    docs: include_str!("invalid_substitution.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
