//! What the scanner takes and gives.

use std::ops::Range;

use crate::dockerfile::word::Word;
use crate::text::CompactString;

use super::{Modifier, Reference};

/// What becomes of quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dockerfile) enum Quotes {
    /// They hold text together, and vanish.
    Vanish,
    /// They hold text together, and stay.
    Stay,
    /// They are characters like any other.
    Plain,
}

/// How text is read.
#[derive(Debug, Clone, Copy)]
pub(in crate::dockerfile) struct Options {
    /// The character that takes the meaning from the next one.
    pub(in crate::dockerfile) escape: char,
    /// What quotes do.
    pub(in crate::dockerfile) quotes: Quotes,
    /// Escape characters stay in the result.
    pub(in crate::dockerfile) keep_escapes: bool,
    /// References to variables that are not set stay in the result, instead of becoming empty.
    pub(in crate::dockerfile) keep_unset: bool,
}

impl Options {
    /// The ordinary ones.
    pub(in crate::dockerfile) fn new(escape: char) -> Self {
        Self { escape, quotes: Quotes::Vanish, keep_escapes: false, keep_unset: false }
    }
}

/// A reference, with ranges of the scanned text.
#[derive(Debug)]
pub(super) struct LexReference {
    pub(super) span: Range<usize>,
    pub(super) name: Range<usize>,
    pub(super) modifier: Option<Modifier>,
    pub(super) nested: bool,
}

impl LexReference {
    pub(super) fn in_word(&self, word: &Word) -> Reference {
        Reference {
            range: word.sub_range(self.span.clone()),
            name: word.text[self.name.clone()].into(),
            name_range: word.sub_range(self.name.clone()),
            modifier: self.modifier,
            nested: self.nested,
        }
    }
}

/// Why BuildKit refuses a text; `span` is the range at fault.
#[derive(Debug)]
pub(super) enum Problem {
    OpenQuote { span: Range<usize>, quote: char },
    MissingBrace { span: Range<usize> },
    MissingSlash { span: Range<usize> },
    NoName { span: Range<usize> },
    Modifier { span: Range<usize>, text: CompactString },
    Pattern { span: Range<usize>, escaped: Option<char> },
    Required { span: Range<usize>, name: CompactString, text: CompactString },
}

impl Problem {
    pub(super) fn span(&self) -> &Range<usize> {
        match self {
            Self::OpenQuote { span, .. }
            | Self::MissingBrace { span }
            | Self::MissingSlash { span }
            | Self::NoName { span }
            | Self::Modifier { span, .. }
            | Self::Pattern { span, .. }
            | Self::Required { span, .. } => span,
        }
    }
}

/// Text as far as it is known: nothing once a part of it is unknown.
pub(super) type Text = Option<CompactString>;

pub(super) fn append(text: &mut Text, part: Text) {
    match (text.as_mut(), part) {
        (Some(text), Some(part)) => text.push_str(&part),
        _ => *text = None,
    }
}

pub(super) fn push(text: &mut Text, c: char) {
    if let Some(text) = text {
        text.push(c);
    }
}

/// A word of the result, with the range of the scanned text that it comes from.
#[derive(Debug, Clone, Default)]
pub(in crate::dockerfile) struct LexWord {
    pub(in crate::dockerfile) text: CompactString,
    pub(in crate::dockerfile) span: Range<usize>,
}

/// Divides the result at white space that is not quoted or escaped. Words without text vanish.
#[derive(Default)]
pub(super) struct Words {
    done: Vec<LexWord>,
    current: LexWord,
    /// A part of the result is not known.
    pub(super) unknown: bool,
}

impl Words {
    pub(super) fn raw(&mut self, text: &str, span: Range<usize>) {
        if self.current.text.is_empty() {
            self.current.span.start = span.start;
        }
        self.current.span.end = span.end;
        self.current.text.push_str(text);
    }

    /// Drops the word so far.
    pub(super) fn forget(&mut self) {
        self.current = LexWord::default();
    }

    pub(super) fn divided(&mut self, text: &str, span: &Range<usize>) {
        for c in text.chars() {
            if !c.is_whitespace() {
                self.raw(c.encode_utf8(&mut [0; 4]), span.clone());
            } else if !self.current.text.is_empty() {
                self.done.push(std::mem::take(&mut self.current));
            }
        }
    }

    /// The words, if they are known.
    pub(super) fn finish(mut self) -> Option<Vec<LexWord>> {
        if !self.current.text.is_empty() {
            self.done.push(self.current);
        }
        (!self.unknown).then_some(self.done)
    }
}
