//! The commands of a shell text: a script, stored flat.
//!
//! Everything lives in a few vectors of the [`Script`], in source order, and refers to the rest by index. What users
//! of the module see are small views ([`Command`], [`Word`](super::Word), …) that carry a reference to their script.

use std::sync::OnceLock;

use crate::text::{TextRange, TextSize};

use super::command::{Command, Scope};
use super::nested::Nested;
use super::part::{Part, all_parts};
use super::settings::Settings;
use super::word::{Assignment, Word};

/// "No such thing", for indexes.
pub(super) const NONE: u32 = u32::MAX;

/// The commands of a shell text, with the place in the file of everything.
#[derive(Debug, Clone, Default)]
pub struct Script {
    /// What the shell sees, with a NUL for each byte that it does not see.
    pub(super) text: String,
    pub(super) base: TextSize,
    pub(super) commands: Vec<CommandData>,
    pub(super) pipelines: Vec<PipelineData>,
    pub(super) scopes: Vec<ScopeData>,
    pub(super) words: Vec<WordData>,
    pub(super) parts: Vec<PartData>,
    pub(super) assignments: Vec<AssignmentData>,
    pub(super) redirects: Vec<RedirectData>,
    pub(super) heredocs: Vec<HeredocData>,
    pub(super) errors: Vec<ShellError>,
    /// The commands that change settings, with the settings from there on.
    pub(super) settings: Vec<(u32, Settings)>,
    /// The settings at the start.
    pub(super) initial: Settings,
    /// How many shell texts this one is nested in.
    pub(super) level: u8,
    pub(super) nested: OnceLock<Vec<Nested>>,
}

impl Script {
    /// Every command, simple and compound, in the order in which they start.
    pub fn all_commands(&self) -> impl DoubleEndedIterator<Item = Command<'_>> + ExactSizeIterator {
        (0..self.commands.len() as u32).map(|index| Command { script: self, index })
    }

    /// The simple commands in source order, those in substitutions and bodies included; not those in nested shells.
    pub fn commands(&self) -> impl DoubleEndedIterator<Item = Command<'_>> {
        self.all_commands().filter(|command| command.kind() == CommandKind::Simple)
    }

    /// The compound commands (`if`, `for`, `( … )`, …) in source order.
    pub fn compounds(&self) -> impl DoubleEndedIterator<Item = Command<'_>> {
        self.all_commands().filter(|command| command.kind() != CommandKind::Simple)
    }

    /// Every part of every word, at any depth: to find out cheaply whether a walk over the words can find anything. In the order in which
    /// they were read, without the word that each belongs to.
    pub fn all_parts(&self) -> impl Iterator<Item = Part<'_>> {
        all_parts(self, Span { start: 0, end: self.parts.len() as u32 })
    }

    /// Every word of every command, at any depth, in the order in which they were read; not what is assigned, nor what is redirected to. As with
    /// [`Script::all_parts`], without the command that each belongs to.
    pub fn all_words(&self) -> impl Iterator<Item = Word<'_>> {
        self.words.iter().map(|&data| Word { script: self, data })
    }

    /// Every assignment before a command or in place of one, in the order in which they were read.
    pub fn all_assignments(&self) -> impl Iterator<Item = Assignment<'_>> {
        self.assignments.iter().map(|data| Assignment { script: self, data })
    }

    /// The scope of the script itself, which holds all others; `None` only for a `Script::default()`.
    pub fn root(&self) -> Option<Scope<'_>> {
        (!self.scopes.is_empty()).then_some(Scope { script: self, index: 0 })
    }

    /// The simple commands that are run, those in the strings of nested shells (`sh -c "…"`, `eval "…"`, heredocs that
    /// feed a shell) included: each nested command comes right after the command that runs it.
    pub fn commands_deep(&self) -> impl Iterator<Item = Command<'_>> {
        let mut stack = vec![(self, 0)];
        std::iter::from_fn(move || {
            loop {
                let (script, next) = stack.last_mut()?;
                let command = Command { script, index: *next };
                *next += 1;
                if command.index() >= script.commands.len() {
                    stack.pop();
                    continue;
                }
                if let Some(nested) = command.nested() {
                    stack.push((nested.script(), 0));
                }
                if command.kind() == CommandKind::Simple {
                    return Some(command);
                }
            }
        })
    }

    /// This script and all that are nested in it.
    pub fn scripts_deep(&self) -> Vec<&Script> {
        let mut scripts = vec![self];
        let mut next = 0;
        while let Some(&script) = scripts.get(next) {
            scripts.extend(script.nested().iter().map(Nested::script));
            next += 1;
        }
        scripts
    }

    /// What kept the text from being read whole. The tree is a best guess after the first.
    pub fn errors(&self) -> &[ShellError] {
        &self.errors
    }

    /// The shell's settings (`set -e`, …) when `command` starts, as far as earlier commands of the script itself say.
    pub fn settings_at(&self, command: Command<'_>) -> Settings {
        let after = self.settings.partition_point(|(index, _)| *index < command.index);
        after.checked_sub(1).map_or(self.initial, |last| self.settings[last].1)
    }

    /// The text at a place of the file that lies in this script, as the shell sees it (see
    /// [`parse()`](super::parse())); empty if the place is not in it.
    pub fn text_at(&self, range: TextRange) -> &str {
        let local = |offset: TextSize| offset.checked_sub(self.base).map(usize::from);
        let (Some(start), Some(end)) = (local(range.start()), local(range.end())) else { return "" };
        self.text.get(start..end).unwrap_or_default()
    }

    /// Makes these the settings at the start.
    pub(super) fn start_with(&mut self, settings: Settings) {
        self.initial = settings;
        self.settings = super::settings::changes(self);
    }

    pub(super) fn range(&self, span: Span) -> TextRange {
        TextRange::new(self.base + TextSize::new(span.start), self.base + TextSize::new(span.end))
    }

    pub(super) fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// A half-open range of byte offsets into a script's text, or of indexes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    pub(super) fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// What a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandKind {
    /// Assignments, words and redirections: `A=b make -j2 > log`.
    Simple,
    /// `( … )`.
    Subshell,
    /// `{ …; }`.
    Group,
    /// `if …; then …; fi`.
    If,
    /// `while …; do …; done`.
    While,
    /// `until …; do …; done`.
    Until,
    /// `for x in words; do …; done` and `for ((…)); do …; done`: its words are the variable and what it runs over.
    For,
    /// `select x in words; do …; done`, words as with `for`.
    Select,
    /// `case word in …; esac`: its one word is what is matched; the patterns belong to the arms' scopes.
    Case,
    /// `name() …`: its one word is the name.
    Function,
    /// `[[ … ]]`: its words are what is between, operators included.
    Test,
    /// `(( … ))`: its one word is the whole.
    Arithmetic,
}

/// What stands between a command and the next one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Operator {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `;`
    Semicolon,
    /// The end of the line.
    Newline,
    /// `|`
    Pipe,
    /// `|&`: as a pipe, for the error output too.
    PipeBoth,
    /// `&`: the command runs in the background.
    Background,
    /// Nothing: the end of the text, or of the list that the command is in (`)`, `fi`, `;;`, …).
    #[default]
    End,
}

/// What kind of place a command is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// The script itself.
    Script,
    /// `( … )`.
    Subshell,
    /// `{ …; }`.
    Group,
    /// `$( … )`.
    CommandSubstitution,
    /// `` ` … ` ``.
    Backticks,
    /// `<( … )` or `>( … )`.
    ProcessSubstitution,
    /// What `if`, `elif`, `while` and `until` decide by.
    Condition,
    /// After `then`.
    Then,
    /// After `else`.
    Else,
    /// Between `do` and `done`.
    LoopBody,
    /// The commands of a pattern of `case`.
    CaseArm,
    /// The body of a function.
    FunctionBody,
}

/// What kept a shell text from being read whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShellError {
    /// The token at fault: for something unclosed, what opens it.
    pub range: TextRange,
    /// What is wrong.
    pub kind: ShellErrorKind,
}

/// The kinds of [`ShellError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShellErrorKind {
    /// A quote without its partner.
    UnclosedQuote,
    /// `$(`, a backtick, `<(`, `${` or `$((` without its end.
    UnclosedExpansion,
    /// A compound command (`if`, `(`, `{`, …) without its end, or one that lacks a part.
    UnclosedCommand,
    /// A heredoc without the line that ends it.
    UnclosedHeredoc,
    /// An operator or reserved word where none can stand.
    Unexpected,
    /// Nested too deeply; what is inside is taken as literal text.
    TooDeep,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct CommandData {
    pub(super) range: Span,
    pub(super) kind: CommandKind,
    pub(super) scope: u32,
    pub(super) pipeline: u32,
    /// The next command of the pipeline.
    pub(super) next: u32,
    /// Its place in the pipeline, from 0.
    pub(super) position: u32,
    pub(super) operator: Operator,
    pub(super) operator_range: Span,
    pub(super) assignments: Span,
    pub(super) words: Span,
    pub(super) redirects: Span,
    /// The index after the last command inside it.
    pub(super) end: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct PipelineData {
    pub(super) range: Span,
    pub(super) negated: bool,
    pub(super) first: u32,
    pub(super) len: u32,
    /// The operator before it within its list.
    pub(super) before: Option<Operator>,
    pub(super) operator: Operator,
    /// The next pipeline of the same list of `&&` and `||`.
    pub(super) next: u32,
    /// Whether an `||` follows in the list.
    pub(super) or_follows: bool,
    /// Whether the list ends in `&`.
    pub(super) background: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct ScopeData {
    pub(super) kind: ScopeKind,
    pub(super) parent: u32,
    /// The command that it belongs to: the compound, or the one whose word holds the substitution.
    pub(super) owner: u32,
    pub(super) range: Span,
    /// The indexes of all commands inside it, at any depth.
    pub(super) commands: Span,
    /// The patterns of a `case` arm.
    pub(super) patterns: Span,
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WordData {
    pub(super) range: Span,
    pub(super) parts: Span,
    /// Whether it is just its text, as most words are: one literal part without quotes, escapes and continued lines.
    pub(super) is_plain: bool,
}

/// A part of a word. Parts are stored with the parts inside them right after them.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartData {
    pub(super) range: Span,
    pub(super) kind: super::part::PartKind,
    pub(super) in_double_quotes: bool,
    /// How many of the parts after it are inside it, at any depth.
    pub(super) len: u32,
    pub(super) detail: Detail,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Detail {
    None,
    /// The body of a quoted heredoc: single-quoted text without quotes.
    Body,
    Scope(u32),
    Parameter {
        name: Span,
        operator: super::part::ParameterOperator,
    },
}

#[derive(Debug, Clone, Copy)]
pub(super) struct AssignmentData {
    pub(super) name: Span,
    pub(super) append: bool,
    pub(super) value: WordData,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct RedirectData {
    pub(super) range: Span,
    pub(super) operator: super::redirect::RedirectOperator,
    /// What stands before the operator: digits, or `{name}`.
    pub(super) descriptor: Span,
    pub(super) target: WordData,
    pub(super) heredoc: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct HeredocData {
    pub(super) quoted: bool,
    pub(super) strip_tabs: bool,
    /// The command that it is written at.
    pub(super) owner: u32,
    pub(super) scope: u32,
    /// The word after the operator.
    pub(super) delimiter: Span,
    pub(super) body: WordData,
    /// The line that ends it, without its newline.
    pub(super) end: Option<Span>,
}
