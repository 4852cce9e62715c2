//! Strict JSON (RFC 8259), as Go's `encoding/json` checks it before `dockerd` sees a key.
//!
//! The tree of a JSON file comes from the YAML parser, which accepts more; this check says what of that is no JSON. Where it is
//! plain what was meant (a comment, a comma too many), it reads on.

use std::borrow::Cow;

use super::error::{ErrorKind, YamlError};
use crate::text;

/// As many errors are reported at most.
const MOST: usize = 50;

/// What is not JSON in `text`, in file order. A file without any value is fine, as it is for `dockerd`, and so is a byte order
/// mark at its start. Duplicate keys and the types of values are not looked at.
pub fn json_errors(text: &str) -> Vec<YamlError> {
    let mut check = Check { text, at: 0, open: Vec::new(), errors: Vec::new() };
    if text.starts_with('\u{feff}') {
        check.at = '\u{feff}'.len_utf8();
    }
    check.document();
    check.errors
}

/// The text with comments (`//`, `#`, `/* */`) overwritten by blanks, so that all offsets stay. JSON has none, and to the YAML
/// parser, which reads the rest, most of them are text.
pub fn mask_json_comments(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut masked: Option<Vec<u8>> = None;
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end_of_line = || rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let len = match rest {
            [quote @ (b'"' | b'\''), ..] => {
                at += quoted(rest, *quote);
                continue;
            }
            [b'#', ..] | [b'/', b'/', ..] => end_of_line(),
            [b'/', b'*', ..] => memchr::memmem::find(&rest[2..], b"*/").map_or(rest.len(), |end| end + 4),
            _ => {
                at += 1;
                continue;
            }
        };
        let blanks = masked.get_or_insert_with(|| bytes.to_vec());
        blanks[at..at + len].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
        at += len;
    }
    // Comments begin and end at ASCII characters, so that no character is cut.
    masked.and_then(|masked| String::from_utf8(masked).ok()).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The length of a string with its quotes; one that is not closed ends with its line.
fn quoted(bytes: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' | b'\r' => return at,
            b'\\' if quote == b'"' => at += 2,
            _ if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The value of the file, or nothing.
    Document,
    /// A value, because a colon or a comma came before.
    Value,
    /// The first item of an array, or its end.
    FirstItem,
    /// The first key of an object, or its end.
    FirstKey,
    /// A key, because a comma came before.
    Key,
    /// The colon behind a key.
    Colon,
    /// A comma or the end of the collection.
    Comma,
    /// Nothing more.
    End,
}

struct Check<'t> {
    text: &'t str,
    at: usize,
    /// The offsets of the brackets that are open.
    open: Vec<usize>,
    errors: Vec<YamlError>,
}

impl Check<'_> {
    fn document(&mut self) {
        let mut expect = Expect::Document;
        let mut comma = 0;
        while self.errors.len() < MOST {
            self.skip_blank();
            let Some(byte) = self.peek() else {
                self.end_of_file(expect);
                return;
            };
            expect = match (expect, byte) {
                (Expect::Comma, b',') => {
                    comma = self.at;
                    self.at += 1;
                    if self.in_object() { Expect::Key } else { Expect::Value }
                }
                (_, b']' | b'}') => {
                    let after_comma = match expect {
                        Expect::Key => true,
                        Expect::Value => {
                            self.text.as_bytes()[comma] == b',' && self.text[comma + 1..self.at].trim().is_empty()
                        }
                        _ => false,
                    };
                    match self.close(expect, after_comma.then_some(comma)) {
                        Some(next) => next,
                        None => return,
                    }
                }
                (Expect::FirstKey | Expect::Key, _) => {
                    if self.key() {
                        Expect::Colon
                    } else {
                        return;
                    }
                }
                (Expect::Colon, b':') => {
                    self.at += 1;
                    comma = self.at;
                    Expect::Value
                }
                (Expect::Colon, _) => {
                    self.error(self.at..self.at + self.token(), "a colon is missing before this");
                    return;
                }
                (Expect::Comma, _) => {
                    let token = self.token();
                    self.error(self.at..self.at + token, "a comma is missing before this");
                    if !matches!(byte, b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b'a'..=b'z') {
                        return;
                    }
                    if self.in_object() { Expect::Key } else { Expect::Value }
                }
                (Expect::End, _) => {
                    self.error(self.at..self.at + self.token(), "text follows the end of the JSON value");
                    return;
                }
                (Expect::Document | Expect::Value | Expect::FirstItem, _) => match self.value() {
                    Some(next) => next,
                    None => return,
                },
            };
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn in_object(&self) -> bool {
        self.open.last().is_some_and(|&open| self.text.as_bytes()[open] == b'{')
    }

    fn after_value(&self) -> Expect {
        if self.open.is_empty() { Expect::End } else { Expect::Comma }
    }

    fn error(&mut self, range: std::ops::Range<usize>, message: impl Into<String>) {
        self.errors.push(YamlError::new(ErrorKind::Json, text::range(range), message));
    }

    fn help(&mut self, help: &str) {
        if let Some(error) = self.errors.pop() {
            self.errors.push(error.help(help));
        }
    }

    /// Blanks and, with an error, comments.
    fn skip_blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            self.at += blank;
            let rest = &rest[blank..];
            let len = if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            } else if rest.starts_with("//") || rest.starts_with('#') {
                rest.find(['\n', '\r']).unwrap_or(rest.len())
            } else {
                return;
            };
            self.error(self.at..self.at + len, "JSON has no comments");
            self.help("Remove the comment");
            self.at += len;
            if self.errors.len() >= MOST {
                return;
            }
        }
    }

    fn end_of_file(&mut self, expect: Expect) {
        if matches!(expect, Expect::Document | Expect::End) {
            return;
        }
        if let Some(&open) = self.open.last() {
            let bracket = &self.text[open..=open];
            self.error(open..open + 1, format!("this `{bracket}` is never closed"));
        }
    }

    /// A closing bracket; `comma` is the comma directly before it.
    fn close(&mut self, expect: Expect, comma: Option<usize>) -> Option<Expect> {
        let here = self.at..self.at + 1;
        let close = &self.text[here.clone()];
        let Some(&open) = self.open.last() else {
            self.error(here, format!("this `{close}` closes nothing"));
            return None;
        };
        let opener = &self.text[open..=open];
        if (opener == "{") != (close == "}") {
            let message = format!("`{close}` does not close `{opener}`");
            let error = YamlError::new(ErrorKind::Json, text::range(here), message);
            self.errors.push(error.related(text::range(open..open + 1), "opened here"));
            return None;
        }
        match (expect, comma) {
            (Expect::Key | Expect::Value, Some(comma)) => {
                self.error(comma..comma + 1, format!("a comma before `{close}` is not allowed in JSON"));
                self.help("Remove the comma");
            }
            (Expect::Colon | Expect::Value, _) => {
                self.error(here, "a value is missing before this");
                return None;
            }
            _ => {}
        }
        self.open.pop();
        self.at += 1;
        Some(self.after_value())
    }

    /// A key. `false`: there is no use in reading on.
    fn key(&mut self) -> bool {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'\'') => self.single_quoted(),
            _ => {
                let len = self.token();
                let word = &self.text[self.at..self.at + len];
                let is_word = word.starts_with(|char: char| char.is_alphabetic() || char == '_');
                let message = if is_word {
                    format!("the key `{word}` must be in double quotes")
                } else {
                    "a key in double quotes is expected here".to_owned()
                };
                self.error(self.at..self.at + len, message);
                self.at += len;
                is_word
            }
        }
    }

    fn value(&mut self) -> Option<Expect> {
        let byte = self.peek()?;
        match byte {
            b'{' | b'[' => {
                self.open.push(self.at);
                self.at += 1;
                return Some(if byte == b'{' { Expect::FirstKey } else { Expect::FirstItem });
            }
            b'"' => return self.string().then(|| self.after_value()),
            b'\'' => return self.single_quoted().then(|| self.after_value()),
            b',' => {
                self.error(self.at..self.at + 1, "a value is missing before this comma");
                return None;
            }
            _ => {}
        }
        let len = self.token();
        let word = &self.text[self.at..self.at + len];
        if !matches!(word, "true" | "false" | "null") && !is_json_number(word) {
            let range = self.at..self.at + len;
            if word.starts_with(|char: char| char.is_ascii_digit() || matches!(char, '-' | '+' | '.')) {
                self.error(range, format!("`{word}` is no number in JSON"));
            } else {
                self.error(range, format!("`{word}` is no JSON value"));
                if matches!(word.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "none") {
                    self.help("Write `true`, `false` or `null`, in lower case");
                } else {
                    self.help("Put a text in double quotes");
                }
            }
        }
        self.at += len;
        Some(self.after_value())
    }

    /// The length of the word at the cursor: to the next blank, comma, colon, quote or bracket, and at least one character.
    fn token(&self) -> usize {
        let rest = &self.text[self.at..];
        if let Some(inner) = rest.strip_prefix('\"') {
            let end = inner.find(['"', '\n', '\r']).map_or(rest.len(), |end| end + 1);
            return if rest[end..].starts_with('"') { end + 1 } else { end };
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest.find(|char: char| char.is_whitespace() || ",:\"'[]{}".contains(char)).unwrap_or(rest.len());
        end.max(first)
    }

    fn single_quoted(&mut self) -> bool {
        let rest = &self.text[self.at + 1..];
        let end = rest.find(['\'', '\n', '\r']).filter(|&end| rest[end..].starts_with('\''));
        let len = end.map_or(1, |end| end + 2);
        self.error(self.at..self.at + len, "JSON has double quotes only");
        self.help("Replace the single quotes with double quotes");
        self.at += len;
        end.is_some()
    }

    /// A string. Go on behind an error in it, as long as it ends on its line.
    fn string(&mut self) -> bool {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += 1;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'"' => {
                    self.at += 1;
                    return true;
                }
                b'\n' | b'\r' => break,
                b'\\' => {
                    let len = self.escape();
                    self.at += len;
                }
                0..=0x1F => {
                    self.error(
                        self.at..self.at + 1,
                        format!("control character U+{byte:04X} must be written as an escape"),
                    );
                    self.help(if byte == b'\t' { "write `\\t`" } else { "write `\\u` with four hexadecimal digits" });
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        self.error(start..start + 1, "this quote is not closed on its line");
        false
    }

    /// The length of an escape in a string.
    fn escape(&mut self) -> usize {
        let rest = &self.text[self.at + 1..];
        let Some(char) = rest.chars().next() else { return 1 };
        let len = 1 + char.len_utf8();
        match char {
            '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' => {}
            'u' => {
                let digits = rest.bytes().skip(1).take(4).take_while(u8::is_ascii_hexdigit).count();
                if digits < 4 {
                    self.error(self.at..self.at + len + digits, "four hexadecimal digits must follow `\\u`");
                }
                return len + digits;
            }
            // The line ends in the string, which is an error of its own.
            '\n' | '\r' => return 1,
            _ => {
                self.error(self.at..self.at + len, format!("`\\{char}` is no escape sequence of JSON"));
                self.help("Write `\\\\` for a backslash");
            }
        }
        len
    }
}

/// Whether a word is a number in JSON: `-? ( 0 | [1-9][0-9]* ) ( \. [0-9]+ )? ( [eE] [-+]? [0-9]+ )?`.
pub fn is_json_number(word: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let word = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match word.find(['e', 'E']) {
        Some(at) => (&word[..at], Some(&word[at + 1..])),
        None => (word, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|part| digits(part.strip_prefix(['-', '+']).unwrap_or(part)))
}
