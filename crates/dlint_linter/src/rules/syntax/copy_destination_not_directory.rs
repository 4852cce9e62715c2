//! `copy-destination-not-directory`: several sources, and a destination that is not a directory.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "copy-destination-not-directory",
    summary: "Several sources, and a destination that is not a directory",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3021", "trivy:DS-0011", "dockerfile-utils:INVALID_DESTINATION", "kics:Copy With More Than Two Arguments Not Ending With Slash"],
    docs: include_str!("copy_destination_not_directory.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
