//! The XML of Checkstyle, which many tools of Java's world read. Columns count characters.

use dlint_linter::Level;

use super::Findings;
use super::xml::{Xml, clean};
use crate::discover::Note;
use crate::paths::reported;

/// Writes the findings of a file; a file without any is named all the same.
pub(super) fn write(findings: &Findings<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("file", &[("name", &clean(&findings.path))]);
    for diagnostic in findings.diagnostics {
        let start = findings.document.position(diagnostic.range.start());
        let (line, column) = (start.line.to_string(), start.column.to_string());
        let severity = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info | Level::Hint => "info",
        };
        xml.empty(
            "error",
            &[
                ("line", &line),
                ("column", &column),
                ("severity", severity),
                ("message", &clean(&diagnostic.message)),
                ("source", &format!("dlint.{}", diagnostic.rule().name)),
            ],
        );
    }
    xml.close("file");
    xml.into_bytes()
}

/// Puts the document around the files.
pub(super) fn assemble(mut pieces: Vec<Vec<u8>>, problems: &[Note]) -> Vec<Vec<u8>> {
    let mut head = Xml::new().declaration();
    head.open("checkstyle", &[("version", "4.3")]);
    pieces.insert(0, head.into_bytes());
    let mut end = Xml::new();
    for Note { path, message } in problems {
        end.open("file", &[("name", &clean(&reported(path)))]);
        let message = clean(message);
        end.empty("error", &[("line", "1"), ("severity", "error"), ("message", &message), ("source", "dlint")]);
        end.close("file");
    }
    end.close("checkstyle");
    pieces.push(end.into_bytes());
    pieces
}
