//! A Dockerfile that stands in a Compose file: `build.dockerfile_inline`.
//!
//! Its text is read as a document of its own. Places and edits in that are brought back to where they are written: a line of a literal
//! block scalar (`|`) is the line of the file without its indentation, and `$$` is `$`.

use dlint_syntax::text::range as text_range;
use dlint_syntax::yaml::{ScalarStyle, View};
use dlint_syntax::{TextRange, TextSize};

use super::environment::Pair;
use super::interpolate::{HOLE, Piece, interpolate};
use super::place::Place;
use super::service::Service;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Document;

/// The Dockerfile that a service has in its Compose file.
pub struct Inline {
    /// The Dockerfile.
    pub document: Document,
    /// The whole scalar.
    pub place: Place,
    /// How it is written there; `None` if not line by line.
    written: Option<Written>,
}

struct Written {
    /// What the text is put together from, before variables were replaced.
    pieces: Vec<Piece>,
    lines: Vec<Line>,
    indentation: usize,
    /// Where the line begins in the file that follows the text.
    end: usize,
}

/// A line: where it begins in the value, and in the file without its indentation.
struct Line {
    value: usize,
    source: usize,
}

impl Inline {
    /// Where the scalar is written, if there is one.
    pub fn place(service: &Service<'_>) -> Option<Place> {
        Some(service.field("build")?.value.get("dockerfile_inline")?.place())
    }

    /// Reads it. `None` if there is none, or a variable decides what it says.
    pub fn of(service: &Service<'_>) -> Option<Self> {
        let build = service.field("build")?.value;
        let node = build.get("dockerfile_inline")?;
        let view = node.view()?.resolve();
        let raw = view.as_str()?;
        let result = interpolate(raw, &*node.layer().env);
        if result.text.contains(HOLE) || !result.errors.is_empty() || result.text.trim().is_empty() {
            return None;
        }
        let context = service.build().and_then(super::Build::context_path);
        let path = context.unwrap_or_else(|| service.folder().to_owned()).join("Dockerfile");
        let contexts = build.get("additional_contexts").map(|it| Pair::read_all(&it)).unwrap_or_default();
        let contexts: Vec<String> = contexts.iter().filter_map(|it| it.key.known().map(str::to_owned)).collect();
        let document = Document::parse_dockerfile(path, &result.text, &contexts);
        Some(Self { document, place: node.place(), written: Written::read(view, raw, result.pieces) })
    }

    /// A finding in the document as one in the Compose file.
    pub(crate) fn outside(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.range = self.range(diagnostic.range);
        diagnostic.hidden = diagnostic.hidden.map(|range| self.range(range));
        diagnostic.category = match diagnostic.category {
            // Compose takes any text.
            crate::Category::Syntax => crate::Category::Correctness,
            category => category,
        };
        for related in diagnostic.related.iter_mut().filter(|it| it.document.is_none()) {
            related.range = self.range(related.range);
        }
        diagnostic.fixes.retain_mut(|fix| {
            let edits: Option<Vec<Edit>> = fix.edits.iter().map(|edit| self.edit(edit)).collect();
            edits.map(|edits| fix.edits = edits).is_some()
        });
        diagnostic
    }

    /// Whether it is written line by line, so that its places are those of the file.
    pub fn has_places(&self) -> bool {
        self.written.is_some()
    }

    /// Where the document has an offset of the file. `None` outside of its text, and where it has no places.
    pub fn inside(&self, offset: TextSize) -> Option<TextSize> {
        let written = self.written.as_ref()?;
        let offset = usize::from(offset);
        let line = written.lines.partition_point(|line| line.source <= offset).checked_sub(1)?;
        let (line, next) = (&written.lines[line], written.lines.get(line + 1));
        let raw = line.value + (offset - line.source);
        // In the indentation of a line nothing of the text is.
        if offset > written.end || next.is_some_and(|next| raw >= next.value) {
            return None;
        }
        let piece = written.pieces.partition_point(|piece| piece.source.end <= raw);
        let Some(piece) = written.pieces.get(piece).or(written.pieces.last()) else { return Some((raw as u32).into()) };
        let inner = if piece.is_literal { raw.saturating_sub(piece.source.start) } else { 0 };
        Some(((piece.value.start + inner).min(self.document.text().len()) as u32).into())
    }

    /// Where a range of the document is written in the file, word for word. `None` where a variable gave it.
    pub fn exactly(&self, range: TextRange) -> Option<TextRange> {
        let written = self.written.as_ref()?;
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let first = written.exact(start)?;
        let last = if end > start { written.exact(end - 1)? + 1 } else { first };
        (last.checked_sub(first) == Some(end - start)).then(|| text_range(first..last))
    }

    /// Where a range of the document is in the file; the whole scalar, where it has no places.
    pub fn range(&self, range: TextRange) -> TextRange {
        let Some(written) = &self.written else { return self.place.range };
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let first = written.source(start, false);
        // The end of what stands before it, so that a range that ends with a line does not run into the next one.
        let last = if end > start { written.source(end - 1, true) } else { first };
        text_range(first..last.max(first))
    }

    fn edit(&self, edit: &Edit) -> Option<Edit> {
        let written = self.written.as_ref()?;
        let (start, end) = (usize::from(edit.range.start()), usize::from(edit.range.end()));
        let len = self.document.text().len();
        let is_last = end == len && self.document.text().ends_with('\n');
        let indentation = " ".repeat(written.indentation);
        let mut text = edit.text.replace('$', "$$").replace('\n', &format!("\n{indentation}"));
        let is_line_start = written.lines.iter().any(|line| line.value == start) || start == len;
        let mut first = if start == len && is_last { written.end } else { written.exact(start)? };
        if is_last {
            // Nothing of the text follows, so neither does its indentation.
            if edit.text.ends_with('\n') {
                text.truncate(text.len() - indentation.len());
            }
            if start == len && !text.is_empty() {
                text.insert_str(0, &indentation);
            } else if is_line_start && start < len && text.is_empty() {
                first -= written.indentation;
            }
        }
        let mut last = if is_last { written.end } else { written.exact(end)? };
        // A blank line has no indentation, so that a line which takes its place has to keep its own.
        let is_blank = |at: usize| self.document.text().get(at..).is_some_and(|rest| rest.starts_with('\n'));
        let is_to_line = !is_last && written.lines.iter().any(|line| line.value == end) && !is_blank(end);
        if edit.text.is_empty() && is_line_start && is_blank(start) && is_to_line {
            last -= written.indentation;
        }
        (first <= last).then(|| Edit::replace(text_range(first..last), text))
    }
}

impl Written {
    fn read(view: View<'_>, raw: &str, pieces: Vec<Piece>) -> Option<Self> {
        if view.scalar_style()? != ScalarStyle::Literal {
            return None;
        }
        let file = view.yaml().text();
        let mut at = usize::from(view.block_scalar_header()?.end());
        at += file.get(at..)?.find('\n')? + 1;
        let mut lines = Vec::new();
        let mut indentation = None;
        let mut value = 0;
        for line in raw.split_inclusive('\n') {
            let rest = file.get(at..)?;
            let len = rest.find('\n').map_or(rest.len(), |len| len + 1);
            let text = line.trim_end_matches('\n');
            let written = rest.get(..len)?.trim_end_matches('\n').trim_end_matches('\r');
            let blanks = written.len().checked_sub(text.len()).filter(|&blanks| written.get(blanks..) == Some(text));
            // The line has nothing, and so not always all of the indentation.
            let blanks = if text.is_empty() { written.len() } else { blanks? };
            let is_at_indentation = text.is_empty()
                || (*indentation.get_or_insert(blanks) == blanks
                    && written.get(..blanks)?.bytes().all(|it| it == b' '));
            if !is_at_indentation {
                return None;
            }
            lines.push(Line { value, source: at + blanks });
            value += line.len();
            at += len;
        }
        Some(Self { pieces, lines, indentation: indentation?, end: at })
    }

    /// Where the text before variables were replaced has an offset of the value, and whether it is there literally.
    fn raw(&self, value: usize, is_end: bool) -> (usize, bool) {
        let piece = self.pieces.partition_point(|piece| piece.value.end <= value);
        let Some(piece) = self.pieces.get(piece).or(self.pieces.last()) else { return (value, true) };
        let inner = value.saturating_sub(piece.value.start);
        if piece.is_literal {
            return (piece.source.start + inner, true);
        }
        match (is_end, inner) {
            (true, _) => (piece.source.end - 1, false),
            (false, 0) => (piece.source.start, true),
            (false, _) => (piece.source.start, false),
        }
    }

    /// Where the file has an offset of the text before variables were replaced.
    fn file(&self, raw: usize) -> usize {
        let line = self.lines.partition_point(|line| line.value <= raw).saturating_sub(1);
        self.lines.get(line).map_or(self.end, |line| line.source + (raw - line.value))
    }

    /// Where the file has an offset of the value; `is_end`: behind the character there.
    fn source(&self, value: usize, is_end: bool) -> usize {
        let (raw, _) = self.raw(value, is_end);
        self.file(raw) + usize::from(is_end)
    }

    /// The same for an edit; `None` in the midst of what a variable gave.
    fn exact(&self, value: usize) -> Option<usize> {
        let (raw, is_literal) = self.raw(value, false);
        is_literal.then(|| self.file(raw))
    }
}
