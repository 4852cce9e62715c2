//! `ignored-command`: a `CMD` that the `ENTRYPOINT` does not get.

use dlint_syntax::dockerfile::{Form, Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-command",
    summary: "A `CMD` that the `ENTRYPOINT` does not get",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ignored_command.md"),
    on: &[On::Stage(stage)],
};

/// Programs that read the first argument as a file or a subcommand, so that `/bin/sh -c …` is none of their business.
const PROGRAMS: [&str; 20] = [
    "python", "python3", "node", "java", "nginx", "gunicorn", "uvicorn", "npm", "yarn", "php", "ruby", "go", "dotnet", "flask", "perl",
    "deno", "bun", "celery", "streamlit", "pytest",
];

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let (Some(entrypoint), Some(cmd)) = (node.stage.end.entrypoint, node.stage.end.cmd) else { return };
    let (entrypoint, cmd) = (acting(&node.file.instructions[entrypoint]), acting(&node.file.instructions[cmd]));
    // What an earlier stage says is told there, unless it is put together only here.
    let is_here = |it: &Instruction| it.range.start() > node.stage.from(node.file).range.start();
    if !is_here(entrypoint) && !is_here(cmd) {
        return;
    }
    let (Kind::Entrypoint(program), Kind::Cmd(arguments)) = (&entrypoint.kind, &cmd.kind) else { return };
    match (program, arguments) {
        (Form::Shell(shell), _) => {
            // `CMD` is what comes behind `sh -c "…"`, and thus the script's arguments.
            let uses_arguments = ["$@", "$*", "$0", "$1", "${@", "${*", "${0", "${1"].iter().any(|it| shell.text().contains(it));
            if uses_arguments || shell.text().trim().is_empty() {
                return;
            }
            cx.report(cmd.range, "the `ENTRYPOINT` runs in a shell, which does not hand the `CMD` on")
                .help("Write the `ENTRYPOINT` as a list of words, or put all into one of the two")
                .related(entrypoint.range, "the entrypoint");
        }
        (Form::Exec(words), Form::Shell(_)) => {
            let name = words.first().map_or("", |word| word.text.rsplit('/').next().unwrap_or_default());
            if PROGRAMS.contains(&name) {
                cx.report(cmd.range, format!("`{name}` gets `/bin/sh -c` and this text as its arguments"))
                    .help("Write the `CMD` as a list of words: `CMD [\"…\"]`")
                    .related(entrypoint.range, "the entrypoint");
            }
        }
        _ => {}
    }
}

fn acting(instruction: &Instruction) -> &Instruction {
    match &instruction.kind {
        Kind::Onbuild(Some(trigger)) => trigger,
        _ => instruction,
    }
}
