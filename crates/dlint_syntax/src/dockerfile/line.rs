//! A logical line: an instruction's physical lines joined, with the way back to the file.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::CompactString;
use crate::text::{TextRange, TextSize, range};

use super::word::{Piece, Word};

/// The text of an instruction after continued lines are joined and comment lines dropped.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// The whole file.
    pub(super) source: &'t str,
    /// The joined text. Offsets into it are called joined offsets.
    pub(super) text: Cow<'t, str>,
    /// Where the first physical line's part begins in the file.
    first: usize,
    /// Where the parts of further physical lines begin: joined offset, file offset. None of them is empty.
    more: Vec<(u32, u32)>,
}

impl<'t> Line<'t> {
    /// A line of one physical line's part, at `span` of the file.
    pub(super) fn new(source: &'t str, span: Range<usize>) -> Self {
        let first = span.start;
        Self { source, text: Cow::Borrowed(&source[span]), first, more: Vec::new() }
    }

    /// Appends a physical line's part.
    pub(super) fn push(&mut self, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        if self.text.is_empty() {
            *self = Self::new(self.source, span);
            return;
        }
        self.more.push((self.text.len() as u32, span.start as u32));
        if let Cow::Borrowed(text) = self.text {
            let mut joined = String::with_capacity(4 * (text.len() + span.len()));
            joined.push_str(text);
            self.text = Cow::Owned(joined);
        }
        self.text.to_mut().push_str(&self.source[span]);
    }

    /// The file offset of the byte at a joined offset.
    pub(super) fn start(&self, at: usize) -> usize {
        match self.part(at).checked_sub(1).map(|index| self.more[index]) {
            Some((joined, source)) => source as usize + (at - joined as usize),
            None => self.first + at,
        }
    }

    /// Which part, counted from 0, the byte at a joined offset is in.
    fn part(&self, at: usize) -> usize {
        self.more.partition_point(|&(joined, _)| joined as usize <= at)
    }

    /// The file offset just after the byte before a joined offset.
    pub(super) fn end(&self, at: usize) -> usize {
        if at == 0 { self.start(0) } else { self.start(at - 1) + 1 }
    }

    /// The place in the file of a joined range. An empty one is just after the byte before it.
    pub(super) fn range(&self, span: Range<usize>) -> TextRange {
        let end = self.end(span.end);
        if span.is_empty() { range(end..end) } else { range(self.start(span.start)..end) }
    }

    /// The word that stands verbatim at a joined range.
    pub(super) fn word(&self, span: Range<usize>) -> Word {
        let place = self.range(span.clone());
        let mut pieces = Vec::new();
        if usize::from(place.len()) != span.len() {
            self.each_part(span.clone(), |joined, source| {
                pieces.push(Piece { text: TextSize::new((joined - span.start) as u32), source });
            });
        }
        Word { range: place, text: CompactString::new(&self.text[span]), pieces }
    }

    /// Calls `each` with the joined start and the file range of every part of a joined range that is contiguous in the
    /// file.
    pub(super) fn each_part(&self, span: Range<usize>, mut each: impl FnMut(usize, TextRange)) {
        let mut at = span.start;
        let mut part = self.part(at);
        while at < span.end {
            let next = self.more.get(part).map_or(self.text.len(), |&(joined, _)| joined as usize);
            let end = next.min(span.end);
            let from = self.start(at);
            each(at, range(from..from + (end - at)));
            at = end;
            part += 1;
        }
    }

    /// The joined range without white space at its ends (white space as Unicode sees it, as in Go's `TrimSpace`).
    pub(super) fn trim(&self, span: Range<usize>) -> Range<usize> {
        let text = &self.text[span.clone()];
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return span.start..span.start;
        }
        let start = span.start + (text.len() - text.trim_start().len());
        start..start + trimmed.len()
    }
}

/// Builds a word whose text is not what stands in the file: quotes removed, escape sequences decoded.
#[derive(Debug)]
pub(super) struct WordBuilder<'l, 't> {
    line: &'l Line<'t>,
    text: CompactString,
    pieces: Vec<Piece>,
}

impl<'l, 't> WordBuilder<'l, 't> {
    pub(super) fn new(line: &'l Line<'t>) -> Self {
        Self { line, text: CompactString::default(), pieces: Vec::new() }
    }

    /// Appends what stands verbatim at a joined range.
    pub(super) fn verbatim(&mut self, span: Range<usize>) {
        let mut length = self.text.len();
        let Self { line, pieces, .. } = self;
        line.each_part(span.clone(), |_, source| {
            let extends = pieces.last().is_some_and(|last| {
                last.source.end() == source.start() && usize::from(last.text + last.source.len()) == length
            });
            match pieces.last_mut() {
                Some(last) if extends => last.source = last.source.cover(source),
                _ => pieces.push(Piece { text: TextSize::new(length as u32), source }),
            }
            length += usize::from(source.len());
        });
        self.text.push_str(&self.line.text[span]);
    }

    /// Appends what an escape sequence at a joined range means.
    pub(super) fn escape(&mut self, span: Range<usize>, meaning: &str) {
        self.pieces.push(Piece { text: TextSize::new(self.text.len() as u32), source: self.line.range(span) });
        self.text.push_str(meaning);
    }

    /// The word, which stands at `span` with everything that belongs to it. `inside` is where an empty text stands.
    pub(super) fn finish(mut self, span: Range<usize>, inside: usize) -> Word {
        if self.pieces.is_empty() {
            self.pieces.push(Piece { text: TextSize::new(0), source: self.line.range(inside..inside) });
        }
        Word { range: self.line.range(span), text: self.text, pieces: self.pieces }.simplified()
    }
}
