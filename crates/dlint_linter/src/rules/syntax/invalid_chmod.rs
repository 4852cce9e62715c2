//! `invalid-chmod`: a `--chmod` that is no file mode.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-chmod",
    summary: "A `--chmod` that is no file mode",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_chmod.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
