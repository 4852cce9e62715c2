//! `missing-arguments`: an instruction with fewer arguments than it needs.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-arguments",
    summary: "An instruction with fewer arguments than it needs",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL1000",
        "dockerfile-utils:ARGUMENT_MISSING",
        "dockerfile-utils:ARGUMENT_REQUIRES_ONE",
        "dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE",
        "dockerfile-utils:ARGUMENT_REQUIRES_TWO",
        "dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO",
    ],
    docs: include_str!("missing_arguments.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
