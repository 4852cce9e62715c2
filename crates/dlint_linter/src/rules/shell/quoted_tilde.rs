//! `quoted-tilde`: a `~` in quotes is no home folder.

use dlint_syntax::text::has_byte;
use dlint_syntax::shell::{PartKind, Word};
use dlint_syntax::{TextRange, TextSize};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "quoted-tilde",
    summary: "A `~` in quotes, which stays as it is",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2088"],
    docs: include_str!("quoted_tilde.md"),
    on: &[On::Command(command)],
};

/// Programs whose arguments are paths, so that a `~` was meant to be one.
const TAKE_PATHS: [&str; 27] = [
    "cat", "cd", "chgrp", "chmod", "chown", "cp", "find", "head", "install", "ln", "ls", "mkdir", "mv", "pushd", "rm", "rmdir", "sed", "source", "tail", "tar",
    "tee", "test", "touch", "unzip", ".", "[", "export",
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if !has_byte(node.command.text(), b'~') {
        return;
    }
    let takes_paths = TAKE_PATHS.contains(&node.name());
    let arguments = node.command.words().from(1);
    let arguments = arguments.iter().filter(|_| takes_paths);
    let files = node.command.redirects().filter(|redirect| redirect.heredoc().is_none()).map(|redirect| redirect.target());
    let values = node.command.assignments().map(|assignment| assignment.value());
    for word in arguments.chain(files).chain(values) {
        if let Some(tilde) = tilde(word) {
            cx.report(tilde, "in quotes `~` is no home folder, but a folder of that name").help("Write `$HOME`, which quotes leave alone");
        }
    }
}

/// The `~` at the start of a quoted word that is followed by `/`.
fn tilde(word: Word<'_>) -> Option<TextRange> {
    let mut parts = word.parts();
    // `export NAME="~/x"`: the value.
    let first = parts.next().and_then(|first| if first.text().ends_with('=') { parts.next() } else { Some(first) })?;
    let is_quoted = matches!(first.kind(), PartKind::SingleQuoted | PartKind::DoubleQuoted);
    let text = first.text();
    let is_path = text.get(1..).is_some_and(|inner| inner.starts_with("~/"));
    // `sed 's/~/…/'` and the like begin with something else; exec form has no quotes.
    (is_quoted && is_path && text.starts_with(['\'', '"'])).then(|| TextRange::at(first.range().start() + TextSize::new(1), TextSize::new(1)))
}
