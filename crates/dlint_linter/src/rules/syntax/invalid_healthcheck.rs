//! `invalid-healthcheck`: a `HEALTHCHECK` with an unknown type, stray arguments or bad times.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-healthcheck",
    summary: "A `HEALTHCHECK` with an unknown type, stray arguments or bad times",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL1000",
        "dockerfile-utils:UNKNOWN_TYPE",
        "dockerfile-utils:FLAG_INVALID_DURATION",
        "dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING",
        "dockerfile-utils:FLAG_LESS_THAN_1MS",
        "dockerfile-utils:FLAG_MISSING_DURATION",
        "dockerfile-utils:FLAG_UNKNOWN_UNIT",
        "dockerfile-utils:FLAG_AT_LEAST_ONE",
    ],
    docs: include_str!("invalid_healthcheck.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
