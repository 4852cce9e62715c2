//! Places in the units of a format.

use dlint_linter::Document;
use dlint_syntax::TextSize;

/// What a format's columns count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Bytes of UTF-8.
    Bytes,
    /// Code units of UTF-16.
    Utf16,
}

/// Line and column of an offset, both from 1. An offset inside a character gives its start, one past the end the end.
pub(super) fn place(document: &Document, offset: TextSize, unit: Unit) -> (u32, u32) {
    let text = document.text();
    let mut at = usize::from(offset).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let lines = document.lines().wide();
    let Some(bytes) = lines.try_line_col(TextSize::new(at as u32)) else { return (1, 1) };
    match unit {
        Unit::Bytes => (bytes.line + 1, bytes.col + 1),
        Unit::Utf16 => {
            let wide = lines.to_wide(line_index::WideEncoding::Utf16, bytes);
            wide.map_or((bytes.line + 1, 1), |wide| (wide.line + 1, wide.col + 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use dlint_linter::{Document, Language};
    use dlint_syntax::TextSize;

    use super::{Unit, place};

    #[test]
    fn units() {
        let document = Document::parse("Dockerfile", "FROM x\n\u{e9}\u{1f600}\t|", Language::Dockerfile);
        // Byte, line, and columns in characters, UTF-16 and bytes.
        for (offset, line, chars, utf16, bytes) in [
            (0, 1, 1, 1, 1),
            (6, 1, 7, 7, 7),
            (7, 2, 1, 1, 1),
            (8, 2, 1, 1, 1),
            (9, 2, 2, 2, 3),
            (13, 2, 3, 4, 7),
            (14, 2, 4, 5, 8),
            (99, 2, 5, 6, 9),
        ] {
            let offset = TextSize::new(offset);
            let position = document.position(offset);
            assert_eq!((position.line, position.column), (line, chars), "{offset:?}");
            assert_eq!(place(&document, offset, Unit::Utf16), (line, utf16), "{offset:?}");
            assert_eq!(place(&document, offset, Unit::Bytes), (line, bytes), "{offset:?}");
        }
    }
}
