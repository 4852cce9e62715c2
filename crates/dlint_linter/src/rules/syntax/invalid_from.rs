//! `invalid-from`: `FROM` with other than one word, or three with `AS` in the middle.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-from",
    summary: "`FROM` with other than one word, or three with `AS` in the middle",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000", "dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE", "dockerfile-utils:INVALID_AS"],
    docs: include_str!("invalid_from.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
