//! `heredoc-without-errexit`: a script in a heredoc goes on after a command that fails.

use dlint_syntax::TextSize;
use dlint_syntax::shell::{Command, CommandKind, Operator};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{has_errexit, is_status_read, may_fail_to_print, scripts};
use crate::shell::ShellKind;

/// The rule.
pub const RULE: Rule = Rule {
    name: "heredoc-without-errexit",
    summary: "A script in a heredoc goes on after a command that fails",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("heredoc_without_errexit.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    if !run.run.is_heredoc || run.shell.kind == ShellKind::None {
        return;
    }
    let Some(script) = scripts(run).iter().find(|script| script.is_outermost) else { return };
    let Some(root) = script.script.root() else { return };
    let top: Vec<Command<'_>> = root.commands().collect();
    let Some(last) = top.last() else { return };
    let unnoticed = top.iter().find(|command| {
        **command != *last && command.pipeline().index() != last.pipeline().index()
            // Before `&&` and `||` somebody has thought of it, unless the list as a whole ends there.
            && matches!(command.operator(), Operator::Newline | Operator::Semicolon)
            && may_fail(**command)
            && !command.is_checked()
            && !is_status_read(**command)
            && !has_errexit(script, **command)
    });
    let Some(unnoticed) = unnoticed else { return };
    let start = script_start(run, cx);
    let first_line = run.instruction.heredocs.first().map(|heredoc| heredoc.marker);
    let name = unnoticed.name().or_else(|| decisive(*unnoticed)?.name()).map_or_else(|| "this command".to_owned(), |name| format!("`{name}`"));
    let mut report = cx.report(unnoticed.range(), format!("if {name} fails, the script goes on: only its last \
                                                           command decides about the build"));
    report.help("Begin the script with `set -e`");
    if let Some(marker) = first_line {
        report.related(marker, "the script begins here");
    }
    if let Some(start) = start {
        report.unsafe_fix("Begin the script with `set -e`", Edit::insert(start, "set -e\n"));
    }
}

/// Whether a command can fail. One that only sets variables of the script cannot.
fn may_fail(command: Command<'_>) -> bool {
    if command.kind() == CommandKind::Function {
        return false;
    }
    if command.kind() != CommandKind::Simple {
        return true;
    }
    let harmless = ["echo", "printf", "set", "export", "true", ":", "umask", "alias", "shopt", "trap", "unset", "exec", "exit"];
    match command.name() {
        Some(name) => !harmless.contains(&&*name),
        // An assignment has the status of what it is made of.
        None => {
            !command.words().is_empty() || decisive(command).is_some_and(may_fail_to_print)
        }
    }
}

/// The command that decides about the status of an assignment: the last one of its last substitution.
fn decisive(assignment: Command<'_>) -> Option<Command<'_>> {
    let parts = assignment.assignments().flat_map(|assignment| assignment.value().all_parts());
    let last = parts.filter_map(|part| part.scope()).last()?.commands().last()?;
    (!last.is_checked()).then_some(last)
}

/// Where `set -e` belongs: at the start of the script, after its `#!` line. `None` if it has none that could be found.
fn script_start(run: &RunNode<'_>, cx: &Context<'_>) -> Option<TextSize> {
    let body = run.instruction.heredocs.first()?.body;
    let text = cx.text(body);
    // Tabs that `<<-` takes away are the shebang's and the first line's alike.
    if run.run.shebang().is_none() {
        return Some(body.start());
    }
    let line = text.find('\n')?;
    Some(body.start() + TextSize::new(line as u32 + 1))
}
