//! Issues of Azure Pipelines ("Logging commands", "LogIssue"). Azure knows errors and warnings; what is less is a plain
//! line of the log. Columns count characters.

use std::fmt::Write as _;

use dlint_linter::Level;

use super::Findings;
use super::concise::plain_line;
use crate::discover::Note;
use crate::paths::{displayed, reported};
use crate::terminal::{printable, visible};

/// Writes findings.
pub(super) fn write(findings: &Findings<'_>) -> Vec<u8> {
    let mut out = String::new();
    let shown = displayed(findings.document.path());
    for diagnostic in findings.diagnostics {
        let kind = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Hint => {
                out += &plain_line(&shown, findings.document, diagnostic);
                out.push('\n');
                continue;
            }
        };
        let start = findings.document.position(diagnostic.range.start());
        let rule = diagnostic.rule().name;
        let _ = writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={rule};]{}",
            escape_property(&printable(&findings.path)),
            start.line,
            start.column,
            escape_data(&visible(&diagnostic.message)),
        );
    }
    out.into_bytes()
}

/// Adds what could not be linted.
pub(super) fn assemble(mut pieces: Vec<Vec<u8>>, problems: &[Note]) -> Vec<Vec<u8>> {
    for Note { path, message } in problems {
        let path = escape_property(&printable(&reported(path)));
        let message = escape_data(&visible(message));
        pieces.push(
            format!("##vso[task.logissue type=error;sourcepath={path};]could not be linted: {message}\n").into_bytes(),
        );
    }
    pieces
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(']', "%5D").replace(';', "%3B")
}

#[cfg(test)]
mod tests {
    use super::{escape_data, escape_property};

    // azure-pipelines-task-lib, `taskcommand.ts`.
    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(escape_data("50% of]\r\n;"), "50%AZP25 of]%0D%0A;");
        assert_eq!(escape_property("a];b%"), "a%5D%3Bb%AZP25");
    }
}
