//! Reports, a format a file. Each file's findings are written where they were found, in parallel; what is left at the
//! end is to put the pieces together.

mod azure;
mod checkstyle;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod place;
mod rdjson;
mod sarif;
mod statistics;
mod teamcity;
mod text;
mod xml;

pub(crate) use json::JsonCvss;

pub(crate) use text::frame;

use std::cell::OnceCell;

use dlint_linter::fingerprint::fingerprints;
use dlint_linter::{Checked, Config, Diagnostic, Document, Fix, Suppressed};
use serde::Serialize;

use crate::args::OutputFormat;
use crate::paths::reported;
use crate::summary::Summary;
use crate::terminal::Look;

/// How many bytes a summary of a job may have: GitHub takes one MiB a step, and other steps have something to say, too.
const SUMMARY: usize = 512 * 1024;

/// How many secrets of a file are looked for in its fixes; nobody has more.
const SECRETS: usize = 100;

/// Writes reports in one format.
#[derive(Debug)]
pub(crate) struct Reporter<'r> {
    /// The format.
    pub(crate) format: OutputFormat,
    /// What was checked.
    pub(crate) config: &'r Config,
    /// How text is drawn.
    pub(crate) look: Look,
    /// Whether rules are counted instead of findings shown.
    pub(crate) statistics: bool,
    /// Whether there is no summary.
    pub(crate) quiet: bool,
    /// Whether suppressed findings are left out where they would be shown as such.
    pub(crate) hide_suppressed: bool,
}

/// The findings of a file, written.
#[derive(Debug)]
pub(crate) enum Rendered {
    /// A piece of the report.
    Piece(Vec<u8>),
    /// A piece whose tests have to be counted.
    Junit(Vec<u8>, junit::Tests),
    /// What has to be sorted before it can be written.
    Github(Vec<github::Entry>),
    /// The same.
    Markdown(Vec<markdown::Row>),
}

/// What there is to report about a file.
pub(crate) struct Findings<'a> {
    document: &'a Document,
    diagnostics: &'a [Diagnostic],
    suppressed: &'a [Suppressed],
    /// The path that the file goes by in reports.
    path: String,
    fingerprints: OnceCell<Vec<String>>,
    secrets: OnceCell<Vec<&'a str>>,
}

impl<'a> Findings<'a> {
    /// Of a document.
    pub(crate) fn new(document: &'a Document, checked: &'a Checked) -> Self {
        let Checked { diagnostics, suppressed } = checked;
        Self {
            document,
            diagnostics,
            suppressed,
            path: reported(document.path()),
            fingerprints: OnceCell::new(),
            secrets: OnceCell::new(),
        }
    }

    /// All findings, those that are suppressed after the others.
    fn all(&self) -> impl Iterator<Item = &'a Diagnostic> + Clone {
        self.diagnostics.iter().chain(self.suppressed.iter().map(|it| &it.diagnostic))
    }

    /// The fingerprint of each finding, in the order of [`Findings::all`].
    fn fingerprints(&self) -> &[String] {
        self.fingerprints.get_or_init(|| fingerprints(self.document, self.all()))
    }

    /// The fixes of a finding, but for those that would write out a secret.
    fn fixes<'d>(&'d self, diagnostic: &'d Diagnostic) -> impl Iterator<Item = &'d Fix> {
        let secrets = self.secrets.get_or_init(|| {
            let hidden = self.all().filter_map(|it| it.hidden).take(SECRETS);
            hidden.map(|range| self.document.slice(range)).filter(|secret| !secret.is_empty()).collect()
        });
        let shows = move |fix: &Fix| fix.edits.iter().any(|it| secrets.iter().any(|secret| it.text.contains(secret)));
        diagnostic.fixes.iter().filter(move |fix| !shows(fix))
    }
}

impl Reporter<'_> {
    /// Whether the report is for people to read where dlint runs.
    pub(crate) fn is_for_people(&self) -> bool {
        matches!(self.format, OutputFormat::Text | OutputFormat::Concise)
    }

    /// Writes the findings of a file.
    pub(crate) fn render(&self, findings: &Findings<'_>) -> Rendered {
        let Findings { document, diagnostics, .. } = *findings;
        match self.format {
            OutputFormat::Checkstyle => return Rendered::Piece(checkstyle::write(findings)),
            OutputFormat::Junit => {
                let (piece, tests) = junit::write(findings);
                return Rendered::Junit(piece, tests);
            }
            OutputFormat::Sarif => return Rendered::Piece(sarif::write(findings, self.config, self.hide_suppressed)),
            _ if diagnostics.is_empty() => return Rendered::Piece(Vec::new()),
            OutputFormat::Github => return Rendered::Github(github::entries(document, diagnostics)),
            OutputFormat::Markdown => return Rendered::Markdown(markdown::rows(findings)),
            _ => {}
        }
        Rendered::Piece(match self.format {
            OutputFormat::Text | OutputFormat::Concise if self.statistics => Vec::new(),
            OutputFormat::Text => {
                let masked = document.masked(findings.all());
                text::write(masked.as_ref().unwrap_or(document), diagnostics, self.look)
            }
            OutputFormat::Concise => concise::write(document, diagnostics, self.look),
            OutputFormat::Json => json::write(findings, b','),
            OutputFormat::Jsonl => json::write(findings, b'\n'),
            OutputFormat::Gitlab => gitlab::write(findings),
            OutputFormat::Rdjson => rdjson::write(findings),
            OutputFormat::Rdjsonl => rdjson::write_lines(findings),
            OutputFormat::Azure => azure::write(findings),
            OutputFormat::Teamcity => teamcity::write(findings),
            OutputFormat::Checkstyle
            | OutputFormat::Junit
            | OutputFormat::Github
            | OutputFormat::Markdown
            | OutputFormat::Sarif => Vec::new(),
        })
    }

    /// Puts a report together from the findings of its files, which are in order. The report is the concatenation of
    /// the pieces.
    pub(crate) fn assemble(&self, rendered: Vec<Rendered>, summary: &Summary) -> Vec<Vec<u8>> {
        let mut pieces = Vec::with_capacity(rendered.len());
        let (mut entries, mut rows, mut suites) = (Vec::new(), Vec::new(), Vec::new());
        for rendered in rendered {
            match rendered {
                Rendered::Piece(piece) if piece.is_empty() => {}
                Rendered::Piece(piece) => pieces.push(piece),
                Rendered::Junit(piece, tests) => suites.push((piece, tests)),
                Rendered::Github(more) => entries.extend(more),
                Rendered::Markdown(more) => rows.extend(more),
            }
        }
        let problems = &summary.problems[..];
        match self.format {
            OutputFormat::Json => json::assemble(pieces, summary),
            OutputFormat::Jsonl => lines(pieces),
            OutputFormat::Github => vec![github::assemble(entries, problems, self.quiet)],
            OutputFormat::Sarif => sarif::assemble(pieces, self.config, problems),
            OutputFormat::Gitlab => gitlab::assemble(pieces, problems),
            OutputFormat::Junit => junit::assemble(suites, problems),
            OutputFormat::Checkstyle => checkstyle::assemble(pieces, problems),
            OutputFormat::Rdjson => rdjson::assemble(pieces, problems),
            OutputFormat::Rdjsonl => rdjson::assemble_lines(pieces, problems),
            OutputFormat::Azure => azure::assemble(pieces, problems),
            OutputFormat::Teamcity => teamcity::assemble(pieces, summary),
            OutputFormat::Markdown => markdown::assemble(rows, summary, SUMMARY),
            OutputFormat::Text | OutputFormat::Concise => {
                if self.statistics {
                    pieces.push(statistics::write(&summary.counts, self.look));
                }
                if !self.quiet {
                    pieces.push(summary.lines().into_iter().flat_map(|line| (line + "\n").into_bytes()).collect());
                }
                pieces
            }
        }
    }
}

/// Writes a value as JSON.
fn put(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).expect("these types have string keys, and writing to memory does not fail");
}

/// Writes what `of` makes of each item, with `separator` between them.
fn put_all<T, S: Serialize>(separator: u8, items: impl IntoIterator<Item = T>, of: impl Fn(T) -> S) -> Vec<u8> {
    let mut out = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(separator);
        }
        put(&mut out, &of(item));
    }
    out
}

/// Puts `separator` between pieces, and `head` and `tail` around them.
fn joined(head: &[u8], pieces: Vec<Vec<u8>>, separator: &[u8], tail: &[u8]) -> Vec<Vec<u8>> {
    let mut all = Vec::with_capacity(pieces.len() * 2 + 2);
    all.push(head.to_vec());
    for (index, piece) in pieces.into_iter().enumerate() {
        if index > 0 {
            all.push(separator.to_vec());
        }
        all.push(piece);
    }
    all.push(tail.to_vec());
    all
}

/// Ends each piece with a newline.
fn lines(mut pieces: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    for piece in &mut pieces {
        piece.push(b'\n');
    }
    pieces
}
