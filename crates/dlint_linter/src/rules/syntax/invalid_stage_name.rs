//! `invalid-stage-name`: a stage name with characters that are not allowed.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-stage-name",
    summary: "A stage name with characters that are not allowed",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:INVALID_BUILD_STAGE_NAME"],
    docs: include_str!("invalid_stage_name.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
