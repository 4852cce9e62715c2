//! One line a finding: `path:line:column: level[rule] message`.

use std::io::Write;

use anstyle::Style;
use dlint_linter::{Diagnostic, Document};

use crate::paths::displayed;
use crate::terminal::{Look, level_style, visible};

/// Writes findings.
pub(super) fn write(document: &Document, diagnostics: &[Diagnostic], look: Look) -> Vec<u8> {
    let mut out = Vec::new();
    let path = look.paint(Style::new().bold(), &displayed(document.path()));
    for diagnostic in diagnostics {
        let level = look.paint(level_style(diagnostic.level), diagnostic.level.name());
        line(&mut out, &path, &level, document, diagnostic);
    }
    out
}

/// The line of a finding, without colours.
pub(super) fn plain_line(path: &str, document: &Document, diagnostic: &Diagnostic) -> String {
    let mut out = Vec::new();
    line(&mut out, path, diagnostic.level.name(), document, diagnostic);
    out.pop();
    String::from_utf8(out).expect("written from strings")
}

fn line(out: &mut Vec<u8>, path: &str, level: &str, document: &Document, diagnostic: &Diagnostic) {
    let start = document.position(diagnostic.range.start());
    let rule = diagnostic.rule().name;
    let message = visible(&diagnostic.message);
    writeln!(out, "{path}:{}:{}: {level}[{rule}] {message}", start.line, start.column)
        .expect("writing to memory does not fail");
}
