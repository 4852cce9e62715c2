//! `unknown-instruction`: a line that starts with no instruction that Docker knows.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-instruction",
    summary: "A line that starts with no instruction that Docker knows",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL1000", "dockerfile-utils:UNKNOWN_INSTRUCTION", "tally:tally/unknown-instruction", "tally:tally/invalid-onbuild-trigger"],
    docs: include_str!("unknown_instruction.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
