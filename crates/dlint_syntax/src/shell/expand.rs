//! Reads words into their parts.

use super::dollar::Dollar;
use super::lex::{BREAK, CLASS, QUOTED_SPECIAL, SPECIAL};
use super::parse::Parser;
use super::part::{ParameterOperator, PartKind};
use super::tree::{Detail, PartData, ShellErrorKind, Span};

/// Where reading parts stops. What it stops at is not consumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// At the end of a word.
    Word,
    /// At the end of a word in which `$` and backticks mean nothing: a heredoc's delimiter.
    Delimiter,
    /// At the end of a word in which parentheses and pipes are literal: a regular expression in `[[ … ]]`.
    Regex,
    /// At a closing parenthesis: an extended glob.
    Parens,
    /// At a `}`: the word of a `${…}`.
    Brace,
    /// At a `]`: a subscript.
    Bracket,
    /// At a closing double quote.
    Quote,
    /// At a closing parenthesis: an arithmetic expression.
    Arithmetic,
    /// At the end of what is read: a heredoc body.
    End,
    /// As `End`, and everything is one literal.
    Rest,
}

/// How far the parts of a word are read.
pub(super) struct Run {
    pub(super) stop: Stop,
    /// Whether single quotes, globs, braces mean nothing here.
    pub(super) quoted: bool,
    pub(super) start: usize,
    /// Where the literal that is not yet a part starts.
    pub(super) literal: Option<usize>,
    /// The end of the last byte that the shell sees.
    pub(super) end: usize,
    /// Open parentheses.
    pub(super) depth: usize,
    /// Open braces: the index of the part, and whether a comma was seen.
    pub(super) braces: Vec<(usize, bool)>,
    /// The index of the first part that is a `[`.
    pub(super) first_bracket: Option<usize>,
    /// Where the last `]` is.
    pub(super) last_bracket: Option<usize>,
}

impl Parser {
    /// Reads parts up to `stop`. Gives the end of the last byte that the shell sees.
    pub(super) fn parts(&mut self, stop: Stop, quoted: bool) -> usize {
        let mut run = Run::new(stop, quoted, self.pos);
        let mask = match stop {
            Stop::Word | Stop::Delimiter | Stop::Regex | Stop::Parens => BREAK | SPECIAL,
            Stop::Rest => 0,
            _ => QUOTED_SPECIAL,
        };
        loop {
            let from = self.pos;
            let rest = &self.text[from..self.end];
            self.pos += rest.iter().position(|byte| CLASS[*byte as usize] & mask != 0).unwrap_or(rest.len());
            if self.pos > from {
                run.extend_literal(from, self.pos);
            }
            let Some(byte) = self.byte() else { break };
            if !self.special(&mut run, byte) {
                break;
            }
        }
        self.flush(&mut run);
        self.drop_lone_brackets(&run);
        run.end
    }

    /// Reads what `byte`, which is here, starts. Gives false if it is what to stop at.
    fn special(&mut self, run: &mut Run, byte: u8) -> bool {
        match byte {
            0 => self.pos = self.visible(self.pos),
            b'\\' => self.backslash(run),
            b'$' if run.stop != Stop::Delimiter => self.dollar(run),
            b'`' if run.stop != Stop::Delimiter => self.part(run, Self::backticks),
            b'"' => match run.stop {
                Stop::Quote => return false,
                Stop::Arithmetic | Stop::Bracket | Stop::End => self.literal_byte(run),
                _ => self.part(run, |p, _| p.double_quoted(p.pos + 1)),
            },
            b'\'' if !run.quoted => self.part(run, |p, _| p.single_quoted(p.pos + 1, PartKind::SingleQuoted)),
            b'}' if run.stop == Stop::Brace => return false,
            b']' if run.stop == Stop::Bracket => return false,
            b'(' | b')' => return self.parenthesis(run, byte),
            b'<' | b'>' if run.stop == Stop::Word && self.at_process_substitution() => {
                self.part(run, |p, _| p.substitution(p.visible(p.pos + 1) + 1, PartKind::ProcessSubstitution));
            }
            _ if CLASS[byte as usize] & BREAK != 0 => {
                let ends = match run.stop {
                    Stop::Parens => byte == b'\n',
                    Stop::Regex => byte == b'\n' || run.depth == 0 && matches!(byte, b' ' | b'\t'),
                    _ => true,
                };
                if ends {
                    return false;
                }
                self.literal_byte(run);
            }
            b'\r' if self.is_break(self.pos) => return false,
            _ if run.stop == Stop::Word => self.pattern(run, byte),
            _ => self.literal_byte(run),
        }
        true
    }

    /// A `$` and what it starts.
    fn dollar(&mut self, run: &mut Run) {
        let (dollar, at) = self.after_dollar(run.quoted);
        match dollar {
            Dollar::Arithmetic => self.part(run, |p, _| p.arithmetic(at + 2)),
            Dollar::Substitution => self.part(run, |p, _| p.substitution(at + 1, PartKind::CommandSubstitution)),
            Dollar::Braced => self.part(run, |p, quoted| p.braced(at + 1, quoted)),
            Dollar::AnsiC => self.part(run, |p, _| p.single_quoted(at + 1, PartKind::AnsiC)),
            Dollar::DoubleQuoted => self.part(run, |p, _| p.double_quoted(at + 1)),
            Dollar::Name(end) => self.part(run, |p, _| {
                let name = Span::new(at, end);
                p.set_part(PartKind::Parameter, Detail::Parameter { name, operator: ParameterOperator::Plain });
                p.pos = end;
            }),
            Dollar::Nothing => self.literal_byte(run),
        }
    }

    pub(super) fn literal_byte(&mut self, run: &mut Run) {
        run.extend_literal(self.pos, self.pos + 1);
        self.pos += 1;
    }

    /// Makes a part of the literal so far.
    pub(super) fn flush(&mut self, run: &mut Run) {
        if let Some(start) = run.literal.take() {
            let part = PartData::plain(PartKind::Literal, Span::new(start, run.end));
            self.open_parts.push(PartData { in_double_quotes: run.quoted, ..part });
        }
    }

    /// Reads a part that is not literal, given by `read` with whether it is quoted.
    pub(super) fn part(&mut self, run: &mut Run, read: impl FnOnce(&mut Self, bool)) {
        self.flush(run);
        let index = self.open_parts.len();
        let start = self.pos;
        self.open_parts.push(PartData::plain(PartKind::Literal, Span::new(start, start)));
        read(self, run.quoted);
        let len = self.open_parts.len() - index - 1;
        let part = &mut self.open_parts[index];
        part.range.end = self.pos as u32;
        part.len = len as u32;
        part.in_double_quotes = run.quoted;
        run.end = self.pos;
    }

    /// Reads a part that is all of a word.
    pub(super) fn single_part(&mut self, read: impl FnOnce(&mut Self)) {
        let mut run = Run::new(Stop::Word, false, self.pos);
        self.part(&mut run, |p, _| read(p));
    }

    /// Says what the part is that [`Parser::part`] has just started. To be called before reading what is in it.
    pub(super) fn set_part(&mut self, kind: PartKind, detail: Detail) {
        if let Some(part) = self.open_parts.last_mut() {
            part.kind = kind;
            part.detail = detail;
        }
    }

    /// A `\` and the character after it, or a continued line.
    fn backslash(&mut self, run: &mut Run) {
        if let Some(len) = self.continuation(self.pos) {
            self.pos += len;
            return;
        }
        let mut at = self.pos + 1;
        while self.byte_at(at) == Some(0) {
            at += 1;
        }
        let Some(byte) = self.byte_at(at) else {
            self.literal_byte(run);
            return;
        };
        let escapes = match run.stop {
            Stop::Quote => matches!(byte, b'$' | b'`' | b'"' | b'\\'),
            Stop::End => matches!(byte, b'$' | b'`' | b'\\'),
            Stop::Brace if run.quoted => matches!(byte, b'$' | b'`' | b'"' | b'\\' | b'}'),
            _ => true,
        };
        if escapes {
            let len = self.text[at..self.end].iter().skip(1).take_while(|byte| **byte & 0xC0 == 0x80).count() + 1;
            self.part(run, |p, _| {
                p.set_part(PartKind::Escaped, Detail::None);
                p.pos = at + len;
            });
        } else {
            self.literal_byte(run);
        }
    }

    fn parenthesis(&mut self, run: &mut Run, byte: u8) -> bool {
        let before = self.byte_at(self.pos.wrapping_sub(1));
        match (run.stop, byte) {
            (Stop::Word, b'(') if before == Some(b'=') => self.part(run, |p, _| p.array()),
            (Stop::Word, b'(') if self.pos > run.start && matches!(before, Some(b'?' | b'*' | b'+' | b'@' | b'!')) => {
                self.part(run, |p, _| p.extended_glob());
            }
            // Where a word has to be, it cannot be anything else.
            (Stop::Word, b'(') if self.pos == run.start => self.literal_byte(run),
            (Stop::Word | Stop::Delimiter, _) => return false,
            (Stop::Parens | Stop::Arithmetic | Stop::Regex, b'(') => {
                run.depth += 1;
                self.literal_byte(run);
            }
            (Stop::Parens | Stop::Arithmetic | Stop::Regex, _) if run.depth == 0 => return false,
            (Stop::Parens | Stop::Arithmetic | Stop::Regex, _) => {
                run.depth -= 1;
                self.literal_byte(run);
            }
            _ => self.literal_byte(run),
        }
        true
    }

    /// `"…"`, whose inside starts at `inner`.
    pub(super) fn double_quoted(&mut self, inner: usize) {
        let start = self.pos;
        self.set_part(PartKind::DoubleQuoted, Detail::None);
        self.pos = inner;
        self.parts(Stop::Quote, true);
        self.close_quote(start, inner);
    }

    /// `'…'` or `$'…'`, whose inside starts at `inner`.
    pub(super) fn single_quoted(&mut self, inner: usize, kind: PartKind) {
        let start = self.pos;
        self.set_part(kind, Detail::None);
        self.pos = inner;
        while let Some(byte) = self.byte() {
            match byte {
                b'\'' => break,
                b'\\' if kind == PartKind::AnsiC => self.pos = (self.pos + 2).min(self.end),
                _ => self.pos += 1,
            }
        }
        self.close_quote(start, inner);
    }

    fn close_quote(&mut self, start: usize, inner: usize) {
        if self.byte().is_some() {
            self.pos += 1;
        } else {
            self.error(Span::new(start, inner), ShellErrorKind::UnclosedQuote);
        }
    }
}

impl Run {
    fn new(stop: Stop, quoted: bool, start: usize) -> Self {
        Self {
            stop,
            quoted,
            start,
            literal: None,
            end: start,
            depth: 0,
            braces: Vec::new(),
            first_bracket: None,
            last_bracket: None,
        }
    }

    fn extend_literal(&mut self, from: usize, to: usize) {
        self.literal.get_or_insert(from);
        self.end = to;
    }
}
