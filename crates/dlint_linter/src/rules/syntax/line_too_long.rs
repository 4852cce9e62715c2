//! `line-too-long`: a line that is longer than Docker reads.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "line-too-long",
    summary: "A line that is longer than Docker reads",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("line_too_long.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
