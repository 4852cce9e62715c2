//! `invalid-key-value`: `ENV`, `LABEL` or `ARG` without `=` or without a name.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-key-value",
    summary: "`ENV`, `LABEL` or `ARG` without `=` or without a name",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000", "dockerfile-utils:SYNTAX_MISSING_EQUALS", "dockerfile-utils:SYNTAX_MISSING_NAMES"],
    docs: include_str!("invalid_key_value.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
