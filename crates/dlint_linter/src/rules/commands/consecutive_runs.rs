//! `consecutive-runs`: short `RUN`s one after the other.

use dlint_syntax::dockerfile::{Dockerfile, Flag, Form, Instruction, Kind};
use dlint_syntax::shell::{Command, CommandKind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "consecutive-runs",
    summary: "`RUN` instructions that could be one",
    category: Category::Efficiency,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3059", "kics:Multiple RUN, ADD, COPY, Instructions Listed", "tally:tally/prefer-run-heredoc"],
    docs: include_str!("consecutive_runs.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let Some(before) = run.at.checked_sub(1).map(|at| &run.file.instructions[at]) else { return };
    let Kind::Run(other) = &before.kind else { return };
    if run.is_trigger
        || run.run.is_heredoc
        || other.is_heredoc
        || !is_one_command(&run.run.form)
        || !is_one_command(&other.form)
        || flags(run.instruction) != flags(before)
        || has_comment_between(run.file, before, run.instruction)
    {
        return;
    }
    cx.report(run.place(), "this `RUN` and the one before it could be one")
        .related(before.keyword.range, "the one before it")
        .help("Join them with `&&`, or in a heredoc, where they are cached together anyway");
}

/// With more commands a `RUN` is a step of its own.
fn is_one_command(form: &Form) -> bool {
    let is_simple = |command: &Command<'_>| command.kind() == CommandKind::Simple;
    matches!(form, Form::Shell(_)) && form.script().all_commands().filter(is_simple).count() == 1
}

fn flags(instruction: &Instruction) -> Vec<(&str, &str)> {
    fn value(flag: &Flag) -> &str {
        flag.value.as_ref().map_or("", |value| value.text.as_str())
    }
    instruction.flags.iter().map(|flag| (flag.name.text.as_str(), value(flag))).collect()
}

/// Whether somebody wrote why they are apart.
fn has_comment_between(file: &Dockerfile, before: &Instruction, after: &Instruction) -> bool {
    let (from, to) = (before.range.end(), after.range.start());
    let first = file.comments.partition_point(|comment| comment.range.start() < from);
    file.comments.get(first).is_some_and(|comment| comment.range.start() < to)
}
