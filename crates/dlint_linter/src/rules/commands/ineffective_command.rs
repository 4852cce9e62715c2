//! `ineffective-command`: a command whose effect ends with its shell, at the end of a `RUN`.

use dlint_syntax::shell::{CommandKind, Operator};

use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-command",
    summary: "A command whose effect ends with its `RUN`",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ineffective_command.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let Some(root) = run.script().root().filter(|_| !run.is_exec()) else { return };
    // The last command of the script itself.
    let Some(last) = root.commands().next_back().filter(|last| last.kind() == CommandKind::Simple) else { return };
    let Some(node) = run.nodes().find(|node| node.command == last) else { return };
    let is_alternative = last.pipeline().preceding_operator() == Some(Operator::Or);
    if is_alternative || last.is_piped() || has_other_effects(&node) {
        return;
    }
    let Some((message, help)) = explain(&node, run) else { return };
    let fix = fix(&node, run);
    let mut report = cx.report(last.range(), message);
    report.help(help);
    if let Some(fix) = fix {
        report.fix(fix);
    }
}

/// Whether the command does something else on the way: commands in its words, files that it writes.
fn has_other_effects(node: &CommandNode<'_, '_>) -> bool {
    node.command.descendants().next().is_some() || node.command.redirects().any(|redirect| redirect.writes_file())
}

/// What a command does that ends with its shell.
fn explain(node: &CommandNode<'_, '_>, run: &RunNode<'_>) -> Option<(String, &'static str)> {
    let ends = |what: &str| format!("{what} only until this `RUN` ends, and nothing comes after it");
    let words = node.program?.words;
    let first = words.first().map(|word| word.unquoted()).unwrap_or_default();
    let is_only = run.commands.len() == 1;
    Some(match node.name() {
        // Going back at the end is tidy, if useless.
        "cd" | "pushd" if is_only || !goes_back(&first, run) => {
            (ends("`cd` changes the folder"), "Use `WORKDIR`")
        }
        "export" if first.contains('=') => (ends("the variable is set"), "Use `ENV`"),
        "alias" if words.iter().any(|word| word.text().contains('=')) => (ends("the alias is known"), "Put a script into a folder of `PATH`"),
        "umask" if !first.is_empty() => (ends("`umask` holds"), "Set the mode of the files that are made"),
        "ulimit" if words.len() > 1 => (ends("the limit holds"), "Limits are set where the container is started"),
        "source" | "." if is_profile(&first) => (
            ends("what is read into the shell is known"),
            "Use `ENV` for its variables, or read it where it is needed",
        ),
        "service" | "rc-service" if is_start(words.get(1)?.unquoted().as_ref()) => service(),
        "systemctl" if is_start(&first) => service(),
        _ if is_start(&first) && node.program?.word.unquoted().starts_with("/etc/init.d/") => service(),
        _ => return None,
    })
}

/// Whether a folder is one where the script was before, or the start of all.
fn goes_back(folder: &str, run: &RunNode<'_>) -> bool {
    let start = run.workdir.as_ref().and_then(|workdir| workdir.value.known());
    matches!(folder, "" | "-" | "/" | ".." | "~" | "$OLDPWD" | "${OLDPWD}")
        || start.is_some_and(|start| start.trim_end_matches('/') == folder.trim_end_matches('/'))
}

fn service() -> (String, &'static str) {
    let message = "the service is stopped as soon as this `RUN` ends, and nothing comes after it".to_owned();
    (message, "Start it when the container starts, with `CMD` or `ENTRYPOINT`")
}

fn is_start(word: &str) -> bool {
    matches!(word, "start" | "restart" | "reload" | "force-reload")
}

/// Whether a file only prepares a shell. Others may do anything.
fn is_profile(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    matches!(name, ".bashrc" | ".bash_profile" | ".bash_aliases" | ".profile" | ".zshrc" | "profile" | "activate" | "bashrc")
        || path.ends_with(".cargo/env")
        || path.ends_with("/nvm.sh")
}

/// A `RUN` that is nothing but a `cd` to a known folder was meant to be a `WORKDIR`. Everything after it changes by that.
fn fix(node: &CommandNode<'_, '_>, run: &RunNode<'_>) -> Option<Fix> {
    let is_whole = run.commands.len() == 1 && run.run.mounts.is_empty() && !run.run.is_heredoc && !run.is_trigger;
    let [_, folder] = node.command.words().iter().collect::<Vec<_>>()[..] else { return None };
    let path = folder.literal().filter(|path| path.starts_with('/') && !path.contains(char::is_whitespace))?;
    (is_whole && node.name() == "cd" && run.instruction.flags.is_empty())
        .then(|| Fix::unsafe_("Use `WORKDIR`", vec![Edit::replace(run.instruction.range, format!("WORKDIR {path}"))]))
}
