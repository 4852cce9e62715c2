//! `empty-continuation-line`: an empty line inside an instruction.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::TokenKind;

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "empty-continuation-line",
    summary: "An empty line inside an instruction",
    category: Category::Maintainability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["buildkit:NoEmptyContinuation", "dockerfile-utils:EMPTY_CONTINUATION_LINE"],
    docs: include_str!("empty_continuation_line.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    let mut is_continued = false;
    let mut at = 0;
    let tokens = &file.tokens;
    while let Some(token) = tokens.get(at) {
        at += 1;
        match token.kind {
            TokenKind::Continuation => is_continued = true,
            // Comment lines between are dropped.
            TokenKind::Comment => {}
            TokenKind::Space | TokenKind::Newline if is_continued => {
                let start = token.range.start();
                let mut end = token.range.end();
                while let Some(next) = tokens.get(at).filter(|it| matches!(it.kind, TokenKind::Space | TokenKind::Newline)) {
                    end = next.range.end();
                    at += 1;
                }
                let blank = document.slice(TextRange::new(start, end));
                if !blank.contains('\n') {
                    continue;
                }
                let after_comment = at_comment_end(document.text(), start);
                let lines = blank.rfind('\n').map_or("", |last| &blank[..=last]);
                let lines = if after_comment { lines.split_once('\n').map_or("", |(_, rest)| rest) } else { lines };
                let is_last = tokens.get(at).is_none();
                if !lines.is_empty() && !is_last {
                    let skipped = blank.rfind('\n').map_or(0, |last| last + 1) - lines.len();
                    let start = start + dlint_syntax::TextSize::new(skipped as u32);
                    report(TextRange::at(start, dlint_syntax::TextSize::new(lines.len() as u32)), cx);
                }
            }
            _ => is_continued = false,
        }
    }
}

/// Whether a place is right behind a comment, whose newline it is.
fn at_comment_end(text: &str, at: dlint_syntax::TextSize) -> bool {
    let before = &text[..usize::from(at)];
    !before.ends_with('\n')
}

fn report(lines: TextRange, cx: &mut Context<'_>) {
    cx.report(lines, "an empty line inside an instruction, which Docker will not take one day")
        .help("Delete it, or make it a comment")
        .safe_fix("Delete the empty line", Edit::delete(lines));
}
