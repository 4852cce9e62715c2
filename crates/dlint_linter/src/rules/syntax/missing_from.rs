//! `missing-from`: a Dockerfile without `FROM`, so without anything to build.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-from",
    summary: "A Dockerfile without `FROM`, so without anything to build",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:NO_SOURCE_IMAGE", "tally:tally/require-stages"],
    docs: include_str!("missing_from.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
