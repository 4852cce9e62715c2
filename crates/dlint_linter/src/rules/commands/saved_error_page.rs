//! `saved-error-page`: curl saves what a server sends with an error as if it were the file.

use crate::diagnostic::{Category, Level};
use crate::downloads::{Tool, file_name};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::verification::verifies;

/// The rule.
pub const RULE: Rule = Rule {
    name: "saved-error-page",
    summary: "A download that takes an error of the server for the file",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("saved_error_page.md"),
    on: &[On::Download(command)],
};

/// Options for another request than one for a file, for a configuration, and to look at the status.
const OTHER: [&str; 12] = [
    "config",
    "data",
    "data-binary",
    "fail",
    "fail-early",
    "fail-with-body",
    "form",
    "head",
    "json",
    "request",
    "upload-file",
    "write-out",
];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(download) = node.download().filter(|it| it.tool == Tool::Curl) else { return };
    let arguments = &download.arguments;
    let is_other = "fIXdKwTF".chars().any(|letter| arguments.has_short(letter))
        || OTHER.iter().any(|name| arguments.has_long(name))
        || node.has_variable("CURL_HOME")
        || cx.mentions("curlrc");
    let is_http = download.urls.iter().any(|(_, url)| url.starts_with("http://") || url.starts_with("https://"));
    let Some(file) = download.files().next() else { return };
    let name = file_name(file);
    if is_other || !is_http || download.only_looks() || download.may_hide_options(node) || name.is_empty() || is_looked_into(node, name, cx) {
        return;
    }
    let edit = node.add_after(cx.document.text(), download.program, "-f");
    let message = format!("if the server answers with an error, its error page becomes `{name}`");
    let mut report = cx.report(download.program.range(), message);
    report.help("Add `-f`, with which `curl` fails then");
    if let Some(edit) = edit {
        report.unsafe_fix("Add `-f`", edit);
    }
}

/// Whether a later command reads the file, and so fails where it is something else. What only moves it or gives it rights does
/// not. Of what stands far behind nobody knows.
fn is_looked_into(node: &CommandNode<'_, '_>, name: &str, cx: &Context<'_>) -> bool {
    /// So many commands are looked at.
    const FAR: usize = 64;
    const BLIND: [&str; 9] = ["chmod", "chown", "chgrp", "mv", "cp", "install", "ln", "ls", "rm"];
    if node.later().any(|later| checks_list(&later)) {
        return true;
    }
    let mut names = vec![name.to_owned()];
    let mut looks = |later: &CommandNode<'_, '_>| {
        // Most commands have nothing to do with it, and are no more than they are written.
        let written = later.command.text();
        let is_plain = !written.bytes().any(|byte| matches!(byte, b'$' | b'`' | b'"' | b'\'' | b'\\' | 0));
        if is_plain && !names.iter().any(|name| written.contains(name.as_str())) {
            return false;
        }
        let text = |word| later.value(word).unwrap_or_else(|| word.unquoted().into_owned());
        let words: Vec<String> = later.command.words().iter().map(text).collect();
        if later.command.redirects().any(|it| has_name(&text(it.target()), &names)) {
            return true;
        }
        if !words.iter().any(|word| has_name(word, &names)) {
            return false;
        }
        if let Some(target) = words.last().filter(|_| matches!(later.name(), "mv" | "cp" | "install" | "ln")) {
            names.push(file_name(target).to_owned());
        }
        !BLIND.contains(&later.name())
    };
    let mut looked_at = 0;
    let mut is_too_far_or_looks = |later: &CommandNode<'_, '_>| {
        looked_at += 1;
        looked_at > FAR || looks(later)
    };
    if node.later().any(|later| is_too_far_or_looks(&later)) {
        return true;
    }
    let runs = cx.runs();
    runs.after(node.run).any(|run| run.nodes().any(|later| is_too_far_or_looks(&later)))
}

/// Whether a command checks what a list or a signature names, which nobody can read here. What `echo` feeds is seen.
fn checks_list(node: &CommandNode<'_, '_>) -> bool {
    let before = || node.command.pipeline().commands().take(node.command.position());
    verifies(node) && !before().any(|it| it.name().is_some_and(|name| matches!(&*name, "echo" | "printf")))
}

/// Whether one of these file names stands in a text.
fn has_name(text: &str, names: &[String]) -> bool {
    let is_part = |char: char| char.is_alphanumeric() || matches!(char, '.' | '_' | '-' | '+');
    names.iter().any(|name| {
        text.match_indices(name.as_str()).any(|(at, _)| {
            !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part)
        })
    })
}
