//! `invalid-yaml`: text that is not YAML.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::syntax;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-yaml",
    summary: "Text that is not YAML",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:invalid-yaml"],
    docs: include_str!("invalid_yaml.md"),
    on: &[On::Syntax(&[Language::Compose]), On::Compose(syntax::report_others)],
};
