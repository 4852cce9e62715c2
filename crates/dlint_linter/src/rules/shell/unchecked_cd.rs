//! `unchecked-cd`: if `cd` fails, what follows happens in another folder.

use dlint_syntax::shell::{Operator, ScopeKind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{has_errexit, scripts};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unchecked-cd",
    summary: "If `cd` fails, what follows happens in another folder",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2164"],
    docs: include_str!("unchecked_cd.md"),
    on: &[On::Run(run)],
};

/// How many are reported of one script.
const MOST: usize = 20;

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run) {
        let mut told = 0;
        for command in script.script.commands() {
            // Who has so many has seen the point.
            if told == MOST {
                break;
            }
            let is_cd = command.name().is_some_and(|name| matches!(&*name, "cd" | "pushd" | "popd"));
            let is_followed = matches!(command.operator(), Operator::Semicolon | Operator::Newline)
                && command.next_in_scope().is_some();
            if !is_cd || !is_followed || command.is_checked() || has_errexit(script, command) {
                continue;
            }
            let in_function = command.scopes().any(|scope| scope.kind() == ScopeKind::FunctionBody);
            let folder = command.words().get(1).map(|word| word.unquoted());
            // These are always there, or bring back to where everything began.
            if in_function || folder.as_deref().is_none_or(is_always_there) {
                continue;
            }
            told += 1;
            cx.report(command.range(), "if this fails, the commands behind it do their work in another folder")
                .help("Write `cd … &&`, or say `WORKDIR` before the `RUN`");
        }
    }
}

/// Whether a folder is in every image that has a shell, or is the one that everything began in.
fn is_always_there(folder: &str) -> bool {
    const FOLDERS: [&str; 11] = ["", "~", "-", "$HOME", "${HOME}", "/etc", "/opt", "/root", "/tmp", "/usr", "/var"];
    let folder = folder.trim_end_matches('/');
    FOLDERS.contains(&folder) || folder.split('/').all(|part| matches!(part, "." | ".."))
}
