//! Reads globs, brace expansions, tildes and arrays.

use super::expand::{Run, Stop};
use super::parse::Parser;
use super::part::PartKind;
use super::tree::{Detail, ShellErrorKind, Span};

impl Parser {
    /// A byte of a glob, brace expansion or tilde, or nothing special after all.
    pub(super) fn pattern(&mut self, run: &mut Run, byte: u8) {
        match byte {
            b'*' | b'?' | b'[' => {
                if byte == b'[' {
                    run.first_bracket.get_or_insert(self.open_parts.len());
                }
                self.part(run, |p, _| {
                    p.set_part(PartKind::Glob, Detail::None);
                    p.pos += 1;
                });
            }
            b']' => {
                run.last_bracket = Some(self.pos);
                self.literal_byte(run);
            }
            b'{' => {
                self.flush(run);
                run.braces.push((self.open_parts.len(), false));
                self.part(run, |p, _| p.pos += 1);
            }
            b',' => {
                if let Some((_, comma)) = run.braces.last_mut() {
                    *comma = true;
                }
                self.literal_byte(run);
            }
            b'}' => self.close_brace(run),
            b'~' if self.pos == run.start => self.tilde(run),
            _ => self.literal_byte(run),
        }
    }

    /// A `}`: with a comma or `..` since its `{`, the two make a brace expansion.
    fn close_brace(&mut self, run: &mut Run) {
        if let Some((index, comma)) = run.braces.pop() {
            self.flush(run);
            let sequence = || match &self.open_parts[index + 1..] {
                [only] if only.kind == PartKind::Literal => {
                    self.text[only.range.start as usize..only.range.end as usize].windows(2).any(|pair| pair == b"..")
                }
                _ => false,
            };
            if comma || sequence() {
                self.pos += 1;
                let len = self.open_parts.len() - index - 1;
                let part = &mut self.open_parts[index];
                part.kind = PartKind::Brace;
                part.range.end = self.pos as u32;
                part.len = len as u32;
                run.end = self.pos;
                return;
            }
        }
        self.literal_byte(run);
    }

    fn tilde(&mut self, run: &mut Run) {
        let mut end = self.pos + 1;
        while self
            .byte_at(end)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'+'))
        {
            end += 1;
        }
        if self.is_break(end) || matches!(self.byte_at(end), Some(b'/' | b':')) {
            self.part(run, |p, _| {
                p.set_part(PartKind::Tilde, Detail::None);
                p.pos = end;
            });
        } else {
            self.literal_byte(run);
        }
    }

    /// A `[` that no `]` follows is literal.
    pub(super) fn drop_lone_brackets(&mut self, run: &Run) {
        let Some(first) = run.first_bracket else { return };
        for part in &mut self.open_parts[first..] {
            let start = part.range.start as usize;
            if part.kind == PartKind::Glob
                && self.text[start] == b'['
                && run.last_bracket.is_none_or(|last| start > last)
            {
                part.kind = PartKind::Literal;
            }
        }
    }

    /// `( … )` as the value of an assignment.
    pub(super) fn array(&mut self) {
        let start = self.pos;
        if !self.enter() {
            self.pos = self.end;
            return;
        }
        self.set_part(PartKind::Array, Detail::None);
        self.pos += 1;
        loop {
            self.skip_newlines();
            match self.byte() {
                None => {
                    self.error(Span::new(start, start + 1), ShellErrorKind::UnclosedCommand);
                    break;
                }
                Some(b')') => {
                    self.pos += 1;
                    break;
                }
                Some(_) if self.is_break(self.pos) && !self.at_process_substitution() => {
                    self.error(Span::new(self.pos, self.pos + 1), ShellErrorKind::Unexpected);
                    self.pos += 1;
                }
                Some(_) => {
                    self.parts(Stop::Word, false);
                }
            }
        }
        self.leave();
    }

    /// The parentheses of `@(a|b)`.
    pub(super) fn extended_glob(&mut self) {
        let start = self.pos;
        self.set_part(PartKind::Glob, Detail::None);
        self.pos += 1;
        self.parts(Stop::Parens, false);
        if self.byte() == Some(b')') {
            self.pos += 1;
        } else {
            self.error(Span::new(start, start + 1), ShellErrorKind::UnclosedExpansion);
        }
    }
}
