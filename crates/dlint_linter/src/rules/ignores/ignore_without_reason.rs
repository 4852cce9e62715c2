//! `ignore-without-reason`: a comment that ignores findings and does not say why.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule. The engine reports it when all others are done.
pub const RULE: Rule = Rule {
    name: "ignore-without-reason",
    summary: "A comment ignores findings and does not say why",
    category: Category::Maintainability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ignore_without_reason.md"),
    on: &[On::Engine(&[Language::Dockerfile, Language::Compose])],
};
