//! From physical lines to directives, comments, instructions and heredoc bodies.

use crate::text::{TextRange, range};

use super::directive::{self, Directives};
use super::error::{ErrorKind, SyntaxError};
use super::heredoc::{self, Bodies};
use super::instructions::{self, Context};
use super::line::Line;
use super::tokens::Tokens;
use super::tree::{Comment, Dockerfile, Heredoc, Kind, TokenKind};

/// The longest line that BuildKit reads, in bytes, without the newline.
const MAX_LINE: usize = 65_535;

/// The longest line that is taken apart, in bytes. Lines between the two are refused, but read.
const MAX_READ: usize = 1 << 20;

/// A physical line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Physical {
    /// Where it begins.
    pub(super) start: usize,
    /// Where its text ends: before the newline and any carriage returns before it.
    pub(super) end: usize,
    /// Where the next line begins.
    pub(super) next: usize,
}

/// Reads a whole file.
pub(super) fn file(text: &str) -> Dockerfile {
    let mut scanner = Scanner {
        text,
        at: 0,
        tokens: Tokens::for_text(text),
        directives: Directives::default(),
        bodies: Bodies::default(),
        file: Dockerfile::default(),
    };
    scanner.run();
    let Scanner { tokens, mut file, .. } = scanner;
    file.tokens = tokens.finish();
    file
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    tokens: Tokens,
    directives: Directives,
    bodies: Bodies,
    file: Dockerfile,
}

impl<'t> Scanner<'t> {
    fn run(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            self.tokens.push(TokenKind::Bom, 0, self.at);
        }
        while let Some(line) = self.line() {
            let trimmed = self.text[line.start..line.end].trim_start();
            let start = line.end - trimmed.len();
            if trimmed.starts_with('#') {
                self.comment(line, start);
            } else if trimmed.is_empty() {
                self.directives.end();
                self.tokens.push(TokenKind::Space, line.start, line.next);
            } else {
                self.directives.end();
                self.instruction(line, start);
            }
        }
    }

    /// Takes the next physical line.
    fn line(&mut self) -> Option<Physical> {
        let line = physical(self.text, self.at)?;
        self.check_length(line);
        self.at = line.next;
        Some(line)
    }

    fn check_length(&mut self, line: Physical) {
        // The byte order mark counts.
        let start = if self.file.instructions.is_empty() && self.tokens.len() <= 1 { 0 } else { line.start };
        let newline = usize::from(self.text[..line.next].ends_with('\n'));
        if line.next - start - newline > MAX_LINE {
            let message = format!("this line has {} bytes; BuildKit reads no more than {MAX_LINE}", line.end - start);
            let error = SyntaxError::new(ErrorKind::LineTooLong, range(line.start..line.end), message)
                .help("Divide the line with continuations, or put the text into a file that is copied");
            self.file.errors.push(error);
        }
    }

    /// A comment line, or a directive, whose `#` is at `start`.
    fn comment(&mut self, line: Physical, start: usize) {
        self.tokens.push(TokenKind::Space, line.start, start);
        if let Some(found) = self.directives.read(self.text, start..line.end, &mut self.file.errors) {
            if let Some(escape) = directive::escape(&found) {
                self.file.escape = escape;
            }
            let end = start + self.text[start..line.end].trim_end().len();
            self.tokens.push(TokenKind::Directive, start, end);
            self.tokens.push(TokenKind::Space, end, line.end);
            self.file.directives.push(found);
        } else {
            self.tokens.push(TokenKind::Comment, start, line.end);
            self.file.comments.push(Comment { range: range(start..line.end) });
        }
        self.newline(line);
    }

    fn newline(&mut self, line: Physical) {
        let newline = match &self.text[line.end..line.next] {
            text if text.ends_with("\r\n") => line.next - 2,
            text if text.ends_with('\n') => line.next - 1,
            _ => line.next,
        };
        self.tokens.push(TokenKind::Space, line.end, newline);
        self.tokens.push(TokenKind::Newline, newline, line.next);
    }

    /// An instruction whose first line's text begins at `start`.
    fn instruction(&mut self, first: Physical, start: usize) {
        let escape = self.file.escape.char();
        let first_token = self.tokens.len();
        self.tokens.push(TokenKind::Space, first.start, start);
        let mut line = None;
        let mut end = self.content(&mut line, first, start);
        let mut longest = first.next - first.start;
        while !end.1 {
            let Some(next) = self.line() else { break };
            let trimmed = self.text[next.start..next.end].trim_start();
            if trimmed.starts_with('#') {
                let start = next.end - trimmed.len();
                self.tokens.push(TokenKind::Space, next.start, start);
                self.tokens.push(TokenKind::Comment, start, next.end);
                self.file.comments.push(Comment { range: range(start..next.end) });
                self.newline(next);
            } else if trimmed.is_empty() {
                self.tokens.push(TokenKind::Space, next.start, next.next);
            } else {
                end = self.content(&mut line, next, next.start);
                longest = longest.max(next.next - next.start);
            }
        }
        let line = line.unwrap_or_else(|| Line::new(self.text, start..start));
        let mut context = Context::new(escape, end.0, &mut self.file);
        let mut instruction = match longest {
            0..=MAX_READ => instructions::read(&line, &mut context),
            _ => instructions::opaque(&line, &mut context),
        };
        let marks = context.marks;
        self.tokens.mark(self.text, first_token, &marks);
        let owner = match &mut instruction.kind {
            Kind::Onbuild(Some(trigger)) => &mut **trigger,
            _ => &mut instruction,
        };
        if !owner.heredocs.is_empty() {
            self.heredocs(&mut owner.heredocs);
            if let Kind::Run(run) = &mut owner.kind {
                run.add_heredocs(self.text, owner.arguments, &owner.heredocs);
            }
            self.file.late_errors.extend(heredoc::body_errors(self.text, owner));
            let end = owner.heredocs.iter().map(|heredoc| heredoc.end.unwrap_or(heredoc.body).end()).max();
            let end = end.unwrap_or(owner.range.end()).max(owner.range.end());
            owner.range = TextRange::new(owner.range.start(), end);
            instruction.range = TextRange::new(instruction.range.start(), end);
        }
        self.file.instructions.push(instruction);
    }

    /// Appends the text of a physical line from `start` on to the logical line. Gives where the physical line's text
    /// ends, and whether the logical line ends there too.
    fn content(&mut self, line: &mut Option<Line<'t>>, physical: Physical, start: usize) -> (usize, bool) {
        let text = &self.text[start..physical.end];
        let end = start + text.trim_end().len();
        let continuation = continuation(text, self.file.escape.char()).map(|at| start + at);
        let content = start..continuation.unwrap_or(physical.end);
        self.tokens.push(TokenKind::Text, content.start, content.end);
        match continuation {
            Some(at) => self.tokens.push(TokenKind::Continuation, at, physical.next),
            None => self.newline(physical),
        }
        match line {
            Some(line) => line.push(content),
            None => *line = Some(Line::new(self.text, content)),
        }
        (end, continuation.is_none())
    }

    /// Reads the bodies of an instruction's heredocs.
    fn heredocs(&mut self, heredocs: &mut [Heredoc]) {
        for heredoc in heredocs {
            let from = self.at;
            let (body, end) = self.bodies.read(self.text, from, heredoc, &mut self.file.errors);
            heredoc.body = range(from..body);
            while self.at < body {
                let Some(line) = self.line() else { break };
                self.tokens.push(TokenKind::HeredocLine, line.start, line.next);
            }
            if end && let Some(line) = self.line() {
                heredoc.end = Some(range(line.start..line.end));
                self.tokens.push(TokenKind::HeredocEnd, line.start, line.end);
                self.newline(line);
            }
        }
    }
}

/// The physical line that begins at an offset.
pub(super) fn physical(text: &str, start: usize) -> Option<Physical> {
    if start >= text.len() {
        return None;
    }
    let bytes = text.as_bytes();
    let next = memchr::memchr(b'\n', &bytes[start..]).map_or(text.len(), |newline| start + newline + 1);
    let mut end = next;
    while end > start && matches!(bytes[end - 1], b'\r' | b'\n') {
        end -= 1;
    }
    Some(Physical { start, end, next })
}

/// Where the continuation at the end of a line begins: the escape character, with only blanks after it and no other
/// escape character directly before it.
fn continuation(text: &str, escape: char) -> Option<usize> {
    let (bytes, escape) = (text.as_bytes(), escape as u8);
    let last = bytes.iter().rposition(|byte| !matches!(byte, b' ' | b'\t'))?;
    (bytes[last] == escape && (last == 0 || bytes[last - 1] != escape)).then_some(last)
}
