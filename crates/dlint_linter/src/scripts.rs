//! The shell scripts of a `RUN`, each with the shell that reads it.

use dlint_syntax::dockerfile::Base;
use dlint_syntax::shell::{Command, CommandKind, Part, Script, Settings, Word, Words};

use crate::image::Reference;
use crate::image::system_shell::{SystemShell, system_shell};
use crate::run::RunNode;
use crate::shell::ShellKind;

/// A script with the shell that reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShellScript<'a> {
    /// The script.
    pub(crate) script: &'a Script,
    /// The shell; never one that is not of the POSIX family.
    pub(crate) shell: ShellKind,
    /// What the shell was started with.
    started: Settings,
    /// Whether it is the `RUN`'s own, not one that a command of it runs.
    pub(crate) is_outermost: bool,
    /// Whether another shell has expanded it before (`sh -c "…"`), so that what is expanded in it is not for this shell.
    pub(crate) is_expanded_before: bool,
}

impl ShellScript<'_> {
    /// The settings of the shell when a command of the script starts.
    pub(crate) fn settings_at(&self, command: Command<'_>) -> Settings {
        let made = self.script.settings_at(command);
        let started = self.started;
        Settings {
            errexit: made.errexit || started.errexit,
            nounset: made.nounset || started.nounset,
            xtrace: made.xtrace || started.xtrace,
            noglob: made.noglob || started.noglob,
            pipefail: made.pipefail || started.pipefail,
        }
    }
}

/// Whether the shell stops at the first failure when a command starts: as the settings say, or because a `set -e` stands
/// before it in a subshell, group or branch around it.
pub(crate) fn has_errexit(script: &ShellScript<'_>, command: Command<'_>) -> bool {
    let switches_on = |other: Command<'_>| {
        other.index() < command.index() && other.name().is_some_and(|name| name == "set") && {
            let words: Vec<_> = other.words().from(1).iter().map(|word| word.unquoted()).collect();
            Settings::from_arguments(words.iter().map(AsRef::as_ref)).errexit
        }
    };
    script.settings_at(command).errexit || command.scopes().any(|scope| scope.commands().any(switches_on))
}

/// Every word of a command: its own, the values of its assignments, where it is redirected to, the bodies of its heredocs.
pub(crate) fn words(command: Command<'_>) -> impl Iterator<Item = Word<'_>> {
    let values = command.assignments().map(|assignment| assignment.value());
    let redirects = command.redirects().map(|redirect| match redirect.heredoc() {
        Some(heredoc) => heredoc.body(),
        None => redirect.target(),
    });
    command.words().iter().chain(values).chain(redirects)
}

/// The items of the loops of a `RUN` that have one each, in scripts that nothing has changed before the shell reads them.
pub(crate) fn only_items<'a>(run: &RunNode<'a>) -> Vec<Word<'a>> {
    let scripts = scripts(run).iter().filter(|script| !script.is_expanded_before);
    let loops = scripts.flat_map(|it| it.script.all_commands()).filter(|it| it.kind() == CommandKind::For);
    loops.filter_map(|it| it.subjects().first().filter(|_| it.subjects().len() == 1)).collect()
}

/// The `xargs` of a command and the words after it, be there a program behind it or not.
pub(crate) fn xargs(command: Command<'_>) -> Option<(Word<'_>, Words<'_>)> {
    let words = command.words();
    let program = command.program()?;
    let index =
        words.iter().take(program.index + 1).position(|word| word.is("xargs") || word.text().ends_with("/xargs"))?;
    Some((words.get(index)?, words.from(index + 1)))
}

/// The parts of all words of a command, at any depth.
pub(crate) fn parts(command: Command<'_>) -> impl Iterator<Item = Part<'_>> {
    words(command).flat_map(|word| word.all_parts())
}

/// The scripts of a `RUN`: its own, unless it is in exec form, and those that its commands run.
pub(crate) fn scripts<'r, 'a>(run: &'r RunNode<'a>) -> &'r [ShellScript<'a>] {
    run.scripts.get_or_init(|| collect(run))
}

fn collect<'a>(run: &RunNode<'a>) -> Vec<ShellScript<'a>> {
    let kind = run.shell.kind;
    if !kind.is_posix() {
        return Vec::new();
    }
    let outermost = ShellScript {
        script: run.script(),
        shell: kind,
        started: run.shell.settings,
        is_outermost: true,
        is_expanded_before: false,
    };
    let mut all = vec![outermost];
    let mut next = 0;
    while let Some(&outer) = all.get(next) {
        for nested in outer.script.nested() {
            let shell = match nested.name() {
                "bash" | "rbash" => ShellKind::Bash,
                "dash" | "ash" | "zsh" | "ksh" | "ksh93" | "mksh" => ShellKind::Posix,
                "eval" | "trap" => outer.shell,
                _ => ShellKind::Sh,
            };
            let is_quoted = outer.script.text_at(nested.range()).starts_with('\'');
            all.push(ShellScript {
                script: nested.script(),
                shell,
                started: Settings::default(),
                is_outermost: false,
                is_expanded_before: !is_quoted && outer.shell != ShellKind::None,
            });
        }
        next += 1;
    }
    all.retain(|script| script.shell != ShellKind::None);
    all
}

/// What `/bin/sh` is where a `RUN` runs, as far as the name of the base image tells.
pub(crate) fn sh(run: &RunNode<'_>) -> Option<SystemShell> {
    *run.system_shell.get_or_init(|| match run.model.root_base(run.stage) {
        Base::Image(text) => system_shell(&Reference::new(text)),
        _ => None,
    })
}
