//! `unnoticed-download-failure`: a download that fails feeds nothing to something that is content with it.

use dlint_syntax::shell::{Command, Operator};

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

/// Programs that succeed when they read nothing. (`tar`, `gunzip`, `gpg`, `sha256sum -c` and others fail.)
const CONTENT: [&str; 31] = [
    "sh", "bash", "dash", "ash", "zsh", "ksh", "python", "python2", "python3", "perl", "ruby", "node", "php", "tee", "cat", "sed", "awk", "gawk",
    "cut", "sort", "uniq", "head", "tail", "tr", "jq", "yq", "rev", "base64", "envsubst", "tac", "column",
];

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run) {
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
        let unnoticed = downloads && content && is_pipe && !script.settings_at(first).pipefail && !first.is_checked();
        unnoticed.then(|| (first, *rest.last().expect("a pipe has two commands")))
    });
    unnoticed.collect()
}
