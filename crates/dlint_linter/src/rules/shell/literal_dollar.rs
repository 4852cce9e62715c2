//! `literal-dollar`: single quotes keep a variable from being expanded, where it was meant to be.

use dlint_syntax::text::has_byte;
use dlint_syntax::TextRange;
use dlint_syntax::shell::{PartKind, Redirect, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "literal-dollar",
    summary: "A variable in single quotes, which stays as it is written",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2016"],
    docs: include_str!("literal_dollar.md"),
    on: &[On::Command(command)],
};

/// Programs that take files by their names: nobody calls a file `$NAME`.
const TAKE_FILES: [&str; 20] = [
    "cat", "cd", "chgrp", "chmod", "chown", "cp", "curl", "ln", "ls", "mkdir", "mv", "pushd", "rm", "rmdir", "tar", "touch", "unzip", "wget", "install", "source",
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if node.run.is_exec() && node.outer().is_none() {
        return;
    }
    let takes_files = has_byte(node.command.text(), b'\'') && TAKE_FILES.contains(&node.name());
    let arguments = node.command.words().from(if takes_files { 1 } else { usize::MAX });
    let arguments = arguments.iter();
    let files = node.command.redirects().filter(Redirect::writes_file).map(|redirect| redirect.target());
    for word in arguments.chain(files) {
        if let Some((range, name)) = literal(node, word) {
            cx.report(range, format!("in single quotes `${name}` stays as it is written")).help("Use double quotes");
        }
    }
}

/// A variable in single quotes whose name is one that is set here.
fn literal(node: &CommandNode<'_, '_>, word: Word<'_>) -> Option<(TextRange, String)> {
    word.parts().filter(|part| part.kind() == PartKind::SingleQuoted && part.text().starts_with('\'')).find_map(|part| {
        let text = part.text();
        text.match_indices('$').find_map(|(at, _)| {
            let rest = text[at + 1..].trim_start_matches('{');
            let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
            let name = &rest[..end];
            (!name.is_empty() && (node.has_variable(name) || name == "HOME")).then(|| (part.range(), name.to_owned()))
        })
    })
}
