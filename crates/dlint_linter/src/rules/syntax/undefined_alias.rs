//! `undefined-alias`: a YAML alias without its anchor.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::syntax;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-alias",
    summary: "A YAML alias without its anchor",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:invalid-yaml"],
    docs: include_str!("undefined_alias.md"),
    on: &[On::Syntax(&[Language::Compose]), On::Compose(syntax::report_others)],
};
