//! `invalid-mount`: a `RUN --mount` with an unknown type or option, or options that do not go together.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-mount",
    summary: "A `RUN --mount` with an unknown type or option, or options that do not go together",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000"],
    docs: include_str!("invalid_mount.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
