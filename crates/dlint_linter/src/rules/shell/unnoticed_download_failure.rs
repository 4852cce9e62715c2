//! `unnoticed-download-failure`: a download that fails feeds nothing to something that is content with it.

use dlint_syntax::shell::{Command, CommandKind, Operator, PartKind, ScopeKind, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{ShellScript, scripts};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unnoticed-download-failure",
    summary: "A download that fails in a pipe, into something that takes nothing for an answer",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unnoticed_download_failure.md"),
    on: &[On::Run(run)],
};

/// Programs that run a text.
const SHELLS: [&str; 7] = ["sh", "bash", "dash", "ash", "zsh", "ksh", "eval"];

/// Programs that succeed when they read nothing. (`tar`, `gunzip`, `gpg`, `sha256sum -c` and others fail.)
const CONTENT: [&str; 31] = [
    "sh", "bash", "dash", "ash", "zsh", "ksh", "python", "python2", "python3", "perl", "ruby", "node", "php", "tee", "cat", "sed", "awk", "gawk",
    "cut", "sort", "uniq", "head", "tail", "tr", "jq", "yq", "rev", "base64", "envsubst", "tac", "column",
];

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run) {
        for (download, shell) in texts(run, script) {
            let (Some(program), Some(shell)) = (download.program(), shell.program()) else { continue };
            cx.report(
                shell.word.range().cover(download.range()),
                format!("if `{}` fails, `{}` gets an empty script and succeeds, and the build goes on", program.name, shell.name),
            )
            .help("Download to a file first, and join the commands by `&&`; `curl` needs `-f`, or it takes an error page for the file");
        }
        for (first, last) in pipes(run, script) {
            let Some(program) = first.program() else { continue };
            let reads = last.program().map_or_else(String::new, |program| program.name.into_owned());
            cx.report(
                first.range().cover(last.range()),
                format!("if `{}` fails, `{reads}` reads nothing and succeeds, and the build goes on", program.name),
            )
            .help("Download to a file first, and join the commands by `&&`; or switch on `pipefail`. `curl` \
                   needs `-f`, or it takes an error page for the file");
        }
    }
}

/// The pipes that begin with a download and end in something that is content with nothing: their first and last commands.
fn pipes<'a>(run: &RunNode<'_>, script: &ShellScript<'a>) -> Vec<(Command<'a>, Command<'a>)> {
    let firsts = script.script.all_commands().filter(|command| command.position() == 0 && command.is_piped());
    let unnoticed = firsts.filter_map(|first| {
        let commands: Vec<_> = first.pipeline().commands().collect();
        let download = run.node_of(first).and_then(|node| node.download());
        let downloads = download.is_some_and(|it| it.to_stdout() && !it.only_looks());
        let rest = &commands[1..];
        let content = rest.iter().all(|command| command.program().is_some_and(|program| CONTENT.contains(&&*program.name)));
        let is_pipe = matches!(first.operator(), Operator::Pipe | Operator::PipeBoth);
        // `[ -n "$(curl … | sed …)" ]` looks at what comes out.
        let is_tested = first.scopes().any(|scope| scope.kind().is_substitution() && scope.owner().is_some_and(is_test));
        let unnoticed = downloads && content && is_pipe && !is_tested && !script.settings_at(first).pipefail && !first.is_checked();
        unnoticed.then(|| (first, *rest.last().expect("a pipe has two commands")))
    });
    unnoticed.collect()
}

fn is_test(command: Command<'_>) -> bool {
    command.kind() == CommandKind::Test || command.name().is_some_and(|name| matches!(&*name, "[" | "test"))
}

/// The downloads whose text a shell runs, `sh -c "$(curl …)"`, `eval "$(curl …)"`, `bash <(curl …)`, each with the command
/// that starts the shell: no status comes out of there, be `pipefail` on or not.
fn texts<'a>(run: &RunNode<'_>, script: &ShellScript<'a>) -> Vec<(Command<'a>, Command<'a>)> {
    let mut found = Vec::new();
    for download in script.script.all_commands().filter(|command| !command.is_piped()) {
        let scope = download.scope();
        let Some(owner) = scope.owner().filter(|_| scope.kind().is_substitution() && scope.commands().count() == 1) else { continue };
        let Some(program) = owner.program().filter(|program| program.is_any(&SHELLS)) else { continue };
        let before: Vec<_> = program.words.iter().take_while(|word| !word.range().contains_range(download.range())).collect();
        // Behind the script come its arguments, which may well be empty.
        let is_script = match &*program.name {
            "eval" => before.is_empty(),
            _ if scope.kind() == ScopeKind::ProcessSubstitution => before.iter().all(|word| word.text().starts_with('-')),
            _ => matches!(&*before, [flags] if flags.text().starts_with('-') && flags.text().ends_with('c')),
        };
        let is_whole = before.len() < program.words.len() && program.words.get(before.len()).is_some_and(|word| is_only(word, download));
        let fetches = run.node_of(download).and_then(|node| node.download()).is_some_and(|it| it.to_stdout() && !it.only_looks());
        if is_script && is_whole && fetches {
            found.push((download, owner));
        }
    }
    found
}

/// Whether a word is the output of a command and nothing else.
fn is_only(word: Word<'_>, command: Command<'_>) -> bool {
    let mut parts = word.parts();
    let Some(only) = parts.next().filter(|_| parts.next().is_none()) else { return false };
    let mut inner = only.parts();
    let only = if only.kind() == PartKind::DoubleQuoted { inner.next().filter(|_| inner.next().is_none()) } else { Some(only) };
    only.and_then(|part| part.scope()).is_some_and(|scope| scope.range().contains_range(command.range()))
}
