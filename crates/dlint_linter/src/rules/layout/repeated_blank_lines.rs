//! `repeated-blank-lines`: more blank lines in a row than are wanted.

use std::cell::OnceCell;

use dlint_syntax::TextRange;
use serde::Deserialize;

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::layout::{is_within, lines, span, values_of_lines};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "repeated-blank-lines",
    summary: "More blank lines in a row than are wanted",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["tally:tally/no-multiple-empty-lines"],
    docs: include_str!("repeated_blank_lines.md"),
    on: &[On::Document(check)],
};

/// Options of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// So many blank lines may stand in a row.
    pub max: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { max: 1 }
    }
}

fn check(document: &Document, cx: &mut Context<'_>) {
    let max = cx.config.options.repeated_blank_lines.max;
    let values = OnceCell::new();
    let mut run = 0;
    // The blank lines that are too many.
    let mut excess: Option<(usize, usize)> = None;
    for line in lines(document.text()) {
        run = if line.is_blank() { run + 1 } else { 0 };
        if run > max {
            excess = Some((excess.map_or(line.start, |(start, _)| start), line.next));
            continue;
        }
        if let Some(place) = excess.take() {
            report(document, place, &values, cx);
        }
    }
    if let Some(place) = excess {
        report(document, place, &values, cx);
    }
}

/// Reports blank lines, unless they are a part of a value.
#[allow(clippy::option_option, reason = "nobody asked yet, or it cannot be told")]
fn report(
    document: &Document,
    (start, end): (usize, usize),
    values: &OnceCell<Option<Vec<TextRange>>>,
    cx: &mut Context<'_>,
) {
    let values = values.get_or_init(|| values_of_lines(document));
    if values.as_ref().is_none_or(|values| is_within(values, start)) {
        return;
    }
    let place = span(start, end);
    let max = cx.config.options.repeated_blank_lines.max;
    cx.report(place, format!("more than {max} blank line{} in a row", if max == 1 { "" } else { "s" }))
        .help("Delete the others")
        .safe_fix("Delete the blank lines", Edit::delete(place));
}
