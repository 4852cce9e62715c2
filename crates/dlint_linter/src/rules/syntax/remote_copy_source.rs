//! `remote-copy-source`: `COPY` of a URL, which only `ADD` can fetch.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "remote-copy-source",
    summary: "`COPY` of a URL, which only `ADD` can fetch",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("remote_copy_source.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
