//! `instruction-before-from`: an instruction other than `ARG` before the first `FROM`.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "instruction-before-from",
    summary: "An instruction other than `ARG` before the first `FROM`",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3061", "dockerfile-utils:NO_SOURCE_IMAGE"],
    docs: include_str!("instruction_before_from.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
