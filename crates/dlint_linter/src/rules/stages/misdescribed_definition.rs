//! `misdescribed-definition`: a comment above a stage or argument that does not begin with its name.

use dlint_syntax::dockerfile::{Kind, Word};

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "misdescribed-definition",
    summary: "A comment above a stage or argument that does not begin with its name",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["buildkit:InvalidDefinitionDescription"],
    docs: include_str!("misdescribed_definition.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    let mut comments = file.comments.iter().peekable();
    for instruction in &file.instructions {
        let mut last = None;
        while let Some(comment) = comments.next_if(|comment| comment.range.start() < instruction.range.start()) {
            last = Some(comment.range);
        }
        // Those inside of the instruction.
        while comments.next_if(|comment| comment.range.start() < instruction.range.end()).is_some() {}
        // Of several arguments the comment may describe any.
        let names: Vec<&Word> = match &instruction.kind {
            Kind::From(from) => from.name.iter().collect(),
            Kind::Arg(all) => all.iter().map(|declaration| &declaration.name).collect(),
            _ => continue,
        };
        let (Some(name), Some(comment)) = (names.first(), last) else { continue };
        let text = cx.text(comment).trim_start_matches('#').trim_start();
        // An empty comment says that those above are about something else.
        if text.is_empty() || is_between(document, comment.end(), instruction.range.start()) {
            continue;
        }
        let first = text.split_whitespace().next();
        if !names.iter().any(|name| first == Some(name.text.as_str())) {
            cx.report(comment, format!("the description of `{}` does not begin with its name", name.text))
                .help(format!("Write `# {} …`, or an empty `#` line below a comment that is about something else", name.text));
        }
    }
}

/// Whether anything but blank space stands between a comment and the instruction.
fn is_between(document: &Document, start: dlint_syntax::TextSize, end: dlint_syntax::TextSize) -> bool {
    !document.slice(dlint_syntax::TextRange::new(start, end)).trim().is_empty()
}
