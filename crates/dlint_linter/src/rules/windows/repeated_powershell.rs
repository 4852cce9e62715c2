//! `repeated-powershell`: several `RUN`s that each start PowerShell out of another shell.

use crate::diagnostic::{Category, Level};
use crate::powershell::PowerShell;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::MAX_OTHERS;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "repeated-powershell",
    summary: "Several `RUN`s that each start PowerShell out of another shell",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/powershell/prefer-shell-instruction"],
    docs: include_str!("repeated_powershell.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if !cx.mentions("powershell") && !cx.mentions("pwsh") {
        return;
    }
    let runs = cx.runs();
    let mut calls = runs.of_stage(node.stage.index).iter().take(MAX_OTHERS).filter(|run| PowerShell::of(run).is_some_and(|it| it.is_called));
    if let (Some(first), Some(second)) = (calls.next(), calls.next()) {
        cx.report(second.place(), "each of these `RUN`s starts PowerShell out of another shell")
            .help("Write `SHELL [\"powershell\", \"-Command\"]` once, and the commands alone behind `RUN`")
            .related(first.place(), "the first one");
    }
}
