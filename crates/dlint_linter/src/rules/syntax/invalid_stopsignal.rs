//! `invalid-stopsignal`: a `STOPSIGNAL` that is no signal.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-stopsignal",
    summary: "A `STOPSIGNAL` that is no signal",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:INVALID_SIGNAL"],
    docs: include_str!("invalid_stopsignal.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
