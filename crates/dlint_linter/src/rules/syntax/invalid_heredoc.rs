//! `invalid-heredoc`: a heredoc without its end, or where none can be.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-heredoc",
    summary: "A heredoc without its end, or where none can be",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000"],
    docs: include_str!("invalid_heredoc.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
