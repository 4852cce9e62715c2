//! Reports, a format a file. Each file's findings are written where they were found, in parallel; what is left at the
//! end is to put the pieces together.

mod concise;
mod excerpt;
mod github;
mod json;
mod statistics;
mod text;

pub(crate) use json::JsonCvss;

use dlint_linter::{Diagnostic, Document};

use crate::args::OutputFormat;
use crate::summary::Summary;
use crate::terminal::Look;

/// Writes reports.
#[derive(Debug)]
pub(crate) struct Reporter {
    /// The format.
    pub(crate) format: OutputFormat,
    /// How text is drawn.
    pub(crate) look: Look,
    /// Whether rules are counted instead of findings shown.
    pub(crate) statistics: bool,
    /// Whether there is no summary.
    pub(crate) quiet: bool,
}

/// The findings of a file, written.
#[derive(Debug)]
pub(crate) enum Rendered {
    /// A piece of the report.
    Piece(Vec<u8>),
    /// What has to be sorted before it can be written.
    Github(Vec<github::Entry>),
}

impl Default for Rendered {
    fn default() -> Self {
        Self::Piece(Vec::new())
    }
}

impl Reporter {
    /// Writes the findings of a file.
    pub(crate) fn render(&self, document: &Document, diagnostics: &[Diagnostic]) -> Rendered {
        let mut out = Vec::new();
        if !diagnostics.is_empty() {
            match self.format {
                OutputFormat::Github => return Rendered::Github(github::entries(document, diagnostics)),
                OutputFormat::Json => json::write(&mut out, document, diagnostics),
                OutputFormat::Text | OutputFormat::Concise if self.statistics => {}
                OutputFormat::Text => {
                    let masked = document.masked(diagnostics);
                    text::write(&mut out, masked.as_ref().unwrap_or(document), diagnostics, self.look);
                }
                OutputFormat::Concise => concise::write(&mut out, document, diagnostics, self.look),
            }
        }
        Rendered::Piece(out)
    }

    /// Puts a report together from the findings of its files, which are in order. The report is the concatenation of
    /// the pieces.
    pub(crate) fn assemble(&self, rendered: Vec<Rendered>, summary: &Summary) -> Vec<Vec<u8>> {
        let mut pieces = Vec::with_capacity(rendered.len());
        let mut entries = Vec::new();
        for rendered in rendered {
            match rendered {
                Rendered::Piece(piece) if piece.is_empty() => {}
                Rendered::Piece(piece) => pieces.push(piece),
                Rendered::Github(more) => entries.extend(more),
            }
        }
        match self.format {
            OutputFormat::Json => return json::assemble(pieces, summary),
            OutputFormat::Github => pieces.push(github::assemble(entries, self.quiet)),
            OutputFormat::Text | OutputFormat::Concise => {
                if self.statistics {
                    pieces.push(statistics::write(&summary.counts, self.look));
                }
                if !self.quiet {
                    pieces.push(summary.lines().into_iter().flat_map(|line| (line + "\n").into_bytes()).collect());
                }
            }
        }
        pieces
    }
}
