//! `invalid-encoding`: bytes in a Dockerfile that are not UTF-8.

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::language::Language;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-encoding",
    summary: "A Dockerfile with bytes that are not UTF-8",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_encoding.md"),
    on: &[On::Document(check)],
};

fn check(document: &Document, cx: &mut Context<'_>) {
    // Compose and daemon.json refuse such a file: `invalid-yaml`, `invalid-json`.
    if document.language() != Language::Dockerfile {
        return;
    }
    let places = document.invalid_bytes();
    let Some(&first) = places.first() else { return };
    let more = match places.len() {
        1 => String::new(),
        count => format!(", nor in {} more places", count - 1),
    };
    cx.report(first, format!("the file is not UTF-8 here{more}"))
        .help("Save it as UTF-8. dlint changes nothing in the file until then");
}
