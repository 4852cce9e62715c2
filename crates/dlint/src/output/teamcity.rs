//! Inspections of TeamCity ("Service Messages", "Reporting Inspections").

use std::fmt::Write;

use dlint_linter::{Level, Rule};

use super::Findings;
use crate::discover::Note;
use crate::paths::reported;
use crate::summary::Summary;
use crate::terminal::visible;

/// Writes findings.
pub(super) fn write(findings: &Findings<'_>) -> Vec<u8> {
    let mut out = String::new();
    for diagnostic in findings.diagnostics {
        let severity = match diagnostic.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Info => "WEAK WARNING",
            Level::Hint => "INFO",
        };
        let _ = writeln!(
            out,
            "##teamcity[inspection typeId='{}' message='{}' file='{}' line='{}' SEVERITY='{severity}']",
            escape(diagnostic.rule().name),
            escape(&visible(&diagnostic.message)),
            escape(&visible(&findings.path)),
            findings.document.position(diagnostic.range.start()).line,
        );
    }
    out.into_bytes()
}

/// Puts the types of the inspections before them.
pub(super) fn assemble(pieces: Vec<Vec<u8>>, summary: &Summary) -> Vec<Vec<u8>> {
    let mut types = String::new();
    for rule in summary.counts.rules.keys().map(|id| id.rule()) {
        let _ = writeln!(types, "{}", inspection_type(rule));
    }
    let mut problems = String::new();
    for Note { path, message } in &summary.problems {
        let description = format!("{} could not be linted: {message}", reported(path));
        let _ = writeln!(problems, "##teamcity[buildProblem description='{}']", escape(&visible(&description)));
    }
    std::iter::once(types.into_bytes()).chain(pieces).chain([problems.into_bytes()]).collect()
}

fn inspection_type(rule: &Rule) -> String {
    format!(
        "##teamcity[inspectionType id='{name}' name='{name}' category='dlint: {}' description='{} ({})']",
        rule.category.name(),
        escape(rule.summary),
        escape(&rule.url()),
        name = escape(rule.name),
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\'' | '[' | ']' => out.extend(['|', c]),
            '\n' => out.push_str("|n"),
            '\r' => out.push_str("|r"),
            c if c.is_ascii() => out.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "|0x{unit:04X}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_ends_a_message_early() {
        assert_eq!(escape("a'b|[c]\n\r"), "a|'b|||[c|]|n|r");
        assert_eq!(escape("\u{e9}\u{1f600}"), "|0x00E9|0xD83D|0xDE00");
    }
}
