//! `trailing-whitespace`: blanks at the end of a line.

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::layout::{is_within, lines, span, values_of_lines};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "trailing-whitespace",
    summary: "Blanks at the end of a line",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["tally:tally/no-trailing-spaces"],
    docs: include_str!("trailing_whitespace.md"),
    on: &[On::Document(check)],
};

fn check(document: &Document, cx: &mut Context<'_>) {
    let trailing = |text: &str| text.len() - text.trim_end_matches([' ', '\t']).len();
    if lines(document.text()).all(|line| trailing(line.text) == 0) {
        return;
    }
    let Some(values) = values_of_lines(document) else { return };
    for line in lines(document.text()) {
        let count = trailing(line.text);
        let end = line.start + line.text.len();
        if count == 0 || is_within(&values, end - count) {
            continue;
        }
        let place = span(end - count, end);
        cx.report(place, "the line ends in blanks")
            .help("Delete them")
            .safe_fix("Delete the blanks", Edit::delete(place));
    }
}
