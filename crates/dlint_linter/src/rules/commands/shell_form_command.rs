//! `shell-form-command`: a `CMD` or `ENTRYPOINT` that runs in a shell.

use dlint_syntax::dockerfile::{Form, Kind};
use dlint_syntax::shell::{Command, CommandKind, Scope, ScopeKind, Script};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shell-form-command",
    summary: "A `CMD` or `ENTRYPOINT` that runs in a shell",
    category: Category::Reliability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["hadolint:DL3025", "buildkit:JSONArgsRecommended", "kics:Not Using JSON In CMD And ENTRYPOINT Arguments", "semgrep:prefer-json-notation"],
    docs: include_str!("shell_form_command.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let trigger = match &instruction.kind {
            Kind::Onbuild(Some(trigger)) => trigger,
            _ => instruction,
        };
        let (Kind::Cmd(form) | Kind::Entrypoint(form)) = &trigger.kind else { continue };
        let Form::Shell(shell) = form else { continue };
        let text = shell.text().trim();
        // Whoever sets a shell wants it, and `exec` makes the program the first process.
        // A list that is broken is told as such.
        if text.is_empty() || gives_way(shell.script()) || text.starts_with('[') || node.stage.end.shell.is_some() {
            continue;
        }
        let name = trigger.name();
        let words = plain_words(text);
        let mut report = cx.report(trigger.arguments, format!("this `{name}` runs in a shell, which may not hand on the signal to stop"));
        match words {
            Some(words) => {
                let array = format!("[{}]", words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", "));
                report
                    .help(format!("Write the words as a list: `{name} {array}`"))
                    .unsafe_fix("Write the words as a list", Edit::replace(trigger.arguments, array));
            }
            None => {
                report.help(format!("Put `exec` before the program that stays, or run a script: `{name} [\"/start.sh\"]`"));
            }
        }
    }
}

/// Whether the shell replaces itself with a program, at once or in the end.
fn gives_way(script: &Script) -> bool {
    let Some(root) = script.root() else { return false };
    let at_once = root.commands().next().is_some_and(is_exec);
    at_once || ends_with_exec(root)
}

/// Whether the last command of a list is `exec` with a program, on each of the ways that an `if` may take.
fn ends_with_exec(scope: Scope<'_>) -> bool {
    let Some(last) = scope.commands().next_back() else { return false };
    match last.kind() {
        CommandKind::Simple => is_exec(last),
        CommandKind::Group => last.own_scopes().all(ends_with_exec),
        CommandKind::If => {
            let ways = || last.own_scopes().filter(|way| matches!(way.kind(), ScopeKind::Then | ScopeKind::Else));
            ways().any(|way| way.kind() == ScopeKind::Else) && ways().all(ends_with_exec)
        }
        _ => false,
    }
}

fn is_exec(command: Command<'_>) -> bool {
    let is_alone = !command.is_piped() && !command.pipeline().is_background();
    is_alone && command.words().len() > 1 && command.name().is_some_and(|name| name == "exec")
}

/// The words of a command in which nothing means something to a shell.
fn plain_words(text: &str) -> Option<Vec<&str>> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-:,@%+= \t".contains(c);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    (text.chars().all(is_plain) && !words.first()?.contains('=')).then_some(words)
}
