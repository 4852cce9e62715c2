//! Files that name repositories, as commands and `COPY` write them.

use dlint_syntax::TextSize;
use dlint_syntax::dockerfile::{Instruction, Kind, Source};
use dlint_syntax::shell::{Program, Word};

use super::report;
use crate::packages::repositories::{unchecked, written_by_sed};
use crate::rule::Context;
use crate::run::CommandNode;

/// A command that writes the file of a repository.
pub(super) fn writer(node: &CommandNode<'_, '_>, program: &Program<'_>, cx: &mut Context<'_>) {
    for heredoc in node.command.redirects().filter_map(|redirect| redirect.heredoc()) {
        let body = heredoc.body();
        file(body.text(), body.range().start(), cx);
    }
    let words: Vec<Word<'_>> = program.words.iter().filter(|word| !word.text().starts_with('-')).collect();
    if !words.iter().any(|word| is_about(word.text())) {
        return;
    }
    let texts = words.iter().map(|word| match program.name.as_ref() {
        "sed" => written_by_sed(&word.unquoted()),
        _ => word.unquoted().into_owned(),
    });
    let separator = if program.name == "echo" { " " } else { "\n" };
    let text = texts.collect::<Vec<_>>().join(separator);
    let Some((what, _)) = unchecked(&text) else { return };
    if what == "gpgcheck=0" && is_local_before(node) {
        return;
    }
    if let Some(word) = words.iter().find(|word| is_about(word.text())) {
        report(word.range(), &format!("`{what}`"), cx);
    }
}

/// Whether a text may be about signatures at all.
fn is_about(text: &str) -> bool {
    ["trusted", "Trusted", "gpgcheck"].iter().any(|it| text.contains(it))
}

/// Whether a line of its own before this one says that the repository is made of local files.
fn is_local_before(node: &CommandNode<'_, '_>) -> bool {
    let is_local = |word: Word<'_>| word.unquoted().starts_with("baseurl=file:");
    node.earlier().filter(|it| matches!(it.name(), "echo" | "printf")).any(|it| it.command.words().iter().any(is_local))
}

/// `COPY` of a heredoc.
pub(super) fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { return };
    let indexes = copy.sources.iter().filter_map(|source| match source {
        Source::Heredoc(index) => Some(*index),
        Source::Path(_) => None,
    });
    for heredoc in indexes.filter_map(|index| instruction.heredocs.get(index)) {
        let text = cx.text(heredoc.body).to_owned();
        file(&text, heredoc.body.start(), cx);
    }
}

/// A whole file, and where it stands.
fn file(text: &str, start: TextSize, cx: &mut Context<'_>) {
    let Some((what, line)) = unchecked(text) else { return };
    let at = text.find(line).unwrap_or_default();
    report(dlint_syntax::text::range(at..at + line.len()) + start, &format!("`{what}`"), cx);
}
