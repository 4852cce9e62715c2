//! Bytes of a shell text: which ones end a word, which ones the shell does not see, reserved words.

use super::parse::Parser;
use super::tree::{ShellErrorKind, Span};

/// Ends a word outside quotes.
pub(super) const BREAK: u8 = 1;
/// Means something in a word outside quotes.
pub(super) const SPECIAL: u8 = 2;
/// Means something between double quotes, in an arithmetic expression, or in the word of a `${…}`.
pub(super) const QUOTED_SPECIAL: u8 = 4;
/// Letters, digits and `_`.
pub(super) const NAME: u8 = 8;

/// The classes of all bytes.
pub(super) const CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' => BREAK,
            b'(' | b')' => BREAK | QUOTED_SPECIAL,
            b'\'' | b'"' | b'\\' | b'$' | b'`' | b'}' | b']' | 0 => SPECIAL | QUOTED_SPECIAL,
            b'*' | b'?' | b'[' | b'{' | b',' | b'~' | b'\r' => SPECIAL,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => NAME,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// The words that mean something where a command may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    If,
    For,
    Select,
    While,
    Until,
    Case,
    Function,
    OpenBrace,
    Not,
    OpenTest,
    /// A word that ends a list, or separates two.
    Closer(Closers),
}

/// A set of tokens that end a list of commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Closers(u16);

impl Closers {
    pub(super) const NONE: Self = Self(0);
    pub(super) const PAREN: Self = Self(1);
    pub(super) const BRACE: Self = Self(2);
    pub(super) const THEN: Self = Self(4);
    pub(super) const ELSE: Self = Self(8);
    pub(super) const ELIF: Self = Self(16);
    pub(super) const FI: Self = Self(32);
    pub(super) const DO: Self = Self(64);
    pub(super) const DONE: Self = Self(128);
    pub(super) const ESAC: Self = Self(256);
    pub(super) const ARM_END: Self = Self(512);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Parser {
    /// The byte at `at`, if that is before the end of what is being read.
    pub(super) fn byte_at(&self, at: usize) -> Option<u8> {
        if at < self.end { self.text.get(at).copied() } else { None }
    }

    pub(super) fn byte(&self) -> Option<u8> {
        self.byte_at(self.pos)
    }

    /// The first offset from `at` on that the shell sees: past masked bytes and continued lines.
    pub(super) fn visible(&self, mut at: usize) -> usize {
        loop {
            match self.byte_at(at) {
                Some(0) => at += 1,
                Some(b'\\') => match self.continuation(at) {
                    Some(len) => at += len,
                    None => return at,
                },
                _ => return at,
            }
        }
    }

    /// How long the continuation (`\` and newline) at `at` is, if there is one.
    pub(super) fn continuation(&self, at: usize) -> Option<usize> {
        match (self.byte_at(at)?, self.byte_at(at + 1)?) {
            (b'\\', b'\n') => Some(2),
            (b'\\', b'\r') if self.byte_at(at + 2) == Some(b'\n') => Some(3),
            _ => None,
        }
    }

    /// Whether the byte at `at` ends a word outside quotes, as the end of the text does.
    pub(super) fn is_break(&self, at: usize) -> bool {
        match self.byte_at(at) {
            None => true,
            Some(b'\r') => self.byte_at(at + 1) == Some(b'\n'),
            Some(byte) => CLASS[byte as usize] & BREAK != 0,
        }
    }

    /// Skips blanks and what the shell does not see.
    pub(super) fn skip_blanks(&mut self) {
        while let Some(byte) = self.byte() {
            match byte {
                b' ' | b'\t' => self.pos += 1,
                b'\r' if self.byte_at(self.pos + 1) == Some(b'\n') => self.pos += 1,
                0 | b'\\' => {
                    let next = self.visible(self.pos);
                    if next == self.pos {
                        return;
                    }
                    self.pos = next;
                }
                _ => return,
            }
        }
    }

    /// Skips a comment up to its newline.
    pub(super) fn skip_comment(&mut self) {
        while self.byte().is_some_and(|byte| byte != b'\n') {
            self.pos += 1;
        }
    }

    /// Skips blanks, comments and newlines, with the heredoc bodies after them.
    pub(super) fn skip_newlines(&mut self) {
        loop {
            self.skip_blanks();
            match self.byte() {
                Some(b'\n') => self.newline(),
                Some(b'#') => self.skip_comment(),
                _ => return,
            }
        }
    }

    /// As [`Parser::skip_newlines`], with `;` as well, but not `;;`.
    pub(super) fn skip_separators(&mut self) {
        loop {
            self.skip_newlines();
            if self.byte() != Some(b';') || self.at_arm_end() {
                return;
            }
            self.pos += 1;
        }
    }

    /// Whether `;;`, `;&` or `;;&` is here.
    pub(super) fn at_arm_end(&self) -> bool {
        self.byte() == Some(b';') && matches!(self.byte_at(self.visible(self.pos + 1)), Some(b';' | b'&'))
    }

    /// Reads a newline, and the bodies of the heredocs on its line.
    pub(super) fn newline(&mut self) {
        self.pos += 1;
        if !self.pending.is_empty() {
            self.heredoc_bodies();
        }
    }

    /// The reserved word here and its end, if it stands alone.
    pub(super) fn keyword(&self) -> Option<(Keyword, usize)> {
        let first = self.byte()?;
        if !matches!(first, b'i' | b't' | b'e' | b'f' | b'd' | b'w' | b'u' | b'c' | b's' | b'{' | b'}' | b'!' | b'[') {
            return None;
        }
        let mut end = self.pos + 1;
        while end - self.pos < 9 && self.byte_at(end).is_some_and(|byte| byte.is_ascii_lowercase() || byte == b'[') {
            end += 1;
        }
        let keyword = match &self.text[self.pos..end] {
            b"if" => Keyword::If,
            b"for" => Keyword::For,
            b"select" => Keyword::Select,
            b"while" => Keyword::While,
            b"until" => Keyword::Until,
            b"case" => Keyword::Case,
            b"function" => Keyword::Function,
            b"{" => Keyword::OpenBrace,
            b"!" => Keyword::Not,
            b"[[" => Keyword::OpenTest,
            b"}" => Keyword::Closer(Closers::BRACE),
            b"then" => Keyword::Closer(Closers::THEN),
            b"else" => Keyword::Closer(Closers::ELSE),
            b"elif" => Keyword::Closer(Closers::ELIF),
            b"fi" => Keyword::Closer(Closers::FI),
            b"do" => Keyword::Closer(Closers::DO),
            b"done" => Keyword::Closer(Closers::DONE),
            b"esac" => Keyword::Closer(Closers::ESAC),
            _ => return None,
        };
        self.is_break(self.visible(end)).then_some((keyword, end))
    }

    /// Takes the word `text` (lower-case letters) if it stands here alone.
    pub(super) fn take_word(&mut self, text: &[u8]) -> bool {
        let end = self.pos + text.len();
        let here = end <= self.end && &self.text[self.pos..end] == text && self.is_break(self.visible(end));
        if here {
            self.pos = end;
        }
        here
    }

    /// The closer here, and its end.
    pub(super) fn closer(&self) -> Option<(Closers, usize)> {
        match self.byte()? {
            b')' => Some((Closers::PAREN, self.pos + 1)),
            b';' if self.at_arm_end() => {
                let second = self.visible(self.pos + 1);
                let third = self.visible(second + 1);
                let long = self.byte_at(second) == Some(b';') && self.byte_at(third) == Some(b'&');
                Some((Closers::ARM_END, if long { third + 1 } else { second + 1 }))
            }
            _ => match self.keyword()? {
                (Keyword::Closer(closer), end) => Some((closer, end)),
                _ => None,
            },
        }
    }

    pub(super) fn error(&mut self, span: Span, kind: ShellErrorKind) {
        self.errors.push((span, kind));
    }

    /// The end of the run of letters, digits and `_` at `at`; `at` itself if it starts with a digit.
    pub(super) fn name_end(&self, at: usize) -> usize {
        let mut end = at;
        while self.byte_at(end).is_some_and(|byte| CLASS[byte as usize] & NAME != 0) {
            end += 1;
        }
        if self.byte_at(at).is_some_and(|byte| byte.is_ascii_digit()) { at } else { end }
    }
}
