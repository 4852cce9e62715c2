//! `invalid-add-flag`: `ADD --checksum` where it does not apply, or that is no digest.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-add-flag",
    summary: "`ADD --checksum` where it does not apply, or that is no digest",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_add_flag.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
