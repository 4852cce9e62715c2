//! Views of commands, pipelines and scopes.

use std::borrow::Cow;

use crate::text::TextRange;

use super::nested::Nested;
use super::program::{Program, program};
use super::redirect::Redirect;
use super::tree::{CommandKind, NONE, Operator, ScopeKind, Script};
use super::word::{Assignment, Word, Words};

/// A simple or compound command of a [`Script`].
#[derive(Debug, Clone, Copy)]
pub struct Command<'s> {
    pub(super) script: &'s Script,
    pub(super) index: u32,
}

impl PartialEq for Command<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.script, other.script)
    }
}

impl Eq for Command<'_> {}

impl<'s> Command<'s> {
    fn data(&self) -> &'s super::tree::CommandData {
        &self.script.commands[self.index as usize]
    }

    /// The script that it is in; for a command of a nested shell, the nested one.
    pub fn script(&self) -> &'s Script {
        self.script
    }

    /// Its number among [`Script::all_commands`].
    pub fn index(&self) -> usize {
        self.index as usize
    }

    /// What it is.
    pub fn kind(&self) -> CommandKind {
        self.data().kind
    }

    /// From its first to its last token, redirections included, heredoc bodies not.
    pub fn range(&self) -> TextRange {
        self.script.range(self.data().range)
    }

    /// The text at its range, as the shell sees it.
    pub fn text(&self) -> &'s str {
        self.script.slice(self.data().range)
    }

    /// Its words: for a simple command the command word and its arguments, for compound ones see [`CommandKind`].
    pub fn words(&self) -> Words<'s> {
        Words { script: self.script, span: self.data().words }
    }

    /// The value of its first word, if it is a simple command with a word that expands nothing. What is really run
    /// behind `sudo`, `env` and the like is [`Command::program`].
    pub fn name(&self) -> Option<Cow<'s, str>> {
        if self.kind() == CommandKind::Simple { self.words().first()?.literal() } else { None }
    }

    /// The program that is run in the end, wrappers such as `sudo` and `env` skipped.
    pub fn program(&self) -> Option<Program<'s>> {
        program(*self)
    }

    /// The assignments before the command word, or the assignments that are all of it.
    pub fn assignments(&self) -> impl DoubleEndedIterator<Item = Assignment<'s>> + use<'s> {
        let (script, span) = (self.script, self.data().assignments);
        (span.start..span.end).map(move |index| Assignment { script, data: &script.assignments[index as usize] })
    }

    /// Its redirections.
    pub fn redirects(&self) -> impl DoubleEndedIterator<Item = Redirect<'s>> + use<'s> {
        let (script, span) = (self.script, self.data().redirects);
        (span.start..span.end).map(move |index| Redirect { script, data: &script.redirects[index as usize] })
    }

    /// What follows it.
    pub fn operator(&self) -> Operator {
        self.data().operator
    }

    /// The place of the operator that follows it; empty, and at the end of the command, for [`Operator::End`].
    pub fn operator_range(&self) -> TextRange {
        self.script.range(self.data().operator_range)
    }

    /// The pipeline that it is in; nearly always one of a single command.
    pub fn pipeline(&self) -> Pipeline<'s> {
        Pipeline { script: self.script, index: self.data().pipeline }
    }

    /// Its place in its pipeline, from 0.
    pub fn position(&self) -> usize {
        self.data().position as usize
    }

    /// Whether it is connected to another command by a pipe.
    pub fn is_piped(&self) -> bool {
        self.pipeline().len() > 1
    }

    /// Whether it is the last command of its pipeline, whose status is the status of the pipeline.
    pub fn is_last_in_pipeline(&self) -> bool {
        self.data().next == NONE
    }

    /// Whether its pipeline begins with `!`.
    pub fn is_negated(&self) -> bool {
        self.pipeline().is_negated()
    }

    /// The place that it is in.
    pub fn scope(&self) -> Scope<'s> {
        Scope { script: self.script, index: self.data().scope }
    }

    /// The scopes that it is in, from the innermost to the script.
    pub fn scopes(&self) -> impl Iterator<Item = Scope<'s>> + use<'s> {
        std::iter::successors(Some(self.scope()), Scope::parent)
    }

    /// The command of the same script that this one is part of: the compound command around it, or the command with
    /// the substitution that it is in.
    pub fn parent(&self) -> Option<Command<'s>> {
        self.scope().owner()
    }

    /// The commands inside it, at any depth: those of its body, and of the substitutions in its words.
    pub fn descendants(&self) -> impl DoubleEndedIterator<Item = Command<'s>> + use<'s> {
        let script = self.script;
        (self.index + 1..self.data().end).map(move |index| Command { script, index })
    }

    /// The command after it in the same scope, be it of the same pipeline or a later one.
    pub fn next_in_scope(&self) -> Option<Command<'s>> {
        let (script, scope) = (self.script, self.data().scope);
        let end = script.scopes[scope as usize].commands.end;
        // Commands of a heredoc's body may stand between.
        let mut next = self.data().end.max(self.index + 1);
        while next < end && script.commands[next as usize].scope != scope {
            next = script.commands[next as usize].end.max(next + 1);
        }
        (next < end).then_some(Command { script, index: next })
    }

    /// The scopes that it consists of, in source order: condition, `then` and `else` of an `if`, the body of a loop,
    /// the arms of a `case`; for any command the substitutions in its words.
    pub fn own_scopes(&self) -> impl Iterator<Item = Scope<'s>> + use<'s> {
        let (script, owner) = (self.script, self.index);
        let from = script.scopes.partition_point(|scope| scope.commands.start <= owner);
        // A scope's commands come after its owner, so that no scope before `from` can be one of these.
        (from as u32..script.scopes.len() as u32)
            .map(move |index| Scope { script, index })
            .take_while({
                let end = self.data().end;
                move |scope| scope.data().commands.start <= end
            })
            .filter(move |scope| scope.data().owner == owner)
    }

    /// The shell script that it runs, if it is a shell with one on its command line or in a heredoc.
    pub fn nested(&self) -> Option<&'s Nested> {
        let nested = self.script.nested();
        let found = nested.binary_search_by_key(&self.index, |nested| nested.command).ok()?;
        Some(&nested[found])
    }

    /// Whether the script looks at its status: it is in a condition, negated, or an `||` follows it in its list, or
    /// this is so for a group, subshell, loop or branch around it. `set -e` does not act on such a command. A plain
    /// `a && b` is not a check of `a`, as the list still fails.
    pub fn is_checked(&self) -> bool {
        let mut command = *self;
        loop {
            let pipeline = command.pipeline();
            if pipeline.is_negated() || pipeline.data().or_follows {
                return true;
            }
            match command.scope().kind() {
                ScopeKind::Condition => return true,
                kind if kind.is_substitution() || kind == ScopeKind::FunctionBody => return false,
                _ => match command.parent() {
                    Some(parent) => command = parent,
                    None => return false,
                },
            }
        }
    }

    /// Whether what it does to the shell (`cd`, `export`, `set`) is still so for the commands after it at the top of
    /// the script: it is in no subshell, substitution, function, pipe or background job.
    pub fn affects_script(&self) -> bool {
        let mut command = *self;
        loop {
            let pipeline = command.pipeline();
            let scope = command.scope().kind();
            if pipeline.len() > 1
                || pipeline.data().background
                || scope.is_substitution()
                || matches!(scope, ScopeKind::Subshell | ScopeKind::FunctionBody)
            {
                return false;
            }
            match command.parent() {
                Some(parent) => command = parent,
                None => return true,
            }
        }
    }

    /// Whether it may be skipped although the script succeeds: it is in a branch, loop body, `case` arm or function,
    /// or comes after `||`, or one of these holds for a command around it.
    pub fn is_conditional(&self) -> bool {
        let mut command = *self;
        loop {
            let scope = command.scope().kind();
            if command.pipeline().data().before == Some(Operator::Or)
                || matches!(
                    scope,
                    ScopeKind::Then
                        | ScopeKind::Else
                        | ScopeKind::LoopBody
                        | ScopeKind::CaseArm
                        | ScopeKind::FunctionBody
                )
            {
                return true;
            }
            match command.parent() {
                Some(parent) => command = parent,
                None => return false,
            }
        }
    }

    /// The variable of a `for` or `select`.
    pub fn variable(&self) -> Option<Word<'s>> {
        if matches!(self.kind(), CommandKind::For | CommandKind::Select) { self.words().first() } else { None }
    }

    /// What a `for` or `select` runs over, or what a `case` matches.
    pub fn subjects(&self) -> Words<'s> {
        match self.kind() {
            CommandKind::For | CommandKind::Select => self.words().from(1),
            CommandKind::Case => self.words(),
            _ => self.words().from(usize::MAX),
        }
    }
}

/// Commands connected by pipes, or a single command.
#[derive(Debug, Clone, Copy)]
pub struct Pipeline<'s> {
    script: &'s Script,
    index: u32,
}

impl<'s> Pipeline<'s> {
    pub(super) fn data(&self) -> &'s super::tree::PipelineData {
        &self.script.pipelines[self.index as usize]
    }

    /// Its number in the script.
    pub fn index(&self) -> usize {
        self.index as usize
    }

    /// From its first to its last token, a `!` included.
    pub fn range(&self) -> TextRange {
        self.script.range(self.data().range)
    }

    /// How many commands it has, at least one.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.data().len as usize
    }

    /// Its commands in order.
    pub fn commands(&self) -> impl Iterator<Item = Command<'s>> + use<'s> {
        let script = self.script;
        let command = move |index: u32| (index != NONE).then_some(Command { script, index });
        std::iter::successors(command(self.data().first), move |last| command(last.data().next))
    }

    /// Whether it begins with `!`.
    pub fn is_negated(&self) -> bool {
        self.data().negated
    }

    /// What stands before it: `&&` or `||`, if it is not the first of its list.
    pub fn preceding_operator(&self) -> Option<Operator> {
        self.data().before
    }

    /// What follows it.
    pub fn operator(&self) -> Operator {
        self.data().operator
    }

    /// Whether it is part of a list that runs in the background (`a && b &`).
    pub fn is_background(&self) -> bool {
        self.data().background
    }
}

/// A place that holds commands: the script, a subshell, a branch, a substitution, …
#[derive(Debug, Clone, Copy)]
pub struct Scope<'s> {
    pub(super) script: &'s Script,
    pub(super) index: u32,
}

impl<'s> Scope<'s> {
    fn data(&self) -> &'s super::tree::ScopeData {
        &self.script.scopes[self.index as usize]
    }

    /// What it is.
    pub fn kind(&self) -> ScopeKind {
        self.data().kind
    }

    /// What is inside it, without the tokens around (`$(` and `)`, `then` and `fi`).
    pub fn range(&self) -> TextRange {
        self.script.range(self.data().range)
    }

    /// The scope around it.
    pub fn parent(&self) -> Option<Scope<'s>> {
        let index = self.data().parent;
        (index != NONE).then_some(Scope { script: self.script, index })
    }

    /// The command that it belongs to: a compound command, or the command that a substitution is written in. `None`
    /// for the script.
    pub fn owner(&self) -> Option<Command<'s>> {
        let index = self.data().owner;
        (index != NONE).then_some(Command { script: self.script, index })
    }

    /// The commands directly in it, simple and compound.
    pub fn commands(&self) -> impl DoubleEndedIterator<Item = Command<'s>> + use<'s> {
        let (script, index) = (self.script, self.index);
        self.descendants().filter(move |command| script.commands[command.index()].scope == index)
    }

    /// All commands in it, at any depth.
    pub fn descendants(&self) -> impl DoubleEndedIterator<Item = Command<'s>> + use<'s> {
        let (script, span) = (self.script, self.data().commands);
        (span.start..span.end).map(move |index| Command { script, index })
    }

    /// The patterns of a `case` arm.
    pub fn patterns(&self) -> Words<'s> {
        Words { script: self.script, span: self.data().patterns }
    }
}

impl ScopeKind {
    /// Whether it is `$( … )`, backticks, `<( … )` or `>( … )`: commands that run on the side while a word is expanded.
    pub fn is_substitution(self) -> bool {
        matches!(self, Self::CommandSubstitution | Self::Backticks | Self::ProcessSubstitution)
    }
}
