//! The shell scripts of a `RUN`, each with the shell that reads it.

use dlint_syntax::dockerfile::Base;
use dlint_syntax::shell::{Command, CommandKind, Part, PartKind, Scope, Script, Settings, Word, Words};
use dlint_syntax::text::has_byte;

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

/// Whether what follows a command in its list looks at the status that it leaves behind: `make; rc=$?`.
pub(crate) fn is_status_read(command: Command<'_>) -> bool {
    let asks = |part: Part<'_>| part.parameter().is_some_and(|it| it.name() == "?");
    // Hardly any does, and need not be taken apart.
    let next = command.next_in_scope().filter(|next| has_byte(next.text(), b'?'));
    next.is_some_and(|next| std::iter::once(next).chain(next.descendants()).flat_map(parts).any(asks))
}

/// Whether a substitution runs something that can fail in a way that matters.
pub(crate) fn output_may_fail(scope: Scope<'_>) -> bool {
    scope.commands().any(may_fail_to_print) && !scope.commands().any(|command| command.is_checked())
}

/// Whether a command that is run for what it prints can fail in a way that matters.
pub(crate) fn may_fail_to_print(command: Command<'_>) -> bool {
    const HARMLESS: [&str; 19] = [
        "echo",
        "printf",
        "uname",
        "nproc",
        "arch",
        "date",
        "pwd",
        "whoami",
        "hostname",
        "id",
        "dirname",
        "basename",
        "mktemp",
        "true",
        "dpkg-architecture",
        "getconf",
        "umask",
        "tr",
        "cut",
    ];
    match command.program() {
        Some(program) if program.name == "dpkg" => !program.words.iter().any(|word| word.is("--print-architecture")),
        Some(program) => !HARMLESS.contains(&&*program.name),
        None => false,
    }
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

/// The loops of a `RUN` that have one item each, with that, in scripts that nothing has changed before the shell reads them.
pub(crate) fn only_items<'a>(run: &RunNode<'a>) -> Vec<(Command<'a>, Word<'a>)> {
    let scripts = scripts(run).iter().filter(|script| !script.is_expanded_before);
    let loops = scripts.flat_map(|it| it.script.all_commands()).filter(|it| it.kind() == CommandKind::For);
    let only = |it: Command<'a>| Some((it, it.subjects().first().filter(|_| it.subjects().len() == 1)?));
    loops.filter_map(only).collect()
}

/// The `xargs` of a command and the words after it, be there a program behind it or not.
pub(crate) fn xargs(command: Command<'_>) -> Option<(Word<'_>, Words<'_>)> {
    let words = command.words();
    let program = command.program()?;
    let index =
        words.iter().take(program.index + 1).position(|word| word.is("xargs") || word.text().ends_with("/xargs"))?;
    Some((words.get(index)?, words.from(index + 1)))
}

/// The names that a command gives a value in arithmetic: in `((i++))`, `for ((i=0; …))`, `$((x = 3))`.
pub(crate) fn set_in_arithmetic(command: Command<'_>) -> Vec<&str> {
    // Most commands have none, and need not be taken apart.
    if !has_byte(command.text(), b'(') {
        return Vec::new();
    }
    let head = match command.kind() {
        CommandKind::Arithmetic => Some(command.text()),
        CommandKind::For => command.variable().map(|word| word.text()).filter(|text| text.starts_with("((")),
        _ => None,
    };
    let inner = parts(command).filter(|part| part.kind() == PartKind::Arithmetic).map(|part| part.text());
    head.into_iter().chain(inner).flat_map(assigned_names).collect()
}

fn assigned_names(arithmetic: &str) -> impl Iterator<Item = &str> {
    let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
    let names = arithmetic
        .split(move |char| !is_word(char))
        .filter(|name| name.starts_with(|char: char| !char.is_ascii_digit()));
    names.filter(move |name| {
        let at = name.as_ptr() as usize - arithmetic.as_ptr() as usize;
        let (before, after) = (arithmetic[..at].trim_end(), arithmetic[at + name.len()..].trim_start());
        let operator = after.trim_start_matches(['+', '-', '*', '/', '%', '&', '|', '^', '<', '>']);
        let is_assigned = operator.starts_with('=')
            && !operator.starts_with("==")
            && !matches!(after.len() - operator.len(), 1 if after.starts_with(['<', '>']));
        is_assigned
            || [before.get(before.len().wrapping_sub(2)..), after.get(..2)]
                .iter()
                .flatten()
                .any(|it| matches!(*it, "++" | "--"))
    })
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
                // `su` runs the one that `/etc/passwd` says.
                "dash" | "ash" | "zsh" | "ksh" | "ksh93" | "mksh" | "su" | "runuser" => ShellKind::Posix,
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

/// What `/bin/sh` is where a `RUN` runs, as far as the commands before it or the name of the base image tell.
pub(crate) fn sh(run: &RunNode<'_>) -> Option<SystemShell> {
    *run.system_shell.get_or_init(|| match run.model.root_base(run.stage) {
        _ if run.replaced_shell.is_some() => run.replaced_shell,
        Base::Image(text) => system_shell(&Reference::new(text)),
        _ => None,
    })
}
