//! `invalid-tag-value`: a value that does not fit its YAML tag.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::syntax;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-tag-value",
    summary: "A value that does not fit its YAML tag",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_tag_value.md"),
    on: &[On::Syntax(&[Language::Compose]), On::Compose(syntax::report_others)],
};
