//! SARIF 2.1.0, with all that GitHub's code scanning asks for ("SARIF support for code scanning"). Columns count code units
//! of UTF-16, as `columnKind` says.

mod rules;

use std::fmt::Write as _;

use std::borrow::Cow;

use dlint_linter::suppress::Suppressor;
use dlint_linter::{Config, Diagnostic, Document, Fix, Level, RuleId, Suppressed};
use dlint_syntax::TextRange;
use serde::Serialize;

use super::place::{Unit, place};
use super::{Findings, put, put_all};
use crate::discover::Note;
use crate::paths::reported;

/// How many related places of a finding are told; readers show few.
const RELATED: usize = 20;

#[derive(Serialize)]
pub(super) struct Text<'a> {
    text: Cow<'a, str>,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression<'a>; 1]>,
}

#[derive(Serialize)]
struct Suppression<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<&'a str>,
}

impl<'a> Suppression<'a> {
    fn new(suppressed: &'a Suppressed) -> Self {
        let kind = match suppressed.by {
            Suppressor::Comment => "inSource",
            Suppressor::Configuration => "external",
        };
        Self { kind, justification: suppressed.reason.as_deref() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints<'a> {
    primary_location_line_hash: &'a str,
}

#[allow(clippy::struct_field_names, reason = "the names are the format's")]
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Text<'a>,
    artifact_changes: [ArtifactChange<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Text<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    tool: rules::Tool,
    automation_details: AutomationDetails,
    column_kind: &'static str,
}

#[derive(Serialize)]
struct AutomationDetails {
    id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Text<'a>,
    locations: [Location<'a>; 1],
}

/// Writes findings, separated by commas.
pub(super) fn write(findings: &Findings<'_>, config: &Config, hide_suppressed: bool) -> Vec<u8> {
    if findings.all().next().is_none() {
        return Vec::new();
    }
    let uri = uri(&findings.path);
    let suppressed = if hide_suppressed { &[] } else { findings.suppressed };
    let suppressions = std::iter::repeat_n(None, findings.diagnostics.len()).chain(suppressed.iter().map(Some));
    let all = findings.all().zip(findings.fingerprints()).zip(suppressions);
    put_all(b',', all, |((diagnostic, fingerprint), suppressed)| SarifResult {
        suppressions: suppressed.map(|it| [Suppression::new(it)]),
        ..result(findings, &uri, config, diagnostic, fingerprint)
    })
}

fn result<'a>(
    findings: &'a Findings<'_>,
    uri: &str,
    config: &Config,
    diagnostic: &'a Diagnostic,
    fingerprint: &'a str,
) -> SarifResult<'a> {
    let document = findings.document;
    let related = diagnostic.related.iter().take(RELATED).enumerate().map(|(index, related)| {
        let other = related.document.as_deref().unwrap_or(document);
        let uri = self::uri(&reported(other.path()));
        let message = Some(Text::new(&related.message));
        Location { id: Some(index + 1), physical_location: physical(uri, other, related.range), message }
    });
    SarifResult {
        rule_id: diagnostic.rule().name,
        rule_index: index_of(diagnostic.rule, config),
        level: level(diagnostic.level),
        message: Text::new(message(diagnostic)),
        locations: [Location {
            id: None,
            physical_location: physical(uri.to_owned(), document, diagnostic.range),
            message: None,
        }],
        related_locations: related.collect(),
        partial_fingerprints: Fingerprints { primary_location_line_hash: fingerprint },
        fixes: findings.fixes(diagnostic).map(|it| fix(document, uri, it)).collect(),
        suppressions: None,
    }
}

/// The message, with links to the related places: GitHub shows only those that are linked.
fn message(diagnostic: &Diagnostic) -> String {
    let mut message = sentence(&escape(&diagnostic.message));
    for (index, related) in diagnostic.related.iter().take(RELATED).enumerate() {
        let _ = write!(message, " See: [{}]({}).", escape(&related.message), index + 1);
    }
    if let Some(help) = &diagnostic.help {
        message.push('\n');
        message += &sentence(&escape(help));
    }
    message
}

/// Brackets stand for links in messages.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn fix<'a>(document: &Document, uri: &str, fix: &'a Fix) -> SarifFix<'a> {
    let replacements = fix.edits.iter().map(|edit| Replacement {
        deleted_region: region(document, edit.range),
        inserted_content: Text::new(&edit.text),
    });
    SarifFix {
        description: Text::new(sentence(&fix.title)),
        artifact_changes: [ArtifactChange {
            artifact_location: ArtifactLocation { uri: uri.to_owned() },
            replacements: replacements.collect(),
        }],
    }
}

fn index_of(rule: RuleId, config: &Config) -> Option<usize> {
    config.enabled.iter().position(|id| id == rule)
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info | Level::Hint => "note",
    }
}

fn physical(uri: String, document: &Document, range: TextRange) -> PhysicalLocation {
    PhysicalLocation { artifact_location: ArtifactLocation { uri }, region: Some(region(document, range)) }
}

fn region(document: &Document, range: TextRange) -> Region {
    let (start_line, start_column) = place(document, range.start(), Unit::Utf16);
    let (end_line, end_column) = place(document, range.end(), Unit::Utf16);
    Region { start_line, start_column, end_line, end_column }
}

/// A path as a URI reference: relative if the path is.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    let is_drive = path.as_bytes().get(1) == Some(&b':') && cfg!(windows);
    if path.starts_with('/') || is_drive {
        uri += if is_drive { "file:///" } else { "file://" };
    }
    for &byte in path.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// Puts the log around the results.
pub(super) fn assemble(pieces: Vec<Vec<u8>>, config: &Config, problems: &[Note]) -> Vec<Vec<u8>> {
    let mut head = br#"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":["#.to_vec();
    put(
        &mut head,
        &Head {
            tool: rules::tool(config),
            automation_details: AutomationDetails { id: "dlint/" },
            column_kind: "utf16CodeUnits",
        },
    );
    // The object goes on.
    head.pop();
    head.extend(br#","invocations":["#);
    let notification = |note: &Note| Notification {
        level: "error",
        message: Text::new(sentence(&format!("The file could not be linted: {}", note.message))),
        locations: [Location {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(&reported(&note.path)) },
                region: None,
            },
            message: None,
        }],
    };
    put(
        &mut head,
        &Invocation {
            execution_successful: problems.is_empty(),
            tool_execution_notifications: problems.iter().map(notification).collect(),
        },
    );
    head.extend(br#"],"results":["#);
    super::joined(&head, pieces, b",\n", b"]}]}\n")
}

#[cfg(test)]
mod tests {
    use super::{escape, sentence, uri};

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("a b/D\u{e9}:#1"), "a%20b/D%C3%A9%3A%231");
        assert_eq!(uri("/x/y"), "file:///x/y");
    }

    #[test]
    fn messages_are_sentences_without_links() {
        assert_eq!(sentence(&escape("`a[0](1)` is \\")), "`a\\[0\\](1)` is \\\\.");
    }
}
