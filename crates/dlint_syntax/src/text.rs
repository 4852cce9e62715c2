//! Positions in a text: byte ranges, and lines and columns for people and editors.

pub use compact_str::{CompactString, format_compact};
pub use text_size::{TextRange, TextSize};

/// Where a byte first stands in a text, in bytes. It has to be ASCII. Looks at many bytes at a time.
pub fn find_byte(text: &str, byte: u8) -> Option<usize> {
    debug_assert!(byte.is_ascii(), "not a part of a character");
    memchr::memchr(byte, text.as_bytes())
}

/// Whether a byte stands in a text; as [`find_byte`].
pub fn has_byte(text: &str, byte: u8) -> bool {
    find_byte(text, byte).is_some()
}

/// A place as people count: both numbers start at 1, and a column is a count of Unicode characters (scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// Where the lines of a text start, for turning byte offsets into lines and columns.
#[derive(Debug, Clone)]
pub struct LineIndex(line_index::LineIndex);

impl LineIndex {
    /// Scans `text` once for its line starts and its characters of more than one byte.
    pub fn new(text: &str) -> Self {
        Self(line_index::LineIndex::new(text))
    }

    /// The position of a byte offset. An offset past the end of the text, or inside a character, gives the nearest
    /// earlier position that exists.
    pub fn position(&self, offset: TextSize) -> Position {
        let mut offset = u32::from(offset).min(u32::from(self.0.len()));
        loop {
            if let Some(at) = self.0.try_line_col(line_index::TextSize::from(offset))
                && let Some(wide) = self.0.to_wide(line_index::WideEncoding::Utf32, at)
            {
                return Position { line: wide.line + 1, column: wide.col + 1 };
            }
            if offset == 0 {
                return Position { line: 1, column: 1 };
            }
            offset -= 1;
        }
    }

    /// The underlying index, for conversions to UTF-8, UTF-16 or UTF-32 columns.
    pub fn wide(&self) -> &line_index::LineIndex {
        &self.0
    }

    /// How many lines the text has; a final newline starts one more, empty line.
    pub fn line_count(&self) -> u32 {
        u32::try_from(self.0.lines(TextRange::new(0.into(), self.0.len())).count()).unwrap_or(u32::MAX)
    }

    /// The byte range of a line, counted from 0, its newline included.
    pub fn line(&self, line: u32) -> Option<TextRange> {
        self.0.line(line)
    }
}

/// A byte range given as plain numbers, as `start..end`.
///
/// # Panics
/// If `end` is before `start` or an offset is above `u32::MAX`: documents are smaller than that.
pub fn range(span: std::ops::Range<usize>) -> TextRange {
    TextRange::new(TextSize::new(span.start as u32), TextSize::new(span.end as u32))
}
