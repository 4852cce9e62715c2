//! `empty-volume`: `VOLUME` with an empty path.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "empty-volume",
    summary: "`VOLUME` with an empty path",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("empty_volume.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
