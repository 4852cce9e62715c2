//! `misplaced-directive`: a parser directive below the top of the file.

use dlint_syntax::TextRange;

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "misplaced-directive",
    summary: "A parser directive below the top of the file",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("misplaced_directive.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    for comment in &file.comments {
        let text = cx.text(comment.range);
        let Some(name) = directive(text) else { continue };
        let place = TextRange::new(comment.range.start(), comment.range.end());
        cx.report(place, format!("`{name}` is a plain comment here"))
            .help("Move it to the top of the file: a directive may only stand before any comment, empty line or instruction");
    }
}

/// The directive that a comment looks like, in its usual form.
fn directive(comment: &str) -> Option<&'static str> {
    let (name, value) = comment.strip_prefix('#')?.split_once('=')?;
    let value = value.trim();
    match name.trim().to_ascii_lowercase().as_str() {
        "escape" if matches!(value, "\\" | "`") => Some("escape"),
        "syntax" if !value.contains(char::is_whitespace) && value.contains('/') => Some("syntax"),
        _ => None,
    }
}
