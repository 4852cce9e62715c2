//! Whether a check fails because one of its programs is missing.

use dlint_syntax::shell::{Command, CommandKind, Operator, ScopeKind};

/// What may stand in a script beside the check itself without making it succeed.
const QUIET: [&str; 10] = [":", "[", "echo", "exit", "false", "kill", "printf", "return", "test", "true"];

/// Whether the script of a health check fails where the program of a command is missing: the command is reached, and nothing behind it can succeed
/// in its place. `is_missing` tells which other programs are missing too.
pub(super) fn is_decisive(command: Command<'_>, is_missing: &dyn Fn(&str) -> bool) -> bool {
    if command.is_conditional() || is_applet(command) {
        return false;
    }
    let mut command = command;
    loop {
        if command.is_negated() {
            return false;
        }
        // `if curl …; then exit 0; else exit 1; fi`
        if command.scope().kind() == ScopeKind::Condition {
            return command.script().commands().filter_map(|it| it.program()).all(|it| it.is_any(&QUIET) || is_missing(&it.name));
        }
        if !list_fails(command, is_missing) {
            return false;
        }
        match command.parent() {
            Some(parent) => command = parent,
            None => return true,
        }
    }
}

/// Whether the program is one that BusyBox or Toybox is.
fn is_applet(command: Command<'_>) -> bool {
    let Some(program) = command.program() else { return false };
    command.words().iter().take(program.index).any(|word| {
        let text = word.unquoted();
        matches!(text.rsplit('/').next(), Some("busybox" | "toybox"))
    })
}

/// Whether the list that a command is in fails if the command does.
fn list_fails(command: Command<'_>, is_missing: &dyn Fn(&str) -> bool) -> bool {
    let mut at = command;
    loop {
        let operator = at.operator();
        let Some(next) = at.next_in_scope() else { return operator != Operator::Background };
        match operator {
            Operator::Or if !fails(next, is_missing) => return false,
            Operator::Or if ends(next) => return true,
            // What is behind `&&` is not reached, and what reads from a pipe gets nothing.
            Operator::And | Operator::Or | Operator::Pipe | Operator::PipeBoth => {}
            // The last command decides. A test looks at what came before it.
            Operator::Semicolon | Operator::Newline => {
                return fails(next, is_missing) || next.name().is_some_and(|name| matches!(name.as_ref(), "test" | "["));
            }
            Operator::Background => return false,
            Operator::End => return true,
        }
        at = next;
    }
}

/// Whether a command that takes the place of one that failed fails as well.
fn fails(command: Command<'_>, is_missing: &dyn Fn(&str) -> bool) -> bool {
    if command.kind() != CommandKind::Simple {
        return command.descendants().any(ends);
    }
    // `|| bash -c 'kill -s 15 -1'`
    if let Some(nested) = command.nested() {
        return nested.script().all_commands().any(ends);
    }
    ends(command) || command.program().is_some_and(|program| program.is_any(&["false", "return"]) || is_missing(&program.name))
}

/// Whether a command ends the check as a failed one: `exit 1`, or `kill 1`, which ends the container.
fn ends(command: Command<'_>) -> bool {
    match command.name().as_deref() {
        Some("exit") => command.words().get(1).is_none_or(|status| !status.is("0")),
        Some("kill") => true,
        _ => false,
    }
}
