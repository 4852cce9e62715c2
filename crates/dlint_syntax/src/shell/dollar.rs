//! Reads what starts with `$` or a backtick.

use super::expand::Stop;
use super::lex::{CLASS, Closers, NAME};
use super::parse::Parser;
use super::part::{ParameterOperator, PartKind};
use super::tree::{Detail, ScopeKind, ShellErrorKind, Span};

/// What a `$` starts.
pub(super) enum Dollar {
    Arithmetic,
    Substitution,
    Braced,
    AnsiC,
    DoubleQuoted,
    /// `$x`; with the end of the name.
    Name(usize),
    Nothing,
}

impl Parser {
    /// What the `$` here starts, and the offset of the first byte after it that the shell sees.
    pub(super) fn after_dollar(&self, quoted: bool) -> (Dollar, usize) {
        let at = self.visible(self.pos + 1);
        let Some(byte) = self.byte_at(at) else { return (Dollar::Nothing, at) };
        let dollar = match byte {
            b'(' if self.byte_at(at + 1) == Some(b'(') && self.is_arithmetic(at + 2) => Dollar::Arithmetic,
            b'(' => Dollar::Substitution,
            b'{' => Dollar::Braced,
            b'\'' if !quoted => Dollar::AnsiC,
            b'"' if !quoted => Dollar::DoubleQuoted,
            b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!' | b'0'..=b'9' => Dollar::Name(at + 1),
            _ if CLASS[byte as usize] & NAME != 0 => Dollar::Name(self.name_end(at)),
            _ => Dollar::Nothing,
        };
        (dollar, at)
    }

    /// Whether `((` whose inside starts at `at` is closed by `))`; if not, it is two opening parentheses.
    pub(super) fn is_arithmetic(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        let mut at = at;
        while let Some(byte) = self.byte_at(at) {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => return self.byte_at(at + 1) == Some(b')'),
                b')' => depth -= 1,
                b'\\' => at += 1,
                b'\'' => {
                    while self.byte_at(at + 1).is_some_and(|byte| byte != b'\'') {
                        at += 1;
                    }
                    at += 1;
                }
                b'"' => {
                    while let Some(byte) = self.byte_at(at + 1).filter(|byte| *byte != b'"') {
                        at += if byte == b'\\' { 2 } else { 1 };
                    }
                    at += 1;
                }
                _ => {}
            }
            at += 1;
        }
        false
    }

    pub(super) fn at_process_substitution(&self) -> bool {
        matches!(self.byte(), Some(b'<' | b'>')) && self.byte_at(self.visible(self.pos + 1)) == Some(b'(')
    }

    /// Takes everything up to the end, as what is started is nested too deeply.
    fn give_up(&mut self) {
        self.pos = self.end;
    }

    /// `$( … )` or `<( … )`, whose inside starts at `inner`.
    pub(super) fn substitution(&mut self, inner: usize, kind: PartKind) {
        let start = self.pos;
        if !self.enter() {
            return self.give_up();
        }
        let scope_kind = if kind == PartKind::ProcessSubstitution {
            ScopeKind::ProcessSubstitution
        } else {
            ScopeKind::CommandSubstitution
        };
        self.set_part(kind, Detail::Scope(self.scopes.len() as u32));
        self.pos = inner;
        match self.scoped_list(scope_kind, self.command, Closers::PAREN) {
            Some((_, end)) => self.pos = end,
            None => self.error(Span::new(start, inner), ShellErrorKind::UnclosedExpansion),
        }
        self.leave();
    }

    /// `` ` … ` ``. A backslash in it escapes a backtick, a dollar or a backslash, within double quotes also a double
    /// quote, and the commands are read from what is left (POSIX, Shell Command Language, 2.6.3).
    pub(super) fn backticks(&mut self, quoted: bool) {
        let start = self.pos;
        if !self.enter() {
            return self.give_up();
        }
        let mut close = start + 1;
        while let Some(byte) = self.byte_at(close).filter(|byte| *byte != b'`') {
            close += 1;
            if byte != b'\\' {
                continue;
            }
            let backslash = close - 1;
            while self.byte_at(close) == Some(0) {
                close += 1;
            }
            let next = self.byte_at(close);
            if matches!(next, Some(b'`' | b'$' | b'\\')) || quoted && next == Some(b'"') {
                self.text[backslash] = 0;
                close += 1;
            }
        }
        self.set_part(PartKind::Backticks, Detail::Scope(self.scopes.len() as u32));
        self.pos = start + 1;
        let end = std::mem::replace(&mut self.end, close);
        let scope = self.open_scope(ScopeKind::Backticks, self.command);
        self.isolated_list();
        self.close_scope(scope, close);
        self.end = end;
        self.pos = close;
        if self.byte() == Some(b'`') {
            self.pos += 1;
        } else {
            self.error(Span::new(start, start + 1), ShellErrorKind::UnclosedExpansion);
        }
        self.leave();
    }

    /// The inside, from `inner` on, of `$(( … ))` or `(( … ))`.
    pub(super) fn arithmetic(&mut self, inner: usize) {
        let start = self.pos;
        if !self.enter() {
            return self.give_up();
        }
        self.set_part(PartKind::Arithmetic, Detail::None);
        self.pos = inner;
        self.parts(Stop::Arithmetic, true);
        if self.byte() == Some(b')') && self.byte_at(self.pos + 1) == Some(b')') {
            self.pos += 2;
        } else {
            self.error(Span::new(start, inner), ShellErrorKind::UnclosedExpansion);
        }
        self.leave();
    }

    /// `${ … }`, whose inside starts at `inner`.
    pub(super) fn braced(&mut self, inner: usize, quoted: bool) {
        let start = self.pos;
        if !self.enter() {
            return self.give_up();
        }
        self.pos = inner;
        let mut operator = self.parameter_prefix();
        let name = self.parameter_name();
        let index = self.open_parts.len() - 1;
        self.set_part(PartKind::Parameter, Detail::Parameter { name, operator: ParameterOperator::Plain });
        if self.byte() == Some(b'[') {
            self.pos += 1;
            self.parts(Stop::Bracket, true);
            if self.byte() == Some(b']') {
                self.pos += 1;
            }
        }
        if operator == ParameterOperator::Plain {
            operator = self.parameter_operator();
        }
        self.open_parts[index].detail = Detail::Parameter { name, operator };
        let pattern = matches!(
            operator,
            ParameterOperator::TrimPrefix | ParameterOperator::TrimSuffix | ParameterOperator::Replace
        );
        self.parts(Stop::Brace, quoted && !pattern);
        if self.byte() == Some(b'}') {
            self.pos += 1;
        } else {
            self.error(Span::new(start, inner), ShellErrorKind::UnclosedExpansion);
        }
        self.leave();
    }

    /// Takes the `#` or `!` before a name.
    fn parameter_prefix(&mut self) -> ParameterOperator {
        let next = self.byte_at(self.pos + 1);
        let named = next.is_some_and(|byte| CLASS[byte as usize] & NAME != 0);
        let operator = match self.byte() {
            Some(b'#') if named || matches!(next, Some(b'@' | b'*')) => ParameterOperator::Length,
            Some(b'!') if named => ParameterOperator::Indirect,
            _ => return ParameterOperator::Plain,
        };
        self.pos += 1;
        operator
    }

    fn parameter_name(&mut self) -> Span {
        let start = self.pos;
        let mut end = self.name_end(start);
        if end == start {
            while self.byte_at(end).is_some_and(|byte| byte.is_ascii_digit()) {
                end += 1;
            }
        }
        if end == start && matches!(self.byte(), Some(b'@' | b'*' | b'#' | b'?' | b'-' | b'$' | b'!')) {
            end += 1;
        }
        self.pos = end;
        Span::new(start, end)
    }

    fn parameter_operator(&mut self) -> ParameterOperator {
        use ParameterOperator as Op;
        let default = |byte| match byte {
            Some(b'-') => Some(Op::Default),
            Some(b'=') => Some(Op::Assign),
            Some(b'?') => Some(Op::Error),
            Some(b'+') => Some(Op::Alternative),
            _ => None,
        };
        let (first, second) = (self.byte(), self.byte_at(self.pos + 1));
        let (operator, len) = match first {
            Some(b':') => default(second).map_or((Op::Substring, 1), |operator| (operator, 2)),
            Some(b'#') => (Op::TrimPrefix, 1),
            Some(b'%') => (Op::TrimSuffix, 1),
            Some(b'/') => (Op::Replace, 1),
            Some(b'^' | b',') => (Op::Case, 1),
            Some(b'@') => (Op::Transform, 1),
            Some(b'}') | None => return Op::Plain,
            _ => default(first).map_or((Op::Invalid, 0), |operator| (operator, 1)),
        };
        let doubled = first == second && matches!(first, Some(b'#' | b'%' | b'/' | b'^' | b','));
        self.pos += len + usize::from(doubled);
        operator
    }
}
