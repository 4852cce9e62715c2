//! JSON arrays of strings (exec form), by the rules of Go's `encoding/json`.

use std::ops::Range;

use super::line::{Line, WordBuilder};
use super::word::Word;

/// What an instruction's text is as JSON.
#[derive(Debug)]
pub(super) enum Json {
    /// Not a JSON array; BuildKit then takes it for shell form or a list of words, without a complaint.
    No,
    /// An array of strings.
    Strings(Vec<Word>),
    /// A valid JSON array, but the element at this joined range is not a string; BuildKit refuses that.
    NotStrings(Range<usize>),
}

/// How deep Go's decoder goes before it refuses.
const MAX_DEPTH: usize = 10_000;

/// Reads a joined range of a line, which has no white space at its ends, as a JSON array.
pub(super) fn read(line: &Line<'_>, span: Range<usize>) -> Json {
    let bytes = &line.text.as_bytes()[..span.end];
    if !bytes[span.start..].starts_with(b"[") {
        return Json::No;
    }
    let mut reader = Reader { bytes, at: span.start, huge: false };
    let Some(elements) = reader.array().filter(|_| !reader.huge) else {
        return Json::No;
    };
    if let Some(other) = elements.iter().find(|element| bytes[element.start] != b'"') {
        return Json::NotStrings(other.clone());
    }
    Json::Strings(elements.into_iter().map(|element| decode(line, element)).collect())
}

/// Checks JSON without recursion, so that depth costs no stack.
struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
    /// A number that no 64-bit float can hold: valid JSON, but Go's decoder fails on it.
    huge: bool,
}

impl Reader<'_> {
    /// The joined ranges of the array's elements, if the text from here to its end is one valid array.
    fn array(&mut self) -> Option<Vec<Range<usize>>> {
        let mut elements = Vec::new();
        let mut element = self.at;
        // The closing brackets that are due.
        let mut open: Vec<u8> = Vec::new();
        loop {
            self.blanks();
            if open.len() == 1 {
                element = self.at;
            }
            if self.opens(&mut open)? {
                continue;
            }
            // A value is complete; with it perhaps the arrays and objects around it.
            loop {
                if open.len() == 1 {
                    elements.push(element..self.at);
                }
                self.blanks();
                if open.is_empty() {
                    return (self.at == self.bytes.len()).then_some(elements);
                }
                let bracket = *open.last()?;
                match self.next()? {
                    b',' if bracket == b'}' => {
                        self.key()?;
                        break;
                    }
                    b',' => break,
                    byte if byte == bracket => drop(open.pop()),
                    _ => return None,
                }
            }
        }
    }

    /// Reads a value up to its end, or up to the first value inside it: `true` in that case.
    fn opens(&mut self, open: &mut Vec<u8>) -> Option<bool> {
        match self.peek()? {
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b'"' => return self.string().map(|()| false),
            b't' => return self.literal(b"true").map(|()| false),
            b'f' => return self.literal(b"false").map(|()| false),
            b'n' => return self.literal(b"null").map(|()| false),
            _ => return self.number().map(|()| false),
        }
        if open.len() > MAX_DEPTH {
            return None;
        }
        self.at += 1;
        self.blanks();
        let bracket = *open.last()?;
        if self.peek()? == bracket {
            self.at += 1;
            open.pop();
            return Some(false);
        }
        if bracket == b'}' {
            self.key()?;
        }
        Some(true)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn key(&mut self) -> Option<()> {
        self.blanks();
        self.string()?;
        self.blanks();
        self.literal(b":")
    }

    fn literal(&mut self, text: &[u8]) -> Option<()> {
        let found = self.bytes[self.at..].starts_with(text);
        self.at += text.len();
        found.then_some(())
    }

    fn string(&mut self) -> Option<()> {
        if self.next()? != b'"' {
            return None;
        }
        loop {
            match self.next()? {
                b'"' => return Some(()),
                b'\\' => match self.next()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' if self.bytes.get(self.at..self.at + 4)?.iter().all(u8::is_ascii_hexdigit) => self.at += 4,
                    _ => return None,
                },
                0..0x20 => return None,
                _ => {}
            }
        }
    }

    fn number(&mut self) -> Option<()> {
        let start = self.at;
        if self.peek()? == b'-' {
            self.at += 1;
        }
        if self.peek()? == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).ok()?;
        self.huge |= !text.parse::<f64>().ok()?.is_finite();
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }
}

/// The word of a valid JSON string at a joined range, quotes included in it.
fn decode(line: &Line<'_>, span: Range<usize>) -> Word {
    let mut builder = WordBuilder::new(line);
    let inside = span.start + 1..span.end - 1;
    let mut at = inside.start;
    while at < inside.end {
        let rest = &line.text[at..inside.end];
        let plain = rest.find('\\').unwrap_or(rest.len());
        if plain > 0 {
            builder.verbatim(at..at + plain);
            at += plain;
            continue;
        }
        let (length, meaning) = escape(rest);
        builder.escape(at..at + length, meaning.encode_utf8(&mut [0; 4]));
        at += length;
    }
    builder.finish(span, inside.start)
}

/// The length and the meaning of the escape sequence at the start of a text. Half a surrogate pair means U+FFFD.
fn escape(text: &str) -> (usize, char) {
    let unit = |at: usize| text.get(at..at + 4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match text.as_bytes().get(1) {
        Some(b'b') => (2, '\u{8}'),
        Some(b'f') => (2, '\u{c}'),
        Some(b'n') => (2, '\n'),
        Some(b'r') => (2, '\r'),
        Some(b't') => (2, '\t'),
        Some(b'u') => {
            let first = unit(2).unwrap_or(0xfffd);
            let second = if text.get(6..8) == Some("\\u") { unit(8) } else { None };
            match (first, second) {
                (0xd800..=0xdbff, Some(second @ 0xdc00..=0xdfff)) => {
                    let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                    (12, char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
                }
                _ => (6, char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)),
            }
        }
        Some(&byte) => (2, char::from(byte)),
        None => (1, '\\'),
    }
}
