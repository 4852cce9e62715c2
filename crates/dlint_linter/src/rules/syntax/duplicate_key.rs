//! `duplicate-key`: the same key twice in one mapping.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-key",
    summary: "The same key twice in one mapping",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:invalid-yaml"],
    docs: include_str!("duplicate_key.md"),
    on: &[On::Syntax(&[Language::Compose])],
};
