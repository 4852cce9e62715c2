//! Reads compound commands.

use super::expand::Stop;
use super::lex::{Closers, Keyword};
use super::parse::{Marks, Parser};
use super::tree::{CommandKind, ScopeKind, ShellErrorKind, Span, WordData};

/// What ends a branch of `if`.
const BRANCH_END: Closers = Closers::ELSE.or(Closers::ELIF).or(Closers::FI);

impl Parser {
    /// Reads the command here, simple or compound.
    pub(super) fn command(&mut self, command: u32) {
        let outer = std::mem::replace(&mut self.command, command);
        match self.keyword() {
            None if self.byte() == Some(b'(') => self.parentheses(command),
            Some((Keyword::If, end)) => self.deeper(command, end, Self::if_command),
            Some((Keyword::While, end)) => self.deeper(command, end, |p, c| p.loop_command(c, CommandKind::While)),
            Some((Keyword::Until, end)) => self.deeper(command, end, |p, c| p.loop_command(c, CommandKind::Until)),
            Some((Keyword::For, end)) => self.deeper(command, end, |p, c| p.for_command(c, CommandKind::For)),
            Some((Keyword::Select, end)) => self.deeper(command, end, |p, c| p.for_command(c, CommandKind::Select)),
            Some((Keyword::Case, end)) => self.deeper(command, end, Self::case_command),
            Some((Keyword::OpenBrace, end)) => self.deeper(command, end, |p, c| {
                p.enclosed(c, CommandKind::Group, ScopeKind::Group, Closers::BRACE);
            }),
            Some((Keyword::OpenTest, end)) => self.deeper(command, end, Self::test_command),
            Some((Keyword::Function, end)) => {
                self.pos = end;
                self.skip_blanks();
                let marks = self.marks();
                let name = self.word(Stop::Word);
                self.open_words.push(name);
                self.skip_blanks();
                if self.byte() == Some(b'(') && self.byte_at(self.visible(self.pos + 1)) == Some(b')') {
                    self.pos = self.visible(self.pos + 1) + 1;
                }
                self.function(command, marks);
            }
            // A `!` is read with its pipeline.
            Some((Keyword::Not | Keyword::Closer(_), _)) | None => self.simple(command),
        }
        self.command = outer;
    }

    /// Reads a compound command after the token that opens it, or the rest as literal text if that is too deep.
    fn deeper(&mut self, command: u32, opener_end: usize, read: impl FnOnce(&mut Self, u32)) {
        if !self.enter() {
            self.literal_rest(command);
            return;
        }
        self.pos = opener_end;
        read(self, command);
        self.leave();
    }

    /// Makes a command of one literal word of everything up to the end.
    fn literal_rest(&mut self, command: u32) {
        let marks = self.marks();
        let word = self.word(Stop::Rest);
        self.open_words.push(word);
        self.finish_command(command, CommandKind::Simple, word.range.end as usize, marks);
    }

    /// Ends a compound command at `end`, with the redirections after it.
    fn finish(&mut self, command: u32, kind: CommandKind, end: usize, marks: Marks) {
        let end = self.redirects(end);
        self.finish_command(command, kind, end, marks);
    }

    /// Takes the closer that a list stopped at and gives its end; without one, the command ends here and is in error.
    fn take_closer(&mut self, command: u32, stop: Option<(Closers, usize)>) -> usize {
        if let Some((_, end)) = stop {
            self.pos = end;
        } else {
            let opener = self.commands[command as usize].range.start as usize;
            self.error(Span::new(opener, self.opener_end(opener)), ShellErrorKind::UnclosedCommand);
        }
        self.pos
    }

    /// The end of the word or sign that opens a compound command: `if`, `[[`, `(`.
    fn opener_end(&self, opener: usize) -> usize {
        let letters = self.text[opener..self.end].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let is_test = self.byte_at(opener) == Some(b'[') && self.byte_at(opener + 1) == Some(b'[');
        opener + if is_test { 2 } else { letters.max(1) }
    }

    /// `( … )` or `(( … ))`.
    fn parentheses(&mut self, command: u32) {
        if self.byte_at(self.pos + 1) == Some(b'(') && self.is_arithmetic(self.pos + 2) {
            let marks = self.marks();
            let word = self.arithmetic_word();
            self.open_words.push(word);
            self.finish(command, CommandKind::Arithmetic, word.range.end as usize, marks);
        } else {
            self.deeper(command, self.pos + 1, |p, c| {
                p.enclosed(c, CommandKind::Subshell, ScopeKind::Subshell, Closers::PAREN);
            });
        }
    }

    fn enclosed(&mut self, command: u32, kind: CommandKind, scope: ScopeKind, closer: Closers) {
        let marks = self.marks();
        let stop = self.scoped_list(scope, command, closer);
        let end = self.take_closer(command, stop);
        self.finish(command, kind, end, marks);
    }

    fn if_command(&mut self, command: u32) {
        let marks = self.marks();
        let end = loop {
            let stop = self.scoped_list(ScopeKind::Condition, command, Closers::THEN.or(BRANCH_END));
            match stop {
                Some((Closers::THEN, end)) => self.pos = end,
                // `then` is missing; what follows is read all the same.
                Some((_, _)) => {
                    self.take_closer(command, None);
                }
                None => break self.take_closer(command, None),
            }
            let stop = self.scoped_list(ScopeKind::Then, command, BRANCH_END);
            match stop {
                Some((Closers::ELIF, end)) => self.pos = end,
                Some((Closers::ELSE, end)) => {
                    self.pos = end;
                    let stop = self.scoped_list(ScopeKind::Else, command, Closers::FI);
                    break self.take_closer(command, stop);
                }
                stop => break self.take_closer(command, stop),
            }
        };
        self.finish(command, CommandKind::If, end, marks);
    }

    fn loop_command(&mut self, command: u32, kind: CommandKind) {
        let marks = self.marks();
        let stop = self.scoped_list(ScopeKind::Condition, command, Closers::DO.or(Closers::DONE));
        let end = if let Some((Closers::DO, end)) = stop {
            self.pos = end;
            let stop = self.scoped_list(ScopeKind::LoopBody, command, Closers::DONE);
            self.take_closer(command, stop)
        } else {
            let end = self.take_closer(command, None);
            stop.map_or(end, |_| self.take_closer(command, stop))
        };
        self.finish(command, kind, end, marks);
    }

    /// `for` and `select`, after the keyword.
    fn for_command(&mut self, command: u32, kind: CommandKind) {
        let marks = self.marks();
        self.skip_blanks();
        if self.byte() == Some(b'(') && self.byte_at(self.pos + 1) == Some(b'(') {
            let word = self.arithmetic_word();
            self.open_words.push(word);
        } else if !self.is_break(self.pos) {
            let variable = self.word(Stop::Word);
            self.open_words.push(variable);
            self.skip_newlines();
            if self.take_word(b"in") {
                self.words_to_end_of_line();
            }
        }
        self.skip_separators();
        let end = match self.keyword() {
            Some((Keyword::Closer(Closers::DO), end)) => {
                self.pos = end;
                let stop = self.scoped_list(ScopeKind::LoopBody, command, Closers::DONE);
                self.take_closer(command, stop)
            }
            Some((Keyword::OpenBrace, end)) => {
                self.pos = end;
                let stop = self.scoped_list(ScopeKind::LoopBody, command, Closers::BRACE);
                self.take_closer(command, stop)
            }
            _ => self.take_closer(command, None),
        };
        self.finish(command, kind, end, marks);
    }

    /// Reads words up to a newline or operator.
    fn words_to_end_of_line(&mut self) {
        loop {
            self.skip_blanks();
            if self.byte() == Some(b'#') {
                self.skip_comment();
            }
            if self.is_break(self.pos) && !self.at_process_substitution() {
                return;
            }
            let word = self.word(Stop::Word);
            self.open_words.push(word);
        }
    }

    fn case_command(&mut self, command: u32) {
        let marks = self.marks();
        self.skip_blanks();
        if !self.is_break(self.pos) {
            let subject = self.word(Stop::Word);
            self.open_words.push(subject);
        }
        self.skip_newlines();
        if !self.take_word(b"in") {
            let end = self.take_closer(command, None);
            self.finish(command, CommandKind::Case, end, marks);
            return;
        }
        let end = loop {
            self.skip_newlines();
            match self.closer() {
                Some((Closers::ESAC, end)) => break self.take_closer(command, Some((Closers::ESAC, end))),
                Some((Closers::ARM_END, end)) => {
                    self.pos = end;
                    continue;
                }
                _ => {}
            }
            if !self.patterns_ahead() {
                break self.take_closer(command, None);
            }
            let scope = self.open_scope(ScopeKind::CaseArm, command);
            self.patterns(scope);
            self.scopes[scope as usize].range = Span::new(self.pos, self.pos);
            let stop = self.closed_list(Closers::ARM_END.or(Closers::ESAC));
            self.close_scope(scope, self.pos);
            match stop {
                Some((Closers::ARM_END, end)) => self.pos = end,
                stop => break self.take_closer(command, stop),
            }
        };
        self.finish(command, CommandKind::Case, end, marks);
    }

    /// Whether a pattern of `case` can start here.
    fn patterns_ahead(&self) -> bool {
        match self.byte() {
            None => false,
            Some(b'(') => true,
            Some(_) => !self.is_break(self.pos),
        }
    }

    /// Reads `(a|b)` before the commands of a `case` arm; the opening parenthesis may be missing.
    fn patterns(&mut self, scope: u32) {
        if self.byte() == Some(b'(') {
            self.pos += 1;
        }
        let mark = self.open_words.len();
        loop {
            self.skip_blanks();
            match self.byte() {
                Some(b'|') => self.pos += 1,
                Some(b')') => {
                    self.pos += 1;
                    break;
                }
                _ if self.is_break(self.pos) => {
                    self.error(Span::new(self.pos, self.pos), ShellErrorKind::Unexpected);
                    break;
                }
                _ => {
                    let pattern = self.word(Stop::Word);
                    self.open_words.push(pattern);
                }
            }
        }
        self.scopes[scope as usize].patterns = self.finish_words(mark);
    }

    /// Reads the body of a function whose name is the open word.
    pub(super) fn function(&mut self, command: u32, marks: Marks) {
        let name_end = self.open_words.last().map_or(self.pos, |name| name.range.end as usize);
        self.skip_newlines();
        let body = match self.keyword() {
            Some((Keyword::Not | Keyword::Closer(_), _)) => false,
            Some(_) => true,
            None => self.byte() == Some(b'('),
        };
        let end = if !body {
            self.error(Span::new(name_end, name_end), ShellErrorKind::UnclosedCommand);
            name_end
        } else if self.enter() {
            let end = self.body_command(command);
            self.leave();
            end
        } else {
            let word = self.word(Stop::Rest);
            self.open_words.push(word);
            word.range.end as usize
        };
        self.finish_command(command, CommandKind::Function, end, marks);
    }

    /// `[[ … ]]`: words, with the operators among them as words of their own.
    fn test_command(&mut self, command: u32) {
        let marks = self.marks();
        let mut regex = false;
        let end = loop {
            self.skip_newlines();
            let (start, Some(byte)) = (self.pos, self.byte()) else {
                break self.take_closer(command, None);
            };
            if self.take_word(b"]]") {
                break self.pos;
            }
            if byte == b';' && !regex {
                break self.take_closer(command, None);
            }
            let word = if regex {
                self.word(Stop::Regex)
            } else if self.is_break(start) && !self.at_process_substitution() {
                let double = matches!(byte, b'&' | b'|') && self.byte_at(start + 1) == Some(byte);
                self.pos += if double { 2 } else { 1 };
                self.operator_word(start)
            } else {
                self.word(Stop::Word)
            };
            regex = &self.text[word.range.start as usize..word.range.end as usize] == b"=~";
            self.open_words.push(word);
        };
        self.finish(command, CommandKind::Test, end, marks);
    }

    /// The operator from `start` to here as a word.
    fn operator_word(&mut self, start: usize) -> WordData {
        let mark = self.open_parts.len();
        let range = Span::new(start, self.pos);
        self.open_parts.push(super::tree::PartData::plain(super::part::PartKind::Literal, range));
        WordData { range, parts: self.finish_parts(mark), is_plain: false }
    }

    /// `(( … ))` as a word.
    fn arithmetic_word(&mut self) -> WordData {
        let mark = self.open_parts.len();
        let start = self.pos;
        self.single_part(|p| p.arithmetic(start + 2));
        WordData { range: Span::new(start, self.pos), parts: self.finish_parts(mark), is_plain: false }
    }
}
