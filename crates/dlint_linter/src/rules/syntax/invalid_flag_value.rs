//! `invalid-flag-value`: a flag without the value it needs, or with one it does not take.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-flag-value",
    summary: "A flag without the value it needs, or with one it does not take",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL1000",
        "dockerfile-utils:FLAG_MISSING_VALUE",
        "dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE",
        "dockerfile-utils:FLAG_INVALID_LINK_VALUE",
    ],
    docs: include_str!("invalid_flag_value.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
