//! `too-many-arguments`: an instruction with more arguments than it takes.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "too-many-arguments",
    summary: "An instruction with more arguments than it takes",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000", "dockerfile-utils:ARGUMENT_EXTRA", "dockerfile-utils:ARGUMENT_UNNECESSARY"],
    docs: include_str!("too_many_arguments.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
