//! `invalid-run-option`: `RUN` with a `--network`, `--security` or `--device` that does not exist.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-run-option",
    summary: "`RUN` with a `--network`, `--security` or `--device` that does not exist",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000"],
    docs: include_str!("invalid_run_option.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
