//! The formats of reviewdog, `rdjson` and `rdjsonl` (reviewdog's `proto/rdf/reviewdog.proto`). Columns count bytes.

use dlint_linter::{Diagnostic, Document, Level};
use dlint_syntax::TextRange;
use serde::Serialize;

use super::place::{Unit, place};
use super::{Findings, put, put_all};
use crate::discover::Note;
use crate::paths::reported;

#[derive(Serialize)]
struct RdDiagnostic<'a> {
    message: std::borrow::Cow<'a, str>,
    location: Location<'a>,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

const SOURCE: Source = Source { name: "dlint", url: env!("CARGO_PKG_REPOSITORY") };

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    url: String,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

/// Writes findings, separated by commas.
pub(super) fn write(findings: &Findings<'_>) -> Vec<u8> {
    put_all(b',', findings.diagnostics, |it| of_diagnostic(findings, it))
}

/// Writes findings, a line each.
pub(super) fn write_lines(findings: &Findings<'_>) -> Vec<u8> {
    put_all(b'\n', findings.diagnostics, |it| RdDiagnostic { source: Some(SOURCE), ..of_diagnostic(findings, it) })
}

fn of_diagnostic<'a>(findings: &'a Findings<'_>, diagnostic: &'a Diagnostic) -> RdDiagnostic<'a> {
    let document = findings.document;
    // Each suggestion stands for itself, so a fix of several edits cannot be one.
    let suggestions = findings.fixes(diagnostic).filter_map(|fix| match &fix.edits[..] {
        [edit] => Some(Suggestion { range: range(document, edit.range), text: &edit.text }),
        _ => None,
    });
    RdDiagnostic {
        message: match &diagnostic.help {
            Some(help) => format!("{}\n{help}", diagnostic.message).into(),
            None => (&diagnostic.message).into(),
        },
        location: Location { path: &findings.path, range: Some(range(document, diagnostic.range)) },
        severity: match diagnostic.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Info | Level::Hint => "INFO",
        },
        source: None,
        code: Some(Code { value: diagnostic.rule().name, url: diagnostic.rule().url() }),
        suggestions: suggestions.collect(),
    }
}

fn range(document: &Document, range: TextRange) -> Range {
    let position = |offset| {
        let (line, column) = place(document, offset, Unit::Bytes);
        Position { line, column }
    };
    Range { start: position(range.start()), end: position(range.end()) }
}

fn of_problem<'a>(path: &'a str, note: &'a Note) -> RdDiagnostic<'a> {
    RdDiagnostic {
        message: format!("could not be linted: {}", note.message).into(),
        location: Location { path, range: None },
        severity: "ERROR",
        source: None,
        code: None,
        suggestions: Vec::new(),
    }
}

/// Puts the object around the findings.
pub(super) fn assemble(mut pieces: Vec<Vec<u8>>, problems: &[Note]) -> Vec<Vec<u8>> {
    for note in problems {
        let mut piece = Vec::new();
        put(&mut piece, &of_problem(&reported(&note.path), note));
        pieces.push(piece);
    }
    let mut head = br#"{"source":"#.to_vec();
    put(&mut head, &SOURCE);
    head.extend(br#","diagnostics":["#);
    super::joined(&head, pieces, b",", b"]}\n")
}

/// Puts lines for what could not be linted at the end.
pub(super) fn assemble_lines(mut pieces: Vec<Vec<u8>>, problems: &[Note]) -> Vec<Vec<u8>> {
    for note in problems {
        let path = reported(&note.path);
        let mut piece = Vec::new();
        put(&mut piece, &RdDiagnostic { source: Some(SOURCE), ..of_problem(&path, note) });
        pieces.push(piece);
    }
    super::lines(pieces)
}
