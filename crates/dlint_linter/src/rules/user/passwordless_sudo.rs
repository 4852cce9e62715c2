//! `passwordless-sudo`: a user may become root without being asked.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::sed;
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "passwordless-sudo",
    summary: "A user may become root without being asked for a password",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("passwordless_sudo.md"),
    on: &[On::Program(&["echo", "printf", "sed", "tee", "cat", "bash", "sh"], command), On::Instruction(instruction)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let writes = matches!(node.name(), "echo" | "printf" | "sed" | "tee" | "cat" | "bash" | "sh");
    if !writes || !node.run.is_shipped {
        return;
    }
    let heredocs = node.command.redirects().filter_map(|redirect| redirect.heredoc()).map(|heredoc| heredoc.body());
    // The script of a nested shell has commands of its own.
    let words = node.command.words().iter().filter(|_| node.command.nested().is_none());
    for word in words.chain(heredocs).filter(|word| word.text().contains("NOPASSWD")) {
        let text = word.text();
        let written = if node.name() == "sed" { sed::written(text) } else { std::iter::once(0..text.len()).collect() };
        let Some(at) = written.into_iter().find_map(|part| Some(part.start + granting(&text[part])?)) else { continue };
        if !is_removed(node) {
            report(at, word.range(), cx);
        }
    }
}

/// A file that `COPY` makes of a heredoc.
fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { return };
    if !copy.destination.as_ref().is_some_and(|to| to.text.contains("sudoers")) {
        return;
    }
    for heredoc in &instruction.heredocs {
        if let Some(at) = granting(cx.text(heredoc.body)) {
            report(at, heredoc.body, cx);
        }
    }
}

/// Reports the word that stands so many bytes behind the start of a place.
fn report(at: usize, within: TextRange, cx: &mut Context<'_>) {
    let place = dlint_syntax::text::range(at..at + TAG.len()) + within.start();
    cx.report(place, "whoever runs as this user is root with one command, so that `USER` protects nothing")
        .help("Do in the build what needs root, and leave `sudo` out of the image; or allow the one command \
               that is needed");
}

const TAG: &str = "NOPASSWD";

/// Where, in lines for `sudoers`, one lets somebody run everything: `%sudo ALL=(ALL) NOPASSWD: ALL`. Source: sudoers(5), "Tag_Spec".
fn granting(text: &str) -> Option<usize> {
    text.match_indices(TAG).map(|(at, _)| at).find(|at| {
        let mut rest = &text[at + TAG.len()..];
        loop {
            rest = rest.trim_start_matches([':', ' ', '\t', '\\']);
            let end = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '_').unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            // Other tags may follow.
            if word.is_empty() || !after.trim_start().starts_with(':') {
                return word == "ALL";
            }
            rest = after;
        }
    })
}

/// Whether a later command of the `RUN` removes the file that is written.
fn is_removed(node: &CommandNode<'_, '_>) -> bool {
    let commands = || node.command.pipeline().commands();
    let targets = commands().flat_map(|command| command.redirects()).map(|redirect| redirect.target());
    let tees = commands().filter_map(|command| command.program()).filter(|program| program.name == "tee");
    let files: Vec<_> = targets.chain(tees.flat_map(|program| program.words.iter())).map(|word| word.unquoted()).collect();
    node.later().filter(|later| matches!(later.name(), "rm" | "shred" | "unlink")).any(|later| {
        later.command.words().iter().any(|word| files.iter().any(|file| file.starts_with('/') && word.is(file)))
    })
}
