//! The XML of JUnit: a suite a file, a test case a finding. A file without findings is one test that passes, because
//! many readers take an empty report for a run that failed. Columns count characters.

use std::fmt::Write;

use dlint_linter::{Category, Diagnostic};

use super::Findings;
use super::xml::{Xml, clean};
use crate::discover::Note;
use crate::paths::reported;

/// How many tests there are.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tests {
    all: usize,
    failures: usize,
    errors: usize,
}

/// Writes the findings of a file.
pub(super) fn write(findings: &Findings<'_>) -> (Vec<u8>, Tests) {
    let path = clean(&findings.path);
    let errors = findings.diagnostics.iter().filter(|it| it.category == Category::Syntax).count();
    let tests = Tests { all: findings.diagnostics.len().max(1), failures: findings.diagnostics.len() - errors, errors };
    let mut xml = Xml::new();
    suite(&mut xml, &path, tests);
    for diagnostic in findings.diagnostics {
        case(&mut xml, &path, findings, diagnostic);
    }
    if findings.diagnostics.is_empty() {
        xml.empty("testcase", &[("name", "no findings"), ("classname", &path), ("file", &path)]);
    }
    xml.close("testsuite");
    (xml.into_bytes(), tests)
}

fn suite(xml: &mut Xml, name: &str, tests: Tests) {
    let [all, failures, errors] = [tests.all, tests.failures, tests.errors].map(|count| count.to_string());
    xml.open("testsuite", &[("name", name), ("tests", &all), ("failures", &failures), ("errors", &errors)]);
}

fn case(xml: &mut Xml, path: &str, findings: &Findings<'_>, diagnostic: &Diagnostic) {
    let start = findings.document.position(diagnostic.range.start());
    let line = start.line.to_string();
    let name = format!("{}:{line}:{}", diagnostic.rule().name, start.column);
    xml.open("testcase", &[("name", &name), ("classname", path), ("file", path), ("line", &line)]);
    let message = clean(&diagnostic.message);
    let mut text = format!("{path}:{line}:{}: {message}", start.column);
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\nhelp: {}", clean(help));
    }
    let _ = write!(text, "\n{}", diagnostic.rule().url());
    let kind = if diagnostic.category == Category::Syntax { "error" } else { "failure" };
    xml.text(kind, &[("message", &message), ("type", diagnostic.level.name())], &text);
    xml.close("testcase");
}

/// Puts the document around the files.
pub(super) fn assemble(pieces: Vec<(Vec<u8>, Tests)>, problems: &[Note]) -> Vec<Vec<u8>> {
    let mut sum = Tests { all: problems.len(), failures: 0, errors: problems.len() };
    for (_, tests) in &pieces {
        sum.all += tests.all;
        sum.failures += tests.failures;
        sum.errors += tests.errors;
    }
    let mut head = Xml::new().declaration();
    let [all, failures, errors] = [sum.all, sum.failures, sum.errors].map(|count| count.to_string());
    head.open("testsuites", &[("name", "dlint"), ("tests", &all), ("failures", &failures), ("errors", &errors)]);
    let mut end = Xml::new();
    for Note { path, message } in problems {
        let path = clean(&reported(path));
        suite(&mut end, &path, Tests { all: 1, failures: 0, errors: 1 });
        end.open("testcase", &[("name", "could not be linted"), ("classname", &path), ("file", &path)]);
        let message = clean(message);
        end.text("error", &[("message", &message), ("type", "error")], &format!("{path} {message}"));
        end.close("testcase");
        end.close("testsuite");
    }
    end.close("testsuites");
    let pieces = pieces.into_iter().map(|(piece, _)| piece);
    std::iter::once(head.into_bytes()).chain(pieces).chain([end.into_bytes()]).collect()
}
