//! `duplicate-flag`: a flag twice that may stand only once.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-flag",
    summary: "A flag twice that may stand only once",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000", "dockerfile-utils:FLAG_DUPLICATE"],
    docs: include_str!("duplicate_flag.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
