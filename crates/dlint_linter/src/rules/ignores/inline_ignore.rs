//! `inline-ignore`: a comment that ignores findings.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule. The engine reports it when all others are done.
pub const RULE: Rule = Rule {
    name: "inline-ignore",
    summary: "A comment ignores findings",
    category: Category::Maintainability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1001"],
    docs: include_str!("inline_ignore.md"),
    on: &[On::Engine(&[Language::Dockerfile, Language::Compose])],
};
