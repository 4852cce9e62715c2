//! `invalid-merge`: a merge key `<<` with something other than a mapping.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::syntax;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-merge",
    summary: "A merge key `<<` with something other than a mapping",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_merge.md"),
    on: &[On::Syntax(&[Language::Compose]), On::Compose(syntax::report_others)],
};
