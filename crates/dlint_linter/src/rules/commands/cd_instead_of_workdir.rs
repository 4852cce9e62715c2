//! `cd-instead-of-workdir`: a `RUN` that begins in another folder.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "cd-instead-of-workdir",
    summary: "A `RUN` that changes the folder first",
    category: Category::Maintainability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3003",
        "trivy:DS-0013",
        "kics:RUN Instruction Using 'cd' Instead of WORKDIR",
        "semgrep:use-workdir",
    ],
    docs: include_str!("cd_instead_of_workdir.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    // A script has its own way about the folders.
    if run.run.is_heredoc || run.is_exec() {
        return;
    }
    let mut commands = run.nodes().skip_while(|node| node.name() == "set");
    let Some(first) = commands.next().filter(|node| node.name() == "cd" && node.outer().is_none()) else { return };
    let goes_on = commands.next().is_some();
    let words = first.command.words();
    let target = words.get(1).map(|word| word.unquoted());
    let is_alone = run.nodes().filter(|node| node.name() == "cd").count() == 1;
    if !goes_on || !is_alone || words.len() != 2 || !first.command.affects_script() || target.is_none_or(|it| it == "-") {
        return;
    }
    cx.report(first.command.range(), "this `RUN` works in another folder, which `WORKDIR` can say")
        .help("Set `WORKDIR` before it, which makes the folder too where there is none");
}
