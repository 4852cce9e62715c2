//! `shell-in-scratch`: a command for a shell in an image that has none.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Base, Copy, Form, Kind, Stage};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shell-in-scratch",
    summary: "A command for a shell in an image that has none",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/shell-run-in-scratch"],
    docs: include_str!("shell_in_scratch.md"),
    on: &[On::Stage(stage)],
};

/// As many instructions of the stages before this one are looked at.
const MOST: usize = 1000;

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let end = &node.stage.end;
    if end.shell.is_some() || !node.stage.instructions.clone().any(|index| runs_shell(&node.file.instructions[index].kind)) {
        return;
    }
    if *node.model.root_base(node.stage) != Base::Scratch {
        return;
    }
    let before = node.model.chain(node.stage).skip(1).flat_map(|stage: &Stage| stage.instructions.clone()).take(MOST);
    if before.into_iter().any(|index| may_bring_shell(&node.file.instructions[index].kind)) {
        return;
    }
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        if runs_shell(&instruction.kind) {
            let keyword: TextRange = instruction.keyword.range;
            cx.report(keyword, "this runs `/bin/sh`, which an image made from `scratch` does not have")
                .help("Write the command as a list of words: `[\"…\"]`");
            return;
        }
        if may_bring_shell(&instruction.kind) {
            return;
        }
    }
}

/// Whether an instruction runs a command in a shell.
fn runs_shell(kind: &Kind) -> bool {
    let form = match kind {
        Kind::Run(run) => &run.form,
        Kind::Cmd(form) | Kind::Entrypoint(form) => form,
        _ => return false,
    };
    matches!(form, Form::Shell(shell) if !shell.text().trim().is_empty())
}

/// Whether a shell may be in the image after an instruction.
fn may_bring_shell(kind: &Kind) -> bool {
    match kind {
        Kind::Copy(copy) | Kind::Add(copy) => !is_elsewhere(copy),
        Kind::Run(_) | Kind::Onbuild(_) => true,
        _ => false,
    }
}

/// Whether it copies to a folder in which the shell is not.
fn is_elsewhere(copy: &Copy) -> bool {
    let Some(destination) = &copy.destination else { return false };
    let path = destination.text.trim_matches('"');
    path.len() > 1 && path.starts_with('/') && !path.starts_with("/bin") && !path.contains(['$', '.'])
}
