//! `consecutive-runs`: short `RUN`s one after the other.

use dlint_syntax::dockerfile::{Dockerfile, Flag, Form, Instruction, Kind};
use dlint_syntax::shell::CommandKind;

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
    aliases: &["hadolint:DL3059", "kics:Multiple RUN, ADD, COPY, Instructions Listed"],
    docs: include_str!("consecutive_runs.md"),
    on: &[On::Run(run)],
};

/// With more commands a `RUN` is a step of its own.
const MAX_COMMANDS: usize = 2;

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let Some(before) = run.at.checked_sub(1).map(|at| &run.file.instructions[at]) else { return };
    let Kind::Run(other) = &before.kind else { return };
    let is_short = |form: &Form| match form {
        Form::Shell(_) => {
            let script = form.script();
            script.all_commands().filter(|command| command.kind() == CommandKind::Simple).count() <= MAX_COMMANDS
        }
        Form::Exec(_) => false,
    };
    if run.is_trigger
        || run.run.is_heredoc
        || other.is_heredoc
        || !is_short(&run.run.form)
        || !is_short(&other.form)
        || flags(run.instruction) != flags(before)
        || has_comment_between(run.file, before, run.instruction)
    {
        return;
    }
    cx.report(run.place(), "this `RUN` and the one before it could be one")
        .related(before.keyword.range, "the one before it")
        .help("Join them with `&&`, or in a heredoc, where they are cached together anyway");
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
