//! Places in a text as the protocol has them: a line, and a column in the units that client and server agreed on.

use std::ops::Range;

use tower_lsp_server::ls_types::{Position, PositionEncodingKind, Range as LspRange, TextDocumentContentChangeEvent};

/// The unit of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, which every client knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first of those that the client offers that is ours, too; UTF-8 costs least.
    pub(crate) fn negotiate(offered: &[PositionEncodingKind]) -> Self {
        let of = |kind: &PositionEncodingKind| match kind.as_str() {
            "utf-8" => Some(Self::Utf8),
            "utf-16" => Some(Self::Utf16),
            "utf-32" => Some(Self::Utf32),
            _ => None,
        };
        let known: Vec<Self> = offered.iter().filter_map(of).collect();
        if known.contains(&Self::Utf8) { Self::Utf8 } else { known.first().copied().unwrap_or_default() }
    }

    /// Its name in the protocol.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, char: char) -> usize {
        match self {
            Self::Utf8 => char.len_utf8(),
            Self::Utf16 => char.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

/// Where the lines of a text start, in bytes. In the protocol a line ends with `\n`, `\r\n` or a lone `\r`.
#[derive(Debug, Clone)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|&(at, &byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        Self(std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect())
    }

    /// The bytes of a line without its end; the last line for one behind it.
    fn line(&self, text: &str, line: usize) -> Range<usize> {
        let line = line.min(self.0.len().saturating_sub(1));
        let start = self.0.get(line).copied().unwrap_or(0);
        let end = self.0.get(line + 1).copied().unwrap_or(text.len());
        let content = text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
        start..start + content.len()
    }

    /// The byte offset of a position. A column behind the end of its line is that end, a line behind the last is the end of the
    /// text, and what lies within a character is its start.
    pub(crate) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.0.len() {
            return text.len();
        }
        let range = self.line(text, line);
        let mut left = position.character as usize;
        let content = text.get(range.clone()).unwrap_or_default();
        for (at, char) in content.char_indices() {
            let width = encoding.width(char);
            if left < width {
                return range.start + at;
            }
            left -= width;
        }
        range.end
    }

    /// The position of a byte offset; of one within a character, that of the character.
    pub(crate) fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let line = self.0.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.0.get(line).copied().unwrap_or(0);
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(start..end).unwrap_or_default();
        let character: usize = before.chars().map(|char| encoding.width(char)).sum();
        Position { line: line as u32, character: character as u32 }
    }

    pub(crate) fn range(&self, text: &str, range: Range<usize>, encoding: Encoding) -> LspRange {
        LspRange { start: self.position(text, range.start, encoding), end: self.position(text, range.end, encoding) }
    }
}

/// The text after changes, each of which is told in places of the text after those before it.
pub(crate) fn apply(text: &str, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) -> String {
    let mut text = text.to_owned();
    for change in changes {
        let Some(range) = change.range else {
            text = change.text;
            continue;
        };
        let lines = Lines::new(&text);
        let start = lines.offset(&text, range.start, encoding);
        let end = lines.offset(&text, range.end, encoding).max(start);
        text.replace_range(start..end, &change.text);
    }
    text
}

#[cfg(test)]
mod tests {
    use tower_lsp_server::ls_types::{Position, Range, TextDocumentContentChangeEvent};

    use super::{Encoding, Lines, apply};

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];
    const PIECES: [&str; 10] = ["a", "é", "😀", "\n", "\r\n", "\r", "\t", "FROM x", "", "\u{feff}"];

    /// Numbers that look random and are the same every time.
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % limit.max(1)
        }

        fn text(&mut self, most: usize) -> String {
            (0..self.below(most)).map(|_| PIECES[self.below(PIECES.len())]).collect()
        }
    }

    #[test]
    fn offset_and_position_are_each_others_inverse() {
        let mut numbers = Numbers(1);
        for _ in 0..500 {
            let text = numbers.text(30);
            let lines = Lines::new(&text);
            for encoding in ALL {
                for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                    // Within `\r\n` there is no position.
                    let in_end = at > 0 && text.as_bytes()[at - 1] == b'\r' && text.as_bytes().get(at) == Some(&b'\n');
                    let place = lines.position(&text, at, encoding);
                    if !in_end {
                        assert_eq!(lines.offset(&text, place, encoding), at, "{text:?} {encoding:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn edits_give_the_text_that_an_editor_has() {
        let mut numbers = Numbers(7);
        for round in 0..2000 {
            let encoding = ALL[round % 3];
            let mut ours = numbers.text(20);
            let mut theirs = ours.clone();
            for _ in 0..5 {
                let mut ends = [numbers.below(theirs.len() + 1), numbers.below(theirs.len() + 1)];
                ends.sort_unstable();
                let [start, end] = ends.map(|mut at| {
                    // An editor's cursor is never within a character or a line end.
                    while !theirs.is_char_boundary(at) || (at > 0 && theirs.as_bytes()[at - 1] == b'\r') {
                        at -= 1;
                    }
                    at
                });
                let lines = Lines::new(&theirs);
                let range = lines.range(&theirs, start..end, encoding);
                let new = numbers.text(4);
                theirs.replace_range(start..end, &new);
                let change = TextDocumentContentChangeEvent { range: Some(range), range_length: None, text: new };
                ours = apply(&ours, vec![change], encoding);
                assert_eq!(ours, theirs);
            }
        }
    }

    #[test]
    fn places_outside_the_text_are_its_nearest() {
        let text = "ab\n😀\n";
        let lines = Lines::new(text);
        let at = |line, character| lines.offset(text, Position { line, character }, Encoding::Utf16);
        assert_eq!(at(0, 99), 2);
        assert_eq!(at(1, 1), 3, "within a pair of surrogates");
        assert_eq!(at(9, 0), text.len());
        let backwards = Range { start: Position::new(1, 0), end: Position::new(0, 0) };
        let change = TextDocumentContentChangeEvent { range: Some(backwards), range_length: None, text: "x".into() };
        assert_eq!(apply(text, vec![change], Encoding::Utf16), "ab\nx😀\n");
    }

    #[test]
    fn the_cheapest_encoding_is_taken() {
        use tower_lsp_server::ls_types::PositionEncodingKind as Kind;
        assert_eq!(Encoding::negotiate(&[]), Encoding::Utf16);
        assert_eq!(Encoding::negotiate(&[Kind::UTF16, Kind::UTF8]), Encoding::Utf8);
        assert_eq!(Encoding::negotiate(&[Kind::UTF32, Kind::UTF16]), Encoding::Utf32);
    }
}
