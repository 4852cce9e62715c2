//! `unclosed-quote`: a quote that is never closed, where Docker reads quotes.

use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unclosed-quote",
    summary: "A quote that is never closed, where Docker reads quotes",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL1000",
        "dockerfile-utils:SYNTAX_MISSING_SINGLE_QUOTE",
        "dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE",
    ],
    docs: include_str!("unclosed_quote.md"),
    on: &[On::Syntax(&[Language::Dockerfile])],
};
