//! Reads lists of commands and pipelines.

use super::lex::{Closers, Keyword};
use super::parse::Parser;
use super::tree::{NONE, Operator, PipelineData, ScopeKind, ShellErrorKind, Span};

impl Parser {
    /// Reads a list in a scope of its own and stops at one of `closers`, which is not consumed. Gives what it stopped
    /// at, and where that ends.
    pub(super) fn scoped_list(&mut self, kind: ScopeKind, owner: u32, closers: Closers) -> Option<(Closers, usize)> {
        let scope = self.open_scope(kind, owner);
        let stop = self.closed_list(closers);
        self.close_scope(scope, self.pos);
        stop
    }

    /// Reads a list up to one of `closers`; `None` if it ends at something else.
    pub(super) fn closed_list(&mut self, closers: Closers) -> Option<(Closers, usize)> {
        let expected = self.expected;
        self.expected = expected.or(closers);
        let stop = self.list();
        self.expected = expected;
        stop.filter(|(closer, _)| closers.overlaps(*closer))
    }

    /// Reads the end of the text (a backtick substitution) as if nothing were open around it.
    pub(super) fn isolated_list(&mut self) {
        let expected = std::mem::replace(&mut self.expected, Closers::NONE);
        self.list();
        self.expected = expected;
    }

    /// Reads commands up to the end, or to a closer that something open waits for.
    pub(super) fn list(&mut self) -> Option<(Closers, usize)> {
        loop {
            self.skip_separators();
            let byte = self.byte()?;
            if let Some((closer, end)) = self.closer() {
                if self.expected.overlaps(closer) {
                    return Some((closer, end));
                }
                self.unexpected(end);
            } else if matches!(byte, b'|' | b'&') && !self.at_output_redirect() {
                let is_double = self.byte_at(self.pos + 1) == Some(byte);
                self.unexpected(self.pos + if is_double { 2 } else { 1 });
            } else {
                self.and_or();
            }
        }
    }

    /// Skips up to `end` as something that cannot stand here.
    fn unexpected(&mut self, end: usize) {
        self.error(Span::new(self.pos, end), ShellErrorKind::Unexpected);
        self.pos = end;
    }

    /// Whether a command can start here.
    fn at_command(&self) -> bool {
        match self.byte() {
            None | Some(b';' | b'|' | b')' | b'\n') => false,
            Some(b'&') => self.at_output_redirect(),
            Some(_) => !matches!(self.keyword(), Some((Keyword::Closer(closer), _)) if self.expected.overlaps(closer)),
        }
    }

    fn at_output_redirect(&self) -> bool {
        self.byte() == Some(b'&') && self.byte_at(self.visible(self.pos + 1)) == Some(b'>')
    }

    /// Reads pipelines connected by `&&` and `||`, and the operator after them.
    fn and_or(&mut self) {
        let mut first = NONE;
        let mut last = NONE;
        let mut before = None;
        let operator = loop {
            let pipeline = self.pipeline(before);
            if last == NONE {
                first = pipeline;
            } else {
                self.pipelines[last as usize].next = pipeline;
            }
            last = pipeline;
            self.skip_blanks();
            if self.byte() == Some(b'#') {
                self.skip_comment();
            }
            let (operator, span) = self.operator();
            self.set_operator(pipeline, operator, span);
            if !matches!(operator, Operator::And | Operator::Or) {
                break operator;
            }
            before = Some(operator);
            self.skip_newlines();
            if !self.at_command() {
                self.error(span, ShellErrorKind::Unexpected);
                break Operator::End;
            }
        };
        let mut last_or = NONE;
        let mut index = first;
        while index != NONE {
            let data = &mut self.pipelines[index as usize];
            data.background = operator == Operator::Background;
            if data.operator == Operator::Or && data.next != NONE {
                last_or = index;
            }
            index = data.next;
        }
        let mut index = if last_or == NONE { NONE } else { first };
        while index != NONE {
            let data = &mut self.pipelines[index as usize];
            data.or_follows = true;
            index = if index == last_or { NONE } else { data.next };
        }
    }

    /// The operator after a pipeline.
    fn operator(&mut self) -> (Operator, Span) {
        let start = self.pos;
        let second = || self.byte_at(self.visible(start + 1));
        let (operator, end) = match self.byte() {
            Some(b'&') if second() == Some(b'&') => (Operator::And, self.visible(start + 1) + 1),
            Some(b'&') => (Operator::Background, start + 1),
            Some(b'|') if second() == Some(b'|') => (Operator::Or, self.visible(start + 1) + 1),
            Some(b';') if !self.at_arm_end() => (Operator::Semicolon, start + 1),
            Some(b'\n') => {
                self.newline();
                return (Operator::Newline, Span::new(start, start + 1));
            }
            _ => (Operator::End, start),
        };
        self.pos = end;
        (operator, Span::new(start, end))
    }

    /// Notes the operator after a pipeline, which is the one after its last command too.
    fn set_operator(&mut self, pipeline: u32, operator: Operator, span: Span) {
        let data = &mut self.pipelines[pipeline as usize];
        data.operator = operator;
        let mut index = data.first;
        while self.commands[index as usize].next != NONE {
            index = self.commands[index as usize].next;
        }
        self.set_command_operator(index, operator, span);
    }

    fn set_command_operator(&mut self, command: u32, operator: Operator, span: Span) {
        let data = &mut self.commands[command as usize];
        data.operator = operator;
        data.operator_range =
            if operator == Operator::End { Span { start: data.range.end, end: data.range.end } } else { span };
    }

    /// Reads commands connected by pipes; there is at least one.
    fn pipeline(&mut self, before: Option<Operator>) -> u32 {
        let start = self.pos;
        let mut negated = false;
        while let Some((Keyword::Not, end)) = self.keyword() {
            negated = !negated;
            self.pos = end;
            self.skip_blanks();
        }
        self.time_keyword();
        let index = self.pipelines.len() as u32;
        let first = self.commands.len() as u32;
        self.pipelines.push(PipelineData {
            range: Span::new(start, start),
            negated,
            first,
            len: 0,
            before,
            operator: Operator::End,
            next: NONE,
            or_follows: false,
            background: false,
        });
        let mut last = NONE;
        let mut position = 0;
        loop {
            let command = self.start_command(index, position);
            if last != NONE {
                self.commands[last as usize].next = command;
            }
            last = command;
            position += 1;
            self.command(command);
            self.skip_blanks();
            let Some((operator, span)) = self.pipe() else { break };
            self.set_command_operator(command, operator, span);
            self.skip_newlines();
            if !self.at_command() {
                self.error(span, ShellErrorKind::Unexpected);
                break;
            }
        }
        let end = self.commands[last as usize].range.end;
        let data = &mut self.pipelines[index as usize];
        data.len = position;
        data.range.end = end.max(data.range.start);
        index
    }

    /// Skips `time` (and `-p`) before a compound command. Before a program it is left to be a command word, which it
    /// is for shells that do not reserve it.
    fn time_keyword(&mut self) {
        let start = self.pos;
        if !self.take_word(b"time") {
            return;
        }
        self.skip_blanks();
        if self.take_word(b"-p") {
            self.skip_blanks();
        }
        let compound = match self.keyword() {
            Some((Keyword::Not | Keyword::Closer(_), _)) => false,
            Some(_) => true,
            None => self.byte() == Some(b'('),
        };
        if !compound {
            self.pos = start;
        }
    }

    /// Takes `|` or `|&`, but not `||`.
    fn pipe(&mut self) -> Option<(Operator, Span)> {
        let start = self.pos;
        if self.byte() != Some(b'|') {
            return None;
        }
        let second = self.visible(start + 1);
        let (operator, end) = match self.byte_at(second) {
            Some(b'|') => return None,
            Some(b'&') => (Operator::PipeBoth, second + 1),
            _ => (Operator::Pipe, start + 1),
        };
        self.pos = end;
        Some((operator, Span::new(start, end)))
    }

    /// Reads the body of a function, which is one command; gives its end.
    pub(super) fn body_command(&mut self, owner: u32) -> usize {
        let scope = self.open_scope(ScopeKind::FunctionBody, owner);
        let pipeline = self.pipeline(None);
        self.set_operator(pipeline, Operator::End, Span::default());
        let end = self.pipelines[pipeline as usize].range.end as usize;
        self.close_scope(scope, end);
        end
    }
}
