//! `later-stage-reference`: a stage that takes files from itself or from a later stage.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "later-stage-reference",
    summary: "A stage that takes files from itself or from a later stage",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3023", "trivy:DS-0006", "semgrep:copy-from-own-alias", "dockerfile-utils:FLAG_INVALID_FROM_VALUE", "tally:tally/circular-stage-deps", "kics:COPY '--from' References Current FROM Alias"],
    docs: include_str!("later_stage_reference.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
