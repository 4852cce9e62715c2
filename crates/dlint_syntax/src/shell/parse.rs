//! Reads a shell text.
//!
//! Recursive descent, one pass over the text and no backtracking. Where the text is not shell, the nearest tree is
//! built: a list ends at any token that something open around it waits for, other stray tokens are skipped, and what
//! is unclosed reaches to the end.

use crate::text::TextSize;

use super::lex::Closers;
use super::part::PartKind;
use super::settings;
use super::tree::{
    AssignmentData, CommandData, CommandKind, HeredocData, NONE, Operator, PartData, PipelineData, RedirectData,
    ScopeData, ScopeKind, Script, ShellError, ShellErrorKind, Span, WordData,
};

/// How deeply commands and expansions may be nested in one another. People stop at five.
const MAX_DEPTH: u32 = 64;

pub(super) struct Parser {
    /// A copy of the text. Backslashes that only escape within backticks are overwritten with NUL.
    pub(super) text: Vec<u8>,
    pub(super) pos: usize,
    /// Where reading stops: the end of the text, of a backtick substitution or of a heredoc body.
    pub(super) end: usize,
    depth: u32,
    /// The tokens that anything open around the current place waits for.
    pub(super) expected: Closers,
    pub(super) scope: u32,
    /// The command that is being read.
    pub(super) command: u32,
    /// Heredocs whose bodies come after the next newline.
    pub(super) pending: Vec<u32>,

    pub(super) commands: Vec<CommandData>,
    pub(super) pipelines: Vec<PipelineData>,
    pub(super) scopes: Vec<ScopeData>,
    words: Vec<WordData>,
    parts: Vec<PartData>,
    assignments: Vec<AssignmentData>,
    redirects: Vec<RedirectData>,
    pub(super) heredocs: Vec<HeredocData>,
    pub(super) errors: Vec<(Span, ShellErrorKind)>,

    /// What belongs to unfinished commands and words. Commands within them put theirs on top and take it off again,
    /// so that in the lists above the words of a command, and the parts of a word, are side by side.
    pub(super) open_words: Vec<WordData>,
    pub(super) open_parts: Vec<PartData>,
    open_assignments: Vec<AssignmentData>,
    pub(super) open_redirects: Vec<RedirectData>,
}

/// Reads `text`, which stands at `base` in its file.
pub(super) fn parse(text: &str, base: TextSize) -> Script {
    let mut parser = Parser::new(text);
    parser.top();
    let Parser {
        text: bytes, commands, pipelines, scopes, words, parts, assignments, redirects, heredocs, errors, ..
    } = parser;
    // Only ASCII bytes were overwritten, with ASCII.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    let mut script = Script {
        text,
        base,
        commands,
        pipelines,
        scopes,
        words,
        parts,
        assignments,
        redirects,
        heredocs,
        ..Script::default()
    };
    script.errors = errors.into_iter().map(|(span, kind)| ShellError { range: script.range(span), kind }).collect();
    script.settings = settings::changes(&script);
    script
}

impl Parser {
    fn new(text: &str) -> Self {
        // Typical commands have a word every ten bytes.
        let words = text.len() / 9 + 2;
        Self {
            text: text.as_bytes().to_vec(),
            pos: 0,
            end: text.len(),
            depth: 0,
            expected: Closers::NONE,
            scope: 0,
            command: NONE,
            pending: Vec::new(),
            commands: Vec::with_capacity(words / 4 + 1),
            pipelines: Vec::with_capacity(words / 4 + 1),
            scopes: Vec::with_capacity(4),
            words: Vec::with_capacity(words),
            parts: Vec::with_capacity(words + words / 4),
            assignments: Vec::new(),
            redirects: Vec::new(),
            heredocs: Vec::new(),
            errors: Vec::new(),
            open_words: Vec::with_capacity(16),
            open_parts: Vec::with_capacity(16),
            open_assignments: Vec::new(),
            open_redirects: Vec::new(),
        }
    }

    fn top(&mut self) {
        let scope = self.open_scope(ScopeKind::Script, NONE);
        self.scopes[scope as usize].parent = NONE;
        self.list();
        // The list ends early only at a closer that something waits for, and here nothing does.
        debug_assert_eq!(self.pos, self.end);
        self.abandon_heredocs();
        self.close_scope(scope, self.end);
        self.scopes[scope as usize].range = Span::new(0, self.text.len());
    }

    /// Starts a scope at the current position, within the current one.
    pub(super) fn open_scope(&mut self, kind: ScopeKind, owner: u32) -> u32 {
        let index = self.scopes.len() as u32;
        let commands = self.commands.len();
        self.scopes.push(ScopeData {
            kind,
            parent: self.scope,
            owner,
            range: Span::new(self.pos, self.pos),
            commands: Span::new(commands, commands),
            patterns: Span::default(),
        });
        self.scope = index;
        index
    }

    /// Ends a scope at `end`; the one around it is the current one again.
    pub(super) fn close_scope(&mut self, scope: u32, end: usize) {
        let commands = self.commands.len() as u32;
        let data = &mut self.scopes[scope as usize];
        data.range.end = (end as u32).max(data.range.start);
        data.commands.end = commands;
        self.scope = data.parent;
    }

    pub(super) fn start_command(&mut self, pipeline: u32, position: u32) -> u32 {
        let index = self.commands.len() as u32;
        let here = Span::new(self.pos, self.pos);
        self.commands.push(CommandData {
            range: here,
            kind: CommandKind::Simple,
            scope: self.scope,
            pipeline,
            next: NONE,
            position,
            operator: Operator::End,
            operator_range: here,
            assignments: Span::default(),
            words: Span::default(),
            redirects: Span::default(),
            end: index + 1,
        });
        index
    }

    /// Ends a command: its words and redirections are what is open above the marks.
    pub(super) fn finish_command(&mut self, index: u32, kind: CommandKind, end: usize, marks: Marks) {
        let words = move_tail(&mut self.open_words, marks.words, &mut self.words);
        let assignments = move_tail(&mut self.open_assignments, marks.assignments, &mut self.assignments);
        let redirects = move_tail(&mut self.open_redirects, marks.redirects, &mut self.redirects);
        let next = self.commands.len() as u32;
        let data = &mut self.commands[index as usize];
        data.kind = kind;
        data.range.end = (end as u32).max(data.range.start);
        data.operator_range = Span { start: data.range.end, end: data.range.end };
        data.words = words;
        data.assignments = assignments;
        data.redirects = redirects;
        data.end = next;
    }

    /// Moves the words above `mark` to where the words of finished commands are.
    pub(super) fn finish_words(&mut self, mark: usize) -> Span {
        move_tail(&mut self.open_words, mark, &mut self.words)
    }

    /// Moves the parts above `mark` to where the parts of finished words are.
    pub(super) fn finish_parts(&mut self, mark: usize) -> Span {
        move_tail(&mut self.open_parts, mark, &mut self.parts)
    }

    /// Whether these parts are a single literal one.
    pub(super) fn is_literal(&self, parts: Span) -> bool {
        let parts = &self.parts[parts.start as usize..parts.end as usize];
        matches!(parts, [part] if part.kind == PartKind::Literal)
    }

    pub(super) fn push_assignment(&mut self, assignment: AssignmentData) {
        self.open_assignments.push(assignment);
    }

    pub(super) fn marks(&self) -> Marks {
        Marks {
            words: self.open_words.len(),
            assignments: self.open_assignments.len(),
            redirects: self.open_redirects.len(),
        }
    }

    /// Goes a level deeper, unless that is too deep: then everything up to the end is to be taken as literal text.
    pub(super) fn enter(&mut self) -> bool {
        if self.depth >= MAX_DEPTH {
            self.error(Span::new(self.pos, self.pos), ShellErrorKind::TooDeep);
            return false;
        }
        self.depth += 1;
        true
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// How much of what is open belongs to commands further out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) words: usize,
    pub(super) assignments: usize,
    pub(super) redirects: usize,
}

fn move_tail<T>(from: &mut Vec<T>, mark: usize, to: &mut Vec<T>) -> Span {
    let start = to.len();
    to.extend(from.drain(mark..));
    Span::new(start, to.len())
}
