//! `alias-cycle`: a YAML alias inside of what it stands for.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::syntax;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "alias-cycle",
    summary: "A YAML alias inside of what it stands for",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("alias_cycle.md"),
    on: &[On::Syntax(&[Language::Compose]), On::Compose(syntax::report_others)],
};
