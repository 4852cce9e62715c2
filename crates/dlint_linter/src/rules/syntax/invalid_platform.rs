//! `invalid-platform`: a `--platform` that cannot be read.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-platform",
    summary: "A `--platform` that cannot be read",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_platform.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
