//! Annotations of GitHub Actions ("Workflow commands for GitHub Actions", "Setting a notice, warning, error message").
//!
//! GitHub shows at most ten annotations of each kind a step, so the gravest come first as commands, and the rest as
//! plain lines of the log.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dlint_linter::{Diagnostic, Document, Level};

use super::concise::plain_line;
use crate::discover::Note;
use crate::paths::{displayed, has_prefix, plain, reported};
use crate::summary::counted;
use crate::terminal::{printable, visible};

/// How many annotations of each kind GitHub shows for a step.
const LIMIT: usize = 10;

/// A finding, written both ways.
#[derive(Debug)]
pub(crate) struct Entry {
    level: Level,
    command: String,
    line: String,
}

/// Writes findings.
pub(super) fn entries(document: &Document, diagnostics: &[Diagnostic]) -> Vec<Entry> {
    let path = displayed(document.path());
    let file = escape_property(&printable(&in_repository(document.path())));
    let entry = |diagnostic: &Diagnostic| {
        let line = plain_line(&path, document, diagnostic);
        let command = command(&file, &line, document, diagnostic);
        Entry { level: diagnostic.level, command, line }
    };
    diagnostics.iter().map(entry).collect()
}

fn command(file: &str, line: &str, document: &Document, diagnostic: &Diagnostic) -> String {
    let start = document.position(diagnostic.range.start());
    let end = document.position(diagnostic.range.end());
    let kind = kind(diagnostic.level);
    let title = escape_property(diagnostic.rule().name);
    let mut command = format!("::{kind} title={title},file={file},line={},endLine={}", start.line, end.line);
    // GitHub takes columns only for a range within a line.
    if start.line == end.line {
        // Its last column counts in, ours does not.
        let last = end.column.saturating_sub(1).max(start.column);
        write!(command, ",col={},endColumn={last}", start.column).expect("writing to memory does not fail");
    }
    let mut message = line.to_owned();
    for related in &diagnostic.related {
        let other = related.document.as_deref().unwrap_or(document);
        let place = other.position(related.range.start());
        let (path, what) = (displayed(other.path()), visible(&related.message));
        write!(message, "\n{path}:{}:{}: {what}", place.line, place.column).expect("writing to memory does not fail");
    }
    if let Some(help) = &diagnostic.help {
        write!(message, "\nhelp: {}", visible(help)).expect("writing to memory does not fail");
    }
    write!(command, "::{}", escape_data(&message)).expect("writing to memory does not fail");
    command
}

/// Puts the findings of all files in order: the gravest first.
pub(super) fn assemble(mut entries: Vec<Entry>, problems: &[Note], quiet: bool) -> Vec<u8> {
    let findings = entries.len();
    entries.extend(problems.iter().map(of_problem));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.level));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut commands, mut rest) = (String::new(), String::new());
    let mut hidden = 0;
    for entry in &entries {
        let count = kinds.entry(kind(entry.level)).or_default();
        *count += 1;
        let (out, line) = if *count <= LIMIT {
            (&mut commands, &entry.command)
        } else {
            hidden += 1;
            (&mut rest, &entry.line)
        };
        out.push_str(line);
        out.push('\n');
    }
    commands += &rest;
    if !quiet {
        let _ = write!(commands, "dlint: {}", counted(findings, "finding"));
        if hidden > 0 {
            let _ = write!(commands, ", {hidden} not shown as annotations");
        }
        commands.push('\n');
    }
    commands.into_bytes()
}

fn of_problem(note: &Note) -> Entry {
    let line = format!("{}: could not be linted: {}", displayed(&note.path), visible(&note.message));
    let file = escape_property(&printable(&in_repository(&note.path)));
    Entry { level: Level::Error, command: format!("::error title=dlint,file={file}::{}", escape_data(&line)), line }
}

fn kind(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Hint => "notice",
    }
}

/// The path from the top of the repository, as GitHub wants it.
fn in_repository(path: &Path) -> String {
    static PREFIX: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
        let workspace = PathBuf::from(std::env::var_os("GITHUB_WORKSPACE")?);
        let workspace = workspace.canonicalize().unwrap_or(workspace);
        Some(std::env::current_dir().ok()?.strip_prefix(workspace).ok()?.to_owned())
    });
    match PREFIX.as_ref() {
        Some(prefix) if path.is_relative() && !has_prefix() => plain(&prefix.join(path)).into_owned(),
        _ => reported(path),
    }
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use dlint_linter::Level;

    use super::{Entry, assemble, escape_data, escape_property};

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(escape_data("50% of\r\na::b,c"), "50%25 of%0D%0Aa::b,c");
        assert_eq!(escape_property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
    }

    #[test]
    fn the_gravest_come_first_and_ten_of_a_kind() {
        let entry = |level, name: usize| Entry { level, command: format!("::{name}"), line: format!("{name}") };
        let mut entries: Vec<_> = (0..12).map(|name| entry(Level::Warning, name)).collect();
        entries.push(entry(Level::Error, 99));
        let text = String::from_utf8(assemble(entries, &[], false)).unwrap_or_default();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0], "::99");
        assert_eq!(lines[1..11], ["::0", "::1", "::2", "::3", "::4", "::5", "::6", "::7", "::8", "::9"]);
        assert_eq!(lines[11..], ["10", "11", "dlint: 13 findings, 2 not shown as annotations"]);
    }
}
