//! `missing-final-newline`: a last line without a line break.

use dlint_syntax::dockerfile::TokenKind;
use dlint_syntax::yaml::{ScalarStyle, View};

use crate::diagnostic::{Category, Edit, Level};
use crate::document::{Document, Tree};
use crate::layout::{line_break, span};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-final-newline",
    summary: "A last line without a line break",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["tally:tally/eol-last"],
    docs: include_str!("missing_final_newline.md"),
    on: &[On::Document(check)],
};

fn check(document: &Document, cx: &mut Context<'_>) {
    let text = document.text();
    if cx.is_value || text.is_empty() || text.ends_with('\n') {
        return;
    }
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    let edit = Edit::insert(span(text.len(), text.len()).start(), line_break(text));
    let is_value = is_part_of_value(document);
    let mut report = cx.report(span(text.len() - last, text.len()), "the last line has no line break");
    report.help("End it with a line break, as tools that work line by line expect");
    if is_value {
        report.unsafe_fix("Add a line break", edit);
    } else {
        report.safe_fix("Add a line break", edit);
    }
}

/// Whether a line break at the end would be a part of a value.
fn is_part_of_value(document: &Document) -> bool {
    match document.tree() {
        Tree::Dockerfile(parts) => parts
            .0
            .tokens
            .last()
            .is_some_and(|token| matches!(token.kind, TokenKind::HeredocLine | TokenKind::Continuation)),
        Tree::Compose(yaml) | Tree::Daemon(yaml) => {
            let is_block = |view: View<'_>| matches!(view.scalar_style(), Some(ScalarStyle::Literal | ScalarStyle::Folded));
            let end = document.text().len();
            !yaml.errors().is_empty()
                || yaml.roots().flat_map(View::walk).any(|view| is_block(view) && usize::from(view.range().end()) >= end)
        }
    }
}
