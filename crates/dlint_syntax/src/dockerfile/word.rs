//! Words, and where each of their bytes stands in the file.

use std::ops::Range;

use crate::text::CompactString;
use crate::text::{TextRange, TextSize};

/// A word as BuildKit hands it to the instruction: continued lines joined, JSON strings and flags decoded; quotes and
/// variables still in it.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// Its place in the file. For a JSON string this includes the quotes.
    pub range: TextRange,
    /// The text. Short ones, which most are, need no memory of their own.
    pub text: CompactString,
    /// Where pieces of `text` stand in the file, ascending, the first for offset 0; empty if `text` is simply the
    /// file's text at `range`.
    pub(crate) pieces: Vec<Piece>,
}

/// A piece of a [`Word`]'s text, which reaches up to the next piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it begins in the word's text.
    pub(crate) text: TextSize,
    /// Its place in the file. A piece that is as long in the file as in the text stands there byte for byte; any other
    /// is an escape sequence, which cannot be divided.
    pub(crate) source: TextRange,
}

impl Word {
    /// A word whose text is the file's text at `range`.
    pub fn new(range: TextRange, text: impl Into<CompactString>) -> Self {
        Self { range, text: text.into(), pieces: Vec::new() }
    }

    /// The place in the file of a byte range of [`Word::text`], half-open. A part of an escape sequence gives the place
    /// of the whole sequence. An empty range gives an empty range.
    pub fn sub_range(&self, span: Range<usize>) -> TextRange {
        let (start, end) = (size(span.start.min(self.text.len())), size(span.end.min(self.text.len())));
        if end <= start {
            let at = match self.pieces.last() {
                Some(last) if usize::from(start) == self.text.len() => last.source.end(),
                _ => self.place(start).0,
            };
            return TextRange::empty(at.min(self.range.end()));
        }
        TextRange::new(self.place(start).0, self.place(end - TextSize::new(1)).1)
    }

    /// The word of a byte range of [`Word::text`], half-open.
    ///
    /// # Panics
    /// If the range is not on character boundaries of the text, or beyond its end.
    #[must_use]
    pub fn slice(&self, span: Range<usize>) -> Self {
        let (start, end) = (size(span.start), size(span.end));
        let range = self.sub_range(span.clone());
        let mut pieces = Vec::new();
        let first = self.pieces.partition_point(|piece| piece.text <= start).saturating_sub(1);
        for (index, piece) in self.pieces.iter().enumerate().skip(first) {
            if piece.text >= end {
                break;
            }
            let next = self.next_piece(index);
            let source = if piece.source.len() == next - piece.text {
                let from = piece.source.start() + (piece.text.max(start) - piece.text);
                TextRange::at(from, next.min(end) - piece.text.max(start))
            } else {
                piece.source
            };
            pieces.push(Piece { text: piece.text.max(start) - start, source });
        }
        Self { range, text: CompactString::new(&self.text[span]), pieces }.simplified()
    }

    /// Appends a word that follows this one, apart from what is left out between them (quotes).
    pub(crate) fn append(&mut self, mut other: Self) {
        for word in [&mut *self, &mut other] {
            if word.pieces.is_empty() && !word.text.is_empty() {
                word.pieces.push(Piece { text: TextSize::new(0), source: word.range });
            }
        }
        let length = size(self.text.len());
        self.pieces.extend(other.pieces.iter().map(|piece| Piece { text: piece.text + length, ..*piece }));
        self.text.push_str(&other.text);
        self.range = TextRange::new(self.range.start(), other.range.end().max(self.range.start()));
    }

    /// The same word without pieces if it needs none.
    pub(crate) fn simplified(mut self) -> Self {
        if let [only] = self.pieces[..]
            && only.source == self.range
            && usize::from(self.range.len()) == self.text.len()
        {
            self.pieces = Vec::new();
        }
        self
    }

    pub(super) fn next_piece(&self, index: usize) -> TextSize {
        self.pieces.get(index + 1).map_or(size(self.text.len()), |next| next.text)
    }

    /// Where the byte at `offset` of the text begins and ends in the file.
    fn place(&self, offset: TextSize) -> (TextSize, TextSize) {
        let one = TextSize::new(1);
        let Some(index) = self.pieces.partition_point(|piece| piece.text <= offset).checked_sub(1) else {
            return (self.range.start() + offset, self.range.start() + offset + one);
        };
        let piece = self.pieces[index];
        if piece.source.len() == self.next_piece(index) - piece.text {
            let start = piece.source.start() + (offset - piece.text);
            (start, start + one)
        } else {
            (piece.source.start(), piece.source.end())
        }
    }
}

fn size(offset: usize) -> TextSize {
    TextSize::new(offset as u32)
}
