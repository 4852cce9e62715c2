//! The `RUN` instructions of a Dockerfile as rules see them: what each runs, in which shell, and what is in force there.

mod copies;
mod edits;
mod paths;
mod values;

use std::cell::OnceCell;
use std::rc::Rc;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Model, Run, Setting, Stage, Variables};
use dlint_syntax::shell::{Command, CommandKind, Program, Script, Settings};

use crate::downloads::Download;
use crate::image::system_shell::{SystemShell, replacement};
use crate::packages::Invocation;
use crate::scripts::ShellScript;
use crate::shell::{Shell, is_windows};
pub use copies::CopyNode;
pub(crate) use copies::is_archive;
pub use paths::MountNode;
use values::Setters;

/// The `RUN` instructions of a file, in file order, those that `ONBUILD` puts off included.
#[derive(Debug, Default)]
pub struct Runs<'a> {
    all: Vec<RunNode<'a>>,
    copies: Vec<CopyNode<'a>>,
}

/// A `RUN`.
#[derive(Debug, Clone)]
pub struct RunNode<'a> {
    /// The Dockerfile.
    pub file: &'a Dockerfile,
    /// Its meaning.
    pub model: &'a Model,
    /// The stage that it is in.
    pub stage: &'a Stage,
    /// The index in [`Dockerfile::instructions`]; of the `ONBUILD` if that puts it off.
    pub at: usize,
    /// The `RUN` itself.
    pub instruction: &'a Instruction,
    /// What it says.
    pub run: &'a Run,
    /// Whether an `ONBUILD` puts it off.
    pub is_trigger: bool,
    /// Whether what it leaves behind is in the image that the file builds: its stage is the last one, or one that the last
    /// one starts from.
    pub is_shipped: bool,
    /// The shell that reads it.
    pub shell: Shell<'a>,
    /// `USER`, if the file says it.
    pub user: Option<Setting>,
    /// `WORKDIR`, if the file says it.
    pub workdir: Option<Setting>,
    /// `ENV` and `ARG`.
    pub variables: Rc<Variables>,
    /// The simple commands in source order, each followed by those of the scripts that it runs (`sh -c "…"`); none if
    /// the shell is not of the POSIX family, or if there are more of them than anybody writes.
    pub commands: Vec<Simple<'a>>,
    /// What a command before it has put in the place of `/bin/sh`.
    pub(crate) replaced_shell: Option<SystemShell>,
    mounts: OnceCell<Vec<MountNode<'a>>>,
    setters: OnceCell<Setters<'a>>,
    pub(crate) scripts: OnceCell<Vec<ShellScript<'a>>>,
    pub(crate) is_verified: OnceCell<bool>,
    pub(crate) system_shell: OnceCell<Option<SystemShell>>,
}

/// A simple command of a `RUN`.
#[derive(Debug, Clone)]
pub struct Simple<'a> {
    /// The command; what surrounds it (pipeline, operator, scopes) is asked of this.
    pub command: Command<'a>,
    /// What it runs, behind `sudo`, `env` and the like; `None` if that is not known, or there are only assignments.
    pub program: Option<Program<'a>>,
    /// The index, among the commands of the `RUN`, of the one that runs the nested script that this one is in.
    pub outer: Option<usize>,
    package: OnceCell<Option<Invocation<'a>>>,
    download: OnceCell<Option<Box<Download<'a>>>>,
}

/// A simple command with the `RUN` that it is in.
#[derive(Debug, Clone, Copy)]
pub struct CommandNode<'a, 'b> {
    /// The `RUN`.
    pub run: &'b RunNode<'a>,
    /// The command; what surrounds it (pipeline, operator, scopes) is asked of this.
    pub command: Command<'a>,
    /// What it runs, behind `sudo`, `env` and the like; `None` if that is not known, or there are only assignments.
    pub program: Option<&'b Program<'a>>,
    /// Its index in [`RunNode::commands`].
    pub index: usize,
}

/// With more commands a `RUN` is not looked into: rules look from each command at those before and after it, which in a
/// hostile file costs the square of their number.
const MAX_COMMANDS: usize = 2048;

/// How many other instructions, `RUN`s or stages a rule that looks at others goes through, for the same reason.
pub(crate) const MAX_OTHERS: usize = 256;

impl<'a> Runs<'a> {
    pub(crate) fn new(file: &'a Dockerfile, model: &'a Model) -> Self {
        let mut all = Vec::new();
        let mut copies = Vec::new();
        let mut shipped = vec![false; model.stages.len()];
        model.stages.last().into_iter().flat_map(|last| model.chain(last)).for_each(|it| shipped[it.index] = true);
        // A stage is upon Windows if the one that it starts from is.
        let mut windows: Vec<bool> = Vec::with_capacity(model.stages.len());
        for stage in &model.stages {
            windows.push(match stage.base {
                Base::Stage(parent) => windows[parent],
                _ => is_windows(file, model, stage),
            });
        }
        // One copy of the variables serves all `RUN`s up to the next `ENV` or `ARG`.
        let mut shared: Option<(usize, Rc<Variables>)> = None;
        model.walk(file, |stage, at, state| {
            let instruction = &file.instructions[at];
            if let Some(copy) = CopyNode::of(instruction) {
                let destination = copy.destination.as_ref().and_then(|word| state.resolve_path(file, word));
                copies.push(CopyNode::new(stage.index, at, instruction, copy, destination));
                return;
            }
            if matches!(instruction.kind, Kind::Env(_) | Kind::Arg(_)) {
                shared = None;
                return;
            }
            let (instruction, is_trigger) = match &instruction.kind {
                Kind::Onbuild(Some(trigger)) => (&**trigger, true),
                _ => (instruction, false),
            };
            let Kind::Run(run) = &instruction.kind else { return };
            let shell = Shell::of_run(file, run, state.shell, windows[stage.index]);
            let mut commands = Vec::new();
            if shell.kind.is_posix() {
                collect(run.form.script(), None, &mut commands);
                if commands.len() > MAX_COMMANDS {
                    commands.clear();
                }
            }
            let variables = match &shared {
                Some((index, variables)) if *index == stage.index => Rc::clone(variables),
                _ => Rc::new(state.variables.clone()),
            };
            shared = Some((stage.index, Rc::clone(&variables)));
            all.push(RunNode {
                file,
                model,
                stage,
                at,
                instruction,
                run,
                is_trigger,
                is_shipped: shipped[stage.index],
                shell,
                user: state.user.clone(),
                workdir: state.workdir.clone(),
                variables,
                commands,
                replaced_shell: None,
                mounts: OnceCell::new(),
                setters: OnceCell::new(),
                scripts: OnceCell::new(),
                is_verified: OnceCell::new(),
                system_shell: OnceCell::new(),
            });
        });
        let mut runs = Self { all, copies };
        runs.follow_replaced_shells(model);
        runs
    }

    /// Notes at each `RUN` what a `RUN` before it, of the same stage or of one that it starts from, makes of `/bin/sh`.
    fn follow_replaced_shells(&mut self, model: &Model) {
        let mut at_end: Vec<Option<SystemShell>> = Vec::with_capacity(model.stages.len());
        let mut next = 0;
        for stage in &model.stages {
            let mut shell = match stage.base {
                Base::Stage(parent) => at_end.get(parent).copied().flatten(),
                _ => None,
            };
            while let Some(run) = self.all.get_mut(next).filter(|run| run.stage.index == stage.index) {
                run.replaced_shell = shell;
                let programs = run.commands.iter().filter_map(|it| it.program.as_ref());
                if !run.is_trigger
                    && let Some(replaced) = programs.filter_map(replacement).last()
                {
                    shell = Some(replaced);
                }
                next += 1;
            }
            at_end.push(shell);
        }
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, RunNode<'a>> {
        self.all.iter()
    }

    /// Those of a stage, in order; not those of its parents.
    pub fn of_stage(&self, stage: usize) -> &[RunNode<'a>] {
        let start = self.all.partition_point(|run| run.stage.index < stage);
        let end = self.all.partition_point(|run| run.stage.index <= stage);
        &self.all[start..end]
    }

    /// The first [`MAX_OTHERS`] `COPY` and `ADD` instructions whose layers a stage has: its parents' and its own, the oldest
    /// first.
    pub fn copies_of_chain(&self, stage: usize) -> impl Iterator<Item = &CopyNode<'a>> {
        let start = |index: usize| self.copies.partition_point(|copy| copy.stage < index);
        self.chain(stage)
            .into_iter()
            .flat_map(move |index| &self.copies[start(index)..start(index + 1)])
            .take(MAX_OTHERS)
    }

    /// Those whose layers a stage has: its parents' and its own, the oldest first.
    pub fn of_chain(&self, stage: usize) -> impl DoubleEndedIterator<Item = &RunNode<'a>> {
        self.chain(stage).into_iter().flat_map(|index| self.of_stage(index))
    }

    /// The `RUN`s of the same stage after one, at most [`MAX_OTHERS`] of them.
    pub fn after(&self, run: &RunNode<'_>) -> impl Iterator<Item = &RunNode<'a>> {
        let own = self.of_stage(run.stage.index);
        own[own.partition_point(|other| other.at <= run.at)..].iter().take(MAX_OTHERS)
    }

    /// The `RUN`s of this stage and of later ones that stand after one, at most [`MAX_OTHERS`] of them.
    pub fn behind(&self, run: &RunNode<'_>) -> impl Iterator<Item = &RunNode<'a>> {
        self.all[self.all.partition_point(|other| other.at <= run.at)..].iter().take(MAX_OTHERS)
    }

    /// A stage and its ancestors, the oldest first; the nearest [`MAX_OTHERS`] of them.
    fn chain(&self, stage: usize) -> Vec<usize> {
        let Some(run) = self.all.first() else { return Vec::new() };
        let mut chain: Vec<usize> =
            run.model.chain(&run.model.stages[stage]).map(|stage| stage.index).take(MAX_OTHERS).collect();
        chain.reverse();
        chain
    }
}

impl<'s, 'a> IntoIterator for &'s Runs<'a> {
    type Item = &'s RunNode<'a>;
    type IntoIter = std::slice::Iter<'s, RunNode<'a>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Appends the simple commands of a script and of those nested in it.
fn collect<'a>(script: &'a Script, outer: Option<usize>, commands: &mut Vec<Simple<'a>>) {
    for command in script.all_commands().filter(|command| command.kind() == CommandKind::Simple) {
        if commands.len() > MAX_COMMANDS {
            return;
        }
        let index = commands.len();
        commands.push(Simple {
            command,
            program: command.program(),
            outer,
            package: OnceCell::new(),
            download: OnceCell::new(),
        });
        if let Some(nested) = command.nested() {
            collect(nested.script(), Some(index), commands);
        }
    }
}

impl<'a> RunNode<'a> {
    /// Its script.
    pub fn script(&self) -> &'a Script {
        self.run.form.script()
    }

    /// The commands with this `RUN`.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = CommandNode<'a, '_>> + ExactSizeIterator {
        (0..self.commands.len()).map(|index| self.node(index))
    }

    /// The command at an index of [`RunNode::commands`].
    pub fn node(&self, index: usize) -> CommandNode<'a, '_> {
        let Simple { command, program, .. } = &self.commands[index];
        CommandNode { run: self, command: *command, program: program.as_ref(), index }
    }

    /// A command of its scripts with this `RUN`; `None` for a compound one.
    pub fn node_of(&self, command: Command<'_>) -> Option<CommandNode<'a, '_>> {
        let start = command.range().start();
        let first = self.commands.partition_point(|it| it.command.range().start() < start);
        let found = self.commands[first..].iter().position(|it| it.command == command)?;
        Some(self.node(first + found))
    }

    /// Whether it is a command in exec form.
    pub fn is_exec(&self) -> bool {
        matches!(self.run.form, dlint_syntax::dockerfile::Form::Exec(_))
    }

    /// The word `RUN`: where a finding about the instruction as a whole stands.
    pub fn place(&self) -> TextRange {
        self.instruction.keyword.range
    }
}

impl<'a, 'b> CommandNode<'a, 'b> {
    /// The name of the program, without directories; empty if it is not known.
    pub fn name(&self) -> &'b str {
        self.program.map_or("", |program| program.name.as_ref())
    }

    /// What it asks of a package manager, if it calls one.
    pub fn package(&self) -> Option<&'b Invocation<'a>> {
        let simple = &self.run.commands[self.index];
        simple.package.get_or_init(|| simple.program.as_ref().and_then(Invocation::new)).as_ref()
    }

    /// What it fetches, if it is a download.
    pub(crate) fn download(&self) -> Option<&'b Download<'a>> {
        self.run.commands[self.index].download.get_or_init(|| Download::new(self).map(Box::new)).as_deref()
    }

    /// The commands of the same `RUN` that stand before it.
    pub fn earlier(&self) -> impl DoubleEndedIterator<Item = CommandNode<'a, 'b>> {
        let run = self.run;
        (0..self.index).map(move |index| run.node(index))
    }

    /// The commands of the same `RUN` that stand after it, those that it runs in a nested script included.
    pub fn later(&self) -> impl DoubleEndedIterator<Item = CommandNode<'a, 'b>> {
        let run = self.run;
        (self.index + 1..run.commands.len()).map(move |index| run.node(index))
    }

    /// The command that runs the nested script that it is in (`sh -c "…"`).
    pub fn outer(&self) -> Option<CommandNode<'a, 'b>> {
        self.run.commands[self.index].outer.map(|index| self.run.node(index))
    }

    /// The settings of the shell when it starts: those that the script made, and those that the shell was started with.
    pub fn settings(&self) -> Settings {
        let made = self.command.script().settings_at(self.command);
        if self.outer().is_some() {
            return made;
        }
        let started = self.run.shell.settings;
        Settings {
            errexit: made.errexit || started.errexit,
            nounset: made.nounset || started.nounset,
            xtrace: made.xtrace || started.xtrace,
            noglob: made.noglob || started.noglob,
            pipefail: made.pipefail || started.pipefail,
        }
    }
}

/// The `RUN`s of the document that is checked, worked out when first asked for.
pub(crate) type SharedRuns<'a> = std::cell::OnceCell<Rc<Runs<'a>>>;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_syntax::dockerfile::Value;

    use super::Runs;
    use crate::document::Document;
    use crate::language::Language;
    use crate::shell::ShellKind;

    fn with_runs(text: &str, check: impl FnOnce(&Runs<'_>)) {
        let document = Document::parse("Dockerfile", text, Language::Dockerfile);
        let (file, model) = document.dockerfile().unwrap();
        assert!(file.errors.is_empty(), "{:?}", file.errors);
        check(&Runs::new(file, model));
    }

    fn names(text: &str) -> Vec<String> {
        let mut names = Vec::new();
        with_runs(text, |runs| {
            names = runs.iter().flat_map(|run| run.nodes().map(|node| node.name().to_owned())).collect();
        });
        names
    }

    #[test]
    fn every_simple_command_is_found() {
        assert_eq!(
            names("FROM a\nRUN A=1 sudo -E a && (b | c) || if d; then e $(f); fi; g() { h; }\n"),
            ["a", "b", "c", "d", "e", "f", "h"]
        );
        assert_eq!(
            names("FROM a\nRUN sh -c 'a; b' && c\nRUN [\"bash\", \"-c\", \"d && x $(e)\"]\n"),
            ["sh", "a", "b", "c", "bash", "d", "x", "e"]
        );
        assert_eq!(names("FROM a\nRUN <<E\na\nb\nE\nONBUILD RUN c\nRUN A=1\n"), ["a", "b", "c", ""]);
    }

    #[test]
    fn shells_that_are_not_of_the_family_have_no_commands() {
        assert!(names("FROM a\nSHELL [\"C:\\\\x\\\\PowerShell.exe\", \"-Command\"]\nRUN Get-Item a; b\n").is_empty());
        assert!(names("FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir && b\n").is_empty());
        assert!(names("FROM a\nRUN <<E\n#!/usr/bin/env python3\nimport os\nE\n").is_empty());
        assert_eq!(names("FROM a\nRUN <<E\n#!/usr/bin/env bash\na\nE\n"), ["a"]);
        assert_eq!(names("FROM a\nSHELL [\"conda\", \"run\", \"-n\", \"e\", \"/bin/bash\", \"-c\"]\nRUN a\n"), ["a"]);
    }

    #[test]
    fn what_is_in_force_is_inherited() {
        let text = "FROM a AS x\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\nUSER u\nRUN a\nFROM x\nENV A=1\nRUN b\n\
                    RUN <<E\n#!/bin/sh\nc\nE\nFROM b\nRUN d\n";
        with_runs(text, |runs| {
            let all: Vec<_> = runs.iter().collect();
            assert_eq!(
                all.iter().map(|run| run.shell.kind).collect::<Vec<_>>(),
                [ShellKind::Bash, ShellKind::Bash, ShellKind::Sh, ShellKind::Sh]
            );
            assert!(all[1].node(0).settings().pipefail && !all[2].node(0).settings().pipefail);
            assert_eq!(all[1].shell.instruction, Some(1));
            assert_eq!(all[1].user.as_ref().unwrap().value, Value::Known("u".into()));
            assert!(all[1].variables.find("A").is_some() && all[3].variables.find("A").is_none());
            assert_eq!(runs.of_stage(1).len(), 2);
            assert_eq!(runs.of_chain(1).map(|run| run.at).collect::<Vec<_>>(), [3, 6, 7]);
        });
    }
}
