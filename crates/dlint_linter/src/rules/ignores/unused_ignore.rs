//! `unused-ignore`: a comment that ignores what is not found.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule. The engine reports it when all others are done.
pub const RULE: Rule = Rule {
    name: "unused-ignore",
    summary: "A comment ignores a rule that finds nothing there",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unused_ignore.md"),
    on: &[On::Engine(&[Language::Dockerfile, Language::Compose])],
};
