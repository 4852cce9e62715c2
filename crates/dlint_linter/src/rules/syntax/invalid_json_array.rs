//! `invalid-json-array`: a JSON array with elements that are not strings.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-json-array",
    summary: "A JSON array with elements that are not strings",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_json_array.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
