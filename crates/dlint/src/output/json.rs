//! One JSON object. The shape is a contract: within a version, keys are added but never change.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use dlint_linter::severity::Cvss;
use dlint_linter::{Diagnostic, Document, Language, Level, RuleId};
use dlint_syntax::TextRange;
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Findings, joined, put};
use crate::discover::Note;
use crate::paths::reported;
use crate::summary::Summary;

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

/// Writes findings with a separator between them: a comma, or a newline for JSON Lines. The keys are put down as they are: half of a
/// report are keys, and there is nothing to escape in them.
pub(super) fn write(findings: &Findings<'_>, separator: u8) -> Vec<u8> {
    let path = raw(&findings.path);
    let mut out = Vec::with_capacity(findings.diagnostics.len() * USUAL_LENGTH);
    for (index, diagnostic) in findings.diagnostics.iter().enumerate() {
        if index > 0 {
            out.push(separator);
        }
        put_diagnostic(&mut out, findings, &path, diagnostic);
    }
    out
}

/// How many bytes a finding takes, or a little more.
const USUAL_LENGTH: usize = 1024;

fn put_diagnostic(out: &mut Vec<u8>, findings: &Findings<'_>, path: &RawValue, diagnostic: &Diagnostic) {
    let document = findings.document;
    let fixed = Fixed::of(diagnostic.rule);
    put_all(out, &["{\"rule\":\"", diagnostic.rule().name, "\",\"aliases\":", fixed.aliases.get()]);
    put_all(
        out,
        &[",\"category\":\"", diagnostic.category.name(), "\",\"level\":\"", diagnostic.level.name(), "\",\"cvss\":"],
    );
    match (diagnostic.cvss, &fixed.cvss) {
        (None, _) => put_all(out, &["null"]),
        (Some(cvss), Some((usual, json))) if *usual == cvss => put_all(out, &[json.get()]),
        (Some(cvss), _) => put(out, &JsonCvss::new(cvss)),
    }
    put_all(out, &[",\"message\":"]);
    put(out, &diagnostic.message);
    put_all(out, &[",\"help\":"]);
    put(out, &diagnostic.help);
    put_all(out, &[",\"path\":", path.get(), ","]);
    put_range(out, document, diagnostic.range);
    put_all(out, &[",\"related\":["]);
    put_list(out, &diagnostic.related, |out, related| {
        let other = related.document.as_deref().unwrap_or(document);
        put_all(out, &["{\"path\":"]);
        put(out, &reported(other.path()));
        put_all(out, &[","]);
        put_range(out, other, related.range);
        put_all(out, &[",\"message\":"]);
        put(out, &related.message);
        put_all(out, &["}"]);
    });
    put_all(out, &["],\"fixes\":["]);
    put_list(out, findings.fixes(diagnostic), |out, fix| {
        put_all(out, &["{\"title\":"]);
        put(out, &fix.title);
        put_all(out, &[",\"safety\":\"", fix.safety.name(), "\",\"edits\":["]);
        put_list(out, &fix.edits, |out, edit| {
            put_all(out, &["{"]);
            put_range(out, document, edit.range);
            put_all(out, &[",\"text\":"]);
            put(out, &edit.text);
            put_all(out, &["}"]);
        });
        put_all(out, &["]}"]);
    });
    put_all(out, &["],\"url\":", fixed.url.get(), "}"]);
}

/// Puts pieces of JSON down.
fn put_all(out: &mut Vec<u8>, pieces: &[&str]) {
    for piece in pieces {
        out.extend_from_slice(piece.as_bytes());
    }
}

/// Puts items down with commas between them.
fn put_list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, put: impl Fn(&mut Vec<u8>, T)) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        put(out, item);
    }
}

/// Start and end: line and column from 1, columns in characters, the offset in bytes from 0.
fn put_range(out: &mut Vec<u8>, document: &Document, range: TextRange) {
    for (key, offset) in [("\"start\":{\"line\":", range.start()), (",\"end\":{\"line\":", range.end())] {
        let place = document.position(offset);
        put_all(out, &[key]);
        put(out, &place.line);
        put_all(out, &[",\"column\":"]);
        put(out, &place.column);
        put_all(out, &[",\"offset\":"]);
        put(out, &u32::from(offset));
        out.push(b'}');
    }
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
        suppressed: counts.commented + counts.configured,
        known: counts.known,
        skipped: notes(&summary.skipped),
        errors: notes(&summary.problems),
    }
}

fn notes(notes: &[Note]) -> Vec<JsonNote<'_>> {
    notes.iter().map(|note| JsonNote { path: reported(&note.path), message: &note.message }).collect()
}
