//! One JSON object. The shape is a contract: within a version, keys are added but never change.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use dlint_linter::severity::Cvss;
use dlint_linter::{Diagnostic, Document, Language, Level, RuleId};
use dlint_syntax::{TextRange, TextSize};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Findings, joined, put, put_all};
use crate::discover::Note;
use crate::paths::reported;
use crate::summary::Summary;

#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    rule: &'a str,
    aliases: &'a RawValue,
    category: &'a str,
    level: &'a str,
    cvss: Option<Severity<'a>>,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a RawValue,
    start: JsonPosition,
    end: JsonPosition,
    related: Vec<JsonRelated<'a>>,
    fixes: Vec<JsonFix<'a>>,
    url: &'a RawValue,
}

/// The severity of a finding: mostly that of its rule.
#[derive(Serialize)]
#[serde(untagged)]
enum Severity<'a> {
    Usual(&'a RawValue),
    Own(JsonCvss),
}

/// The severity of a security rule or finding.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct JsonCvss {
    vector: &'static str,
    score: f64,
    rating: &'static str,
}

impl JsonCvss {
    /// Works out the score.
    pub(crate) fn new(cvss: Cvss) -> Self {
        Self { vector: cvss.vector(), score: cvss.score(), rating: cvss.rating().name() }
    }
}

/// Line and column from 1, columns in characters, the offset in bytes from 0.
#[derive(Serialize)]
struct JsonPosition {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct JsonRelated<'a> {
    path: String,
    start: JsonPosition,
    end: JsonPosition,
    message: &'a str,
}

#[derive(Serialize)]
struct JsonFix<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize)]
struct JsonEdit<'a> {
    start: JsonPosition,
    end: JsonPosition,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonSummary<'a> {
    levels: BTreeMap<&'a str, usize>,
    rules: BTreeMap<&'a str, usize>,
    languages: BTreeMap<&'a str, usize>,
    fixable: JsonFixable,
    fixed: usize,
    suppressed: usize,
    known: usize,
    skipped: Vec<JsonNote<'a>>,
    errors: Vec<JsonNote<'a>>,
}

#[derive(Serialize)]
struct JsonFixable {
    safe: usize,
    #[serde(rename = "unsafe")]
    risky: usize,
}

#[derive(Serialize)]
struct JsonNote<'a> {
    path: String,
    message: &'a str,
}

/// What is the same in all findings of a rule, written once: it is half of a report.
struct Fixed {
    aliases: Box<RawValue>,
    url: Box<RawValue>,
    cvss: Option<(Cvss, Box<RawValue>)>,
}

static FIXED: LazyLock<BTreeMap<RuleId, OnceLock<Fixed>>> =
    LazyLock::new(|| RuleId::all().map(|id| (id, OnceLock::new())).collect());

impl Fixed {
    fn of(id: RuleId) -> &'static Self {
        FIXED[&id].get_or_init(|| {
            let rule = id.rule();
            Self {
                aliases: raw(rule.aliases),
                url: raw(rule.url()),
                cvss: rule.cvss.map(|cvss| (cvss, raw(JsonCvss::new(cvss)))),
            }
        })
    }
}

/// A value, written.
fn raw(value: impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(&value).expect("these types have string keys")
}

/// Writes findings with a separator between them: a comma, or a newline for JSON Lines.
pub(super) fn write(findings: &Findings<'_>, separator: u8) -> Vec<u8> {
    let path = raw(&findings.path);
    put_all(separator, findings.diagnostics, |it| of_diagnostic(findings, &path, it))
}

fn of_diagnostic<'a>(findings: &'a Findings<'_>, path: &'a RawValue, diagnostic: &'a Diagnostic) -> JsonDiagnostic<'a> {
    let document = findings.document;
    let rule = diagnostic.rule();
    let fixed = Fixed::of(diagnostic.rule);
    let (start, end) = range(document, diagnostic.range);
    let cvss = diagnostic.cvss.map(|cvss| match &fixed.cvss {
        Some((usual, json)) if *usual == cvss => Severity::Usual(json),
        _ => Severity::Own(JsonCvss::new(cvss)),
    });
    JsonDiagnostic {
        rule: rule.name,
        aliases: &fixed.aliases,
        category: diagnostic.category.name(),
        level: diagnostic.level.name(),
        cvss,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        path,
        start,
        end,
        related: diagnostic
            .related
            .iter()
            .map(|related| {
                let other = related.document.as_deref().unwrap_or(document);
                let (start, end) = range(other, related.range);
                JsonRelated { path: reported(other.path()), start, end, message: &related.message }
            })
            .collect(),
        fixes: findings
            .fixes(diagnostic)
            .map(|fix| JsonFix {
                title: &fix.title,
                safety: fix.safety.name(),
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| {
                        let (start, end) = range(document, edit.range);
                        JsonEdit { start, end, text: &edit.text }
                    })
                    .collect(),
            })
            .collect(),
        url: &fixed.url,
    }
}

fn range(document: &Document, range: TextRange) -> (JsonPosition, JsonPosition) {
    let position = |offset: TextSize| {
        let place = document.position(offset);
        JsonPosition { line: place.line, column: place.column, offset: offset.into() }
    };
    (position(range.start()), position(range.end()))
}

/// Puts the object around the findings.
pub(super) fn assemble(findings: Vec<Vec<u8>>, summary: &Summary) -> Vec<Vec<u8>> {
    let mut end = format!("],\"files\":{},\"summary\":", summary.files()).into_bytes();
    put(&mut end, &of_summary(summary));
    end.extend(b"}\n");
    joined(br#"{"version":1,"diagnostics":["#, findings, b",", &end)
}

fn of_summary(summary: &Summary) -> JsonSummary<'_> {
    let counts = &summary.counts;
    JsonSummary {
        levels: Level::ALL.into_iter().map(|level| (level.name(), counts.level(level))).collect(),
        rules: counts.rules.iter().map(|(rule, &count)| (rule.rule().name, count)).collect(),
        languages: Language::ALL.into_iter().map(|language| (language.name(), summary.files_of(language))).collect(),
        fixable: JsonFixable { safe: counts.safe, risky: counts.risky },
        fixed: summary.fixed,
        suppressed: counts.suppressed,
        known: counts.known,
        skipped: notes(&summary.skipped),
        errors: notes(&summary.problems),
    }
}

fn notes(notes: &[Note]) -> Vec<JsonNote<'_>> {
    notes.iter().map(|note| JsonNote { path: reported(&note.path), message: &note.message }).collect()
}
