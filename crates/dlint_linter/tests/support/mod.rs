//! Helpers of the linter's tests: documents in memory, and findings drawn under the text they are about.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use dlint_linter::check::FileKind;
use dlint_linter::{Diagnostic, Document, Files, Language};

/// Files in memory, by normalised relative path.
#[derive(Default)]
pub(crate) struct MemoryFiles {
    texts: BTreeMap<PathBuf, String>,
    checked: BTreeSet<PathBuf>,
}

impl MemoryFiles {
    pub(crate) fn insert(&mut self, path: &str, text: &str) {
        self.texts.insert(normalise(Path::new(path)), text.to_owned());
    }

    /// As if the run reported on this file too.
    pub(crate) fn check(&mut self, path: &str) {
        self.checked.insert(normalise(Path::new(path)));
    }
}

impl Files for MemoryFiles {
    fn document(&self, path: &Path, language: Language) -> Option<Arc<Document>> {
        let path = normalise(path);
        let text = self.texts.get(&path)?;
        Some(Arc::new(Document::parse(path, text.as_str(), language)))
    }

    fn is_checked(&self, path: &Path) -> bool {
        self.checked.contains(&normalise(path))
    }

    fn text(&self, path: &Path) -> Option<Arc<str>> {
        self.texts.get(&normalise(path)).map(|text| Arc::from(text.as_str()))
    }

    fn kind(&self, path: &Path) -> FileKind {
        let path = normalise(path);
        if path.is_absolute() && !path.starts_with("/project") {
            return FileKind::Outside;
        }
        if self.texts.contains_key(&path) {
            FileKind::File
        } else if path.as_os_str().is_empty() || self.texts.keys().any(|file| file.starts_with(&path)) {
            FileKind::Folder
        } else {
            FileKind::Missing
        }
    }

    fn compose_files(&self, folder: &Path) -> Vec<PathBuf> {
        let folder = normalise(folder);
        let is_in =
            |path: &&PathBuf| path.parent() == Some(&folder) && Language::of_name(path) == Some(Language::Compose);
        self.texts.keys().filter(is_in).cloned().collect()
    }
}

fn normalise(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

/// Draws findings as a reader of a rule's page sees them.
pub(crate) fn draw(document: &Document, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        writeln!(out, "{}: {}", diagnostic.level.name(), diagnostic.message).unwrap();
        draw_place(&mut out, document, diagnostic.range, "^", "");
        for related in &diagnostic.related {
            let other = related.document.as_deref().unwrap_or(document);
            if related.document.is_some() {
                writeln!(out, "  in {}:", other.path().display()).unwrap();
            }
            draw_place(&mut out, other, related.range, "-", &related.message);
        }
        if let Some(help) = &diagnostic.help {
            writeln!(out, "  help: {help}").unwrap();
        }
        for fix in &diagnostic.fixes {
            writeln!(out, "  fix ({}): {}", fix.safety.name(), fix.title).unwrap();
        }
    }
    out
}

fn draw_place(out: &mut String, document: &Document, range: dlint_syntax::TextRange, mark: &str, note: &str) {
    let start = document.position(range.start());
    let end = document.position(range.end());
    let line = document
        .text()
        .lines()
        .nth(start.line as usize - 1)
        .unwrap_or("")
        .replace('\t', " ")
        .replace('\u{1a}', "\u{fffd}");
    let width = if end.line == start.line {
        (end.column - start.column).max(1) as usize
    } else {
        (line.chars().count() + 1).saturating_sub(start.column as usize).max(1)
    };
    // Longer than anybody writes, or reads.
    let line = if line.chars().count() > 400 { line.chars().take(40).chain("...".chars()).collect() } else { line };
    let width = width.min(line.chars().count().max(1));
    writeln!(out, "{:>4} | {line}", start.line).unwrap();
    let marks = mark.repeat(width);
    let indent = " ".repeat(start.column as usize - 1);
    let space = if note.is_empty() { "" } else { " " };
    writeln!(out, "     | {indent}{marks}{space}{note}").unwrap();
}
