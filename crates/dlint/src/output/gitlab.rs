//! GitLab's Code Quality report ("Code Quality", "Import code quality results from a CI/CD job"): one array.

use dlint_linter::severity::Rating;
use dlint_linter::{Diagnostic, Level};
use serde::Serialize;

use super::{Findings, put, put_all};
use crate::discover::Note;
use crate::paths::reported;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// Writes findings, separated by commas.
pub(super) fn write(findings: &Findings<'_>) -> Vec<u8> {
    let path = relative(&findings.path);
    put_all(b',', findings.diagnostics.iter().zip(findings.fingerprints()), |(diagnostic, fingerprint)| {
        let position = |offset| findings.document.position(offset).line;
        let rule = diagnostic.rule().name;
        Issue {
            // GitLab does not show the name of the check.
            description: format!("{rule}: {}", diagnostic.message),
            check_name: rule,
            // One that two issues share counts once.
            fingerprint: format!("{rule}:{path}:{fingerprint}"),
            severity: severity(diagnostic),
            location: Location {
                path,
                lines: Lines { begin: position(diagnostic.range.start()), end: position(diagnostic.range.end()) },
            },
        }
    })
}

/// GitLab wants paths without `./`.
fn relative(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match (diagnostic.level, diagnostic.cvss) {
        (Level::Error | Level::Warning, Some(cvss)) if cvss.rating() >= Rating::High => "critical",
        (Level::Error, _) => "major",
        (Level::Warning, _) => "minor",
        (Level::Info | Level::Hint, _) => "info",
    }
}

/// Puts the array around the issues.
pub(super) fn assemble(mut pieces: Vec<Vec<u8>>, problems: &[Note]) -> Vec<Vec<u8>> {
    for Note { path, message } in problems {
        let path = reported(path);
        let mut piece = Vec::new();
        put(
            &mut piece,
            &Issue {
                description: format!("could not be linted: {message}"),
                check_name: "unreadable",
                fingerprint: format!("unreadable:{path}"),
                severity: "blocker",
                location: Location { path: relative(&path), lines: Lines { begin: 1, end: 1 } },
            },
        );
        pieces.push(piece);
    }
    super::joined(b"[", pieces, b",\n", b"]\n")
}
