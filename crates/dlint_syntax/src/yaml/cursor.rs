//! What a [`Builder`] looks up in the text: the indicators that events leave out, and values that are written there as they are.

use std::ops::Range;

use super::build::{Builder, Shape};
use super::error::{ErrorKind, YamlError};
use super::resolve;
use super::tree::{NO_COLON, ScalarStyle, Style, Value};
use crate::text;

impl Builder<'_> {
    /// Moves the cursor over the indicator that leads to the next node, whose content starts at `content`, and gives the place where that node starts with it.
    pub(super) fn begin(&mut self, content: usize) -> usize {
        self.content = content;
        self.skip_blank();
        let Some(frame) = self.frames.last() else { return self.cursor };
        let next = self.text.as_bytes().get(self.cursor).copied();
        let start = self.cursor;
        match frame.shape {
            Shape::Sequence(Style::Block) => {
                if next == Some(b'-') {
                    self.cursor += 1;
                }
            }
            Shape::Sequence(Style::Flow) => {
                if next == Some(b',') {
                    self.cursor += 1;
                    self.skip_blank();
                    return self.cursor;
                }
            }
            Shape::Mapping(style) => {
                let is_key = (self.pending.len() - frame.pending).is_multiple_of(2);
                if is_key {
                    return self.begin_key(style);
                }
                let behind = self.text.as_bytes().get(self.cursor + 1);
                // In block style, a colon with text behind it begins that text.
                if next == Some(b':') && (style == Style::Flow || behind.is_none_or(u8::is_ascii_whitespace)) {
                    self.cursor += 1;
                    // The value's own tag and anchor are not part of where an empty value stands.
                } else {
                    // No colon: the value stands where the key ends.
                    self.cursor = self.key_end().min(start);
                    return usize::from(NO_COLON);
                }
            }
        }
        start
    }

    fn begin_key(&mut self, style: Style) -> usize {
        if style == Style::Flow && self.text.as_bytes().get(self.cursor) == Some(&b',') {
            self.cursor += 1;
            self.skip_blank();
        }
        let start = self.cursor;
        let rest = &self.text.as_bytes()[start.min(self.text.len())..];
        if rest.first() == Some(&b'?') && rest.get(1).is_none_or(u8::is_ascii_whitespace) {
            self.cursor += 1;
        }
        start
    }

    fn key_end(&self) -> usize {
        self.pending.last().map_or(self.cursor, |key| usize::from(self.nodes[key.node.index()].range.end()))
    }

    /// Moves the cursor over blanks, line breaks and comments.
    pub(super) fn skip_blank(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.cursor) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.cursor += 1,
                b'#' => {
                    self.cursor +=
                        bytes[self.cursor..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
                }
                // In the middle of a text, a byte order mark is content.
                0xEF if self.cursor < self.content && bytes[self.cursor..].starts_with(b"\xEF\xBB\xBF") => {
                    self.cursor += 3;
                }
                _ => break,
            }
        }
    }

    /// From the `|` or `>`, which the parser leaves out, to the end of the last line that is not empty.
    pub(super) fn block_scalar_range(&mut self, body: &Range<usize>) -> Range<usize> {
        let bytes = self.text.as_bytes();
        loop {
            self.skip_blank();
            match bytes.get(self.cursor) {
                Some(b'&' | b'!') => {
                    self.cursor += bytes[self.cursor..].iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
                }
                _ => break,
            }
        }
        let header = self.cursor.min(body.start);
        let header_end = header
            + bytes[header..].iter().take_while(|byte| matches!(byte, b'|' | b'>' | b'+' | b'-' | b'0'..=b'9')).count();
        let content = self.text.get(body.start..body.end).unwrap_or_default();
        let trimmed = content.trim_end_matches([' ', '\t', '\n', '\r']).len();
        if trimmed == 0 {
            return header..header_end;
        }
        let line_end = content[trimmed..].find(['\n', '\r']).map_or(content.len(), |at| trimmed + at);
        header..(body.start + line_end).max(header_end)
    }

    /// What a scalar says that has the tag `!!binary`.
    pub(super) fn binary(&mut self, value: &str, tag: &Range<usize>, range: &Range<usize>) -> Option<String> {
        let tag_text = &self.text[tag.clone()];
        if resolve::core_type(tag_text) != Some("binary") {
            return None;
        }
        let bytes = resolve::of_base64(value);
        if bytes.is_none() {
            let message = format!("`{value}` is no value for the tag `{tag_text}`");
            let place = if range.is_empty() { tag } else { range };
            self.errors.push(YamlError::new(ErrorKind::InvalidTagValue, text::range(place.clone()), message));
        }
        bytes
    }

    /// Keeps the value as a part of the text where it is one.
    pub(super) fn value(&mut self, value: &str, style: ScalarStyle, range: &Range<usize>) -> Value {
        let inner = match style {
            ScalarStyle::Plain => range.clone(),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                range.start + 1..(range.end - 1).max(range.start + 1)
            }
            // A value of one line (or more) that is not indented in the text cannot be told apart by its range.
            ScalarStyle::Literal | ScalarStyle::Folded => 0..0,
        };
        if inner.len() == value.len() && self.text.get(inner.clone()) == Some(value) {
            return Value::InText(text::range(inner));
        }
        let start = self.decoded.len();
        self.decoded.push_str(value);
        Value::Decoded(text::range(start..self.decoded.len()))
    }
}
