//! `unknown-ignore`: a comment that is meant for dlint and that it does not understand.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule. The engine reports it when all others are done.
pub const RULE: Rule = Rule {
    name: "unknown-ignore",
    summary: "A comment is to ignore a rule that there is not",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_ignore.md"),
    on: &[On::Engine(&[Language::Dockerfile, Language::Compose])],
};
