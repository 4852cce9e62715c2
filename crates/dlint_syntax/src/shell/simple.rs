//! Reads simple commands: assignments, words, redirections and heredoc bodies.

use super::expand::Stop;
use super::lex::{CLASS, NAME};
use super::parse::{Marks, Parser};
use super::part::PartKind;
use super::redirect::RedirectOperator;
use super::tree::{
    AssignmentData, CommandKind, Detail, HeredocData, NONE, PartData, RedirectData, ShellErrorKind, Span, WordData,
};

impl Parser {
    /// Reads a simple command, or a function definition, which looks like one up to the parentheses.
    pub(super) fn simple(&mut self, command: u32) {
        let marks = self.marks();
        let mut end = self.pos;
        loop {
            self.skip_blanks();
            let Some(byte) = self.byte() else { break };
            match byte {
                b'\n' | b';' | b'|' | b')' => break,
                b'#' => {
                    self.skip_comment();
                    break;
                }
                b'&' if self.byte_at(self.visible(self.pos + 1)) != Some(b'>') => break,
                b'(' if self.is_name_only(marks) && self.function_parentheses() => {
                    self.function(command, marks);
                    return;
                }
                _ => {
                    if let Some(redirect_end) = self.redirect() {
                        end = redirect_end;
                    } else if self.open_words.len() == marks.words
                        && let Some(assignment) = self.assignment()
                    {
                        end = assignment.value.range.end as usize;
                        self.push_assignment(assignment);
                    } else {
                        let start = self.pos;
                        let word = self.word(Stop::Word);
                        end = word.range.end as usize;
                        self.open_words.push(word);
                        debug_assert!(self.pos > start, "a word takes at least a byte");
                        // A mistake in that must not become an endless loop.
                        self.pos = self.pos.max(start + 1);
                    }
                }
            }
        }
        self.finish_command(command, CommandKind::Simple, end, marks);
    }

    /// Whether the command so far is one word and nothing else.
    fn is_name_only(&self, marks: Marks) -> bool {
        let now = self.marks();
        now == Marks { words: marks.words + 1, ..marks }
    }

    /// Takes `( )` after a name.
    fn function_parentheses(&mut self) -> bool {
        let start = self.pos;
        self.pos += 1;
        self.skip_blanks();
        if self.byte() == Some(b')') {
            self.pos += 1;
            return true;
        }
        self.pos = start;
        false
    }

    /// Reads `name=value`, `name+=value`, `name[index]=value`.
    fn assignment(&mut self) -> Option<AssignmentData> {
        let start = self.pos;
        let name_end = self.name_end(start);
        if name_end == start {
            return None;
        }
        let mut at = name_end;
        if self.byte_at(at) == Some(b'[') {
            at = self.subscript_end(at)?;
        }
        let append = self.byte_at(at) == Some(b'+');
        if append {
            at += 1;
        }
        if self.byte_at(at) != Some(b'=') {
            return None;
        }
        self.pos = at + 1;
        let value = self.word(Stop::Word);
        Some(AssignmentData { name: Span::new(start, name_end), append, value })
    }

    /// The end of the `[…]` at `start`, if it is one. A `]` in quotes does not close it.
    fn subscript_end(&self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        let mut quote = None;
        loop {
            match self.byte_at(at)? {
                byte if quote == Some(byte) => quote = None,
                b'\n' => return None,
                _ if quote.is_some() => {}
                b']' => return Some(at + 1),
                byte @ (b'\'' | b'"') => quote = Some(byte),
                _ if self.is_break(at) => return None,
                _ => {}
            }
            at += 1;
        }
    }

    /// Reads a word, which may turn out empty. It has to make progress where one is wanted: a `(` here is literal.
    pub(super) fn word(&mut self, stop: Stop) -> WordData {
        let mark = self.open_parts.len();
        let start = self.pos;
        let end = self.parts(stop, false).max(start);
        let parts = self.finish_parts(mark);
        let is_literal = self.is_literal(parts);
        let is_plain = is_literal && !self.text[start..end].iter().any(|&byte| matches!(byte, 0 | b'\n'));
        WordData { range: Span::new(start, end), parts, is_plain }
    }

    /// Reads redirections after a compound command; gives the end of the last, or `end` if there is none.
    pub(super) fn redirects(&mut self, mut end: usize) -> usize {
        loop {
            self.skip_blanks();
            match self.redirect() {
                Some(redirect_end) => end = redirect_end,
                None => return end,
            }
        }
    }

    /// Reads a redirection, if there is one here; gives its end.
    fn redirect(&mut self) -> Option<usize> {
        let start = self.pos;
        let mut at = start;
        match self.byte()? {
            b'<' | b'>' | b'&' => {}
            b'0'..=b'9' => {
                while self.byte_at(at).is_some_and(|byte| byte.is_ascii_digit()) {
                    at += 1;
                }
            }
            b'{' => {
                at += 1;
                while self.byte_at(at).is_some_and(|byte| CLASS[byte as usize] & NAME != 0) {
                    at += 1;
                }
                if self.byte_at(at) != Some(b'}') || at == start + 1 {
                    return None;
                }
                at += 1;
            }
            _ => return None,
        }
        let descriptor = Span::new(start, at);
        let (operator, end) = self.redirect_operator(at)?;
        let heredoc = operator == RedirectOperator::Heredoc;
        let strip_tabs = heredoc && self.byte_at(end) == Some(b'-');
        self.pos = end + usize::from(strip_tabs);
        let operator_end = self.pos;
        self.skip_blanks();
        let target = if self.is_break(self.pos) && !self.at_process_substitution() {
            self.error(Span::new(at, operator_end), ShellErrorKind::Unexpected);
            WordData { range: Span::new(operator_end, operator_end), parts: Span::default(), is_plain: false }
        } else if heredoc {
            self.delimiter()
        } else {
            self.word(Stop::Word)
        };
        let heredoc = if heredoc { self.open_heredoc(target, strip_tabs) } else { NONE };
        let end = (target.range.end as usize).max(operator_end);
        self.open_redirects.push(RedirectData { range: Span::new(start, end), operator, descriptor, target, heredoc });
        Some(end)
    }

    fn redirect_operator(&self, at: usize) -> Option<(RedirectOperator, usize)> {
        use RedirectOperator as Op;
        let second = self.visible(at + 1);
        let third = self.visible(second + 1);
        Some(match (self.byte_at(at)?, self.byte_at(second), self.byte_at(third)) {
            (b'<' | b'>', Some(b'('), _) => return None,
            (b'<', Some(b'<'), Some(b'<')) => (Op::HereString, third + 1),
            (b'<', Some(b'<'), _) => (Op::Heredoc, second + 1),
            (b'<', Some(b'&'), _) => (Op::DuplicateInput, second + 1),
            (b'<', Some(b'>'), _) => (Op::ReadWrite, second + 1),
            (b'<', ..) => (Op::Input, at + 1),
            (b'>', Some(b'>'), _) => (Op::Append, second + 1),
            (b'>', Some(b'&'), _) => (Op::DuplicateOutput, second + 1),
            (b'>', Some(b'|'), _) => (Op::Clobber, second + 1),
            (b'>', ..) => (Op::Output, at + 1),
            (b'&', Some(b'>'), Some(b'>')) => (Op::AppendBoth, third + 1),
            (b'&', Some(b'>'), _) => (Op::OutputBoth, second + 1),
            _ => return None,
        })
    }

    /// Reads the word after `<<`. Nothing in it is expanded, not even `$x`.
    fn delimiter(&mut self) -> WordData {
        let mark = self.open_parts.len();
        let start = self.pos;
        let end = self.parts(Stop::Delimiter, false).max(start);
        let parts = self.finish_parts(mark);
        WordData { range: Span::new(start, end), parts, is_plain: false }
    }

    fn open_heredoc(&mut self, delimiter: WordData, strip_tabs: bool) -> u32 {
        let index = self.heredocs.len() as u32;
        let text = &self.text[delimiter.range.start as usize..delimiter.range.end as usize];
        // A continued line is no quoting, but a delimiter with one is too strange to bother.
        let quoted = text.iter().any(|byte| matches!(byte, b'\'' | b'"' | b'\\'));
        self.heredocs.push(HeredocData {
            quoted,
            strip_tabs,
            owner: self.command,
            scope: self.scope,
            delimiter: delimiter.range,
            body: WordData {
                range: Span { start: delimiter.range.end, end: delimiter.range.end },
                is_plain: false,
                parts: Span::default(),
            },
            end: None,
        });
        self.pending.push(index);
        index
    }

    /// Reads the bodies of the heredocs of the line that ends here.
    pub(super) fn heredoc_bodies(&mut self) {
        for index in std::mem::take(&mut self.pending) {
            let heredoc = self.heredocs[index as usize];
            let start = self.pos;
            let (body_end, end_line) = self.heredoc_end(heredoc);
            let after = match end_line {
                // Past the newline too, if there is one.
                Some(line) => (line.end as usize + 1).min(self.end),
                None => body_end,
            };
            let parts = self.heredoc_parts(heredoc, start, body_end);
            let data = &mut self.heredocs[index as usize];
            data.body = WordData { range: Span::new(start, body_end), parts, is_plain: false };
            data.end = end_line;
            self.pos = after;
        }
    }

    /// Where the body that starts here ends, and the line that ends it.
    fn heredoc_end(&mut self, heredoc: HeredocData) -> (usize, Option<Span>) {
        let name: Vec<u8> = self.text[heredoc.delimiter.start as usize..heredoc.delimiter.end as usize]
            .iter()
            .copied()
            .filter(|byte| !matches!(byte, b'\'' | b'"' | b'\\' | 0))
            .collect();
        let mut at = self.pos;
        while at < self.end {
            let rest = &self.text[at..self.end];
            let line = &rest[..rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())];
            let content = line.strip_suffix(b"\r").unwrap_or(line);
            let tabs = if heredoc.strip_tabs {
                content.iter().take_while(|byte| matches!(byte, b'\t' | 0)).count()
            } else {
                0
            };
            if content[tabs..].iter().filter(|byte| **byte != 0).eq(name.iter()) {
                return (at, Some(Span::new(at, at + line.len())));
            }
            at += line.len() + 1;
        }
        self.error(heredoc.delimiter, ShellErrorKind::UnclosedHeredoc);
        (self.end, None)
    }

    /// The parts of a heredoc body: one literal if nothing in it is expanded.
    fn heredoc_parts(&mut self, heredoc: HeredocData, start: usize, end: usize) -> Span {
        let mark = self.open_parts.len();
        if heredoc.quoted {
            let part = PartData::plain(PartKind::SingleQuoted, Span::new(start, end));
            self.open_parts.push(PartData { detail: Detail::Body, ..part });
            return self.finish_parts(mark);
        }
        let outer = (self.end, self.scope, self.command);
        (self.end, self.scope, self.command) = (end, heredoc.scope, heredoc.owner);
        self.parts(Stop::End, true);
        self.abandon_heredocs();
        (self.end, self.scope, self.command) = outer;
        self.finish_parts(mark)
    }

    /// Gives up the heredocs that no newline came for.
    pub(super) fn abandon_heredocs(&mut self) {
        for index in std::mem::take(&mut self.pending) {
            let delimiter = self.heredocs[index as usize].delimiter;
            self.error(delimiter, ShellErrorKind::UnclosedHeredoc);
        }
    }
}

impl PartData {
    pub(super) fn plain(kind: PartKind, range: Span) -> Self {
        Self { range, kind, in_double_quotes: false, len: 0, detail: Detail::None }
    }
}
