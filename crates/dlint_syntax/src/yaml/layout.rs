//! Where things stand in lines, for fixes that insert or delete.

use super::tree::{Data, ScalarStyle, Style};
use super::view::View;
use crate::text::{TextRange, TextSize};

impl View<'_> {
    /// How many bytes the keys of a block mapping, or the dashes of a block sequence, are indented; none for what is not
    /// in block style. In `- a: 1` the mapping's indentation is 2: that of the `a`.
    pub fn indentation(self) -> Option<usize> {
        let resolved = self.resolve();
        let node = resolved.node();
        match node.data {
            Data::Sequence { style: Style::Block, .. } | Data::Mapping { style: Style::Block, .. } => {
                let start = usize::from(node.range.start());
                Some(start - line_start(self.yaml().text(), start))
            }
            _ => None,
        }
    }

    /// Where another entry or item, on lines of its own, goes behind the last one of a block collection: the start of the line
    /// after it. A file that ends without a line break gives the end of the file: begin the new text with a line break then.
    pub fn insertion_offset(self) -> Option<TextSize> {
        self.indentation()?;
        let text = self.yaml().text();
        Some(TextSize::new(next_line(text, usize::from(self.resolve().node().range.end())) as u32))
    }

    /// The range widened to whole lines with their line breaks, for a range that shares its lines with nothing else (blanks and a
    /// comment behind it aside); else none.
    pub fn whole_lines(self, range: TextRange) -> Option<TextRange> {
        let text = self.yaml().text();
        let (start, end) = (usize::from(range.start()), usize::from(range.end()));
        let first = line_start(text, start);
        let last = next_line(text, end);
        let is_blank = |part: &str| part.chars().all(char::is_whitespace);
        let behind = text[end..last].trim_start();
        (is_blank(&text[first..start]) && (behind.is_empty() || behind.starts_with('#')))
            .then(|| TextRange::new(TextSize::new(first as u32), TextSize::new(last as u32)))
    }

    /// The header of a block scalar: the `|` or `>` with what is written directly behind it.
    pub fn block_scalar_header(self) -> Option<TextRange> {
        let node = self.resolve().node();
        let Data::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } = node.data else { return None };
        let header = self.yaml().text()[node.range].find(|char: char| char.is_whitespace() || char == '#');
        let len = header.unwrap_or_else(|| usize::from(node.range.len()));
        Some(TextRange::at(node.range.start(), TextSize::new(len as u32)))
    }
}

/// The start of the line that `at` is on.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |found| found + 1)
}

/// The end of the line that `at` is on, without its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |found| at + found)
}

/// The start of the line after the one that `at` is on, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let end = line_end(text, at);
    if text[end..].starts_with("\r\n") { end + 2 } else { (end + 1).min(text.len()) }
}
