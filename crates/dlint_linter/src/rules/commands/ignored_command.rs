//! `ignored-command`: a `CMD` that the `ENTRYPOINT` does not get.

use dlint_syntax::dockerfile::{Form, Instruction, Kind, Word};

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

/// Programs that read the first argument as a file or a subcommand, so that `/bin/sh -c …` is none of their business. With a
/// file of its own (`node entry.js`) that file gets the rest, and may run it.
const INTERPRETERS: [&str; 15] = [
    "python", "python3", "node", "java", "npm", "yarn", "php", "ruby", "go", "dotnet", "perl", "deno", "bun", "streamlit", "pytest",
];
/// Programs that run none of their arguments.
const SERVERS: [&str; 5] = ["nginx", "gunicorn", "uvicorn", "flask", "celery"];
/// Programs that run the text after `-c`, and hand what follows on to it.
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "ash", "zsh", "ksh"];

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let (Some(entrypoint), Some(cmd)) = (node.stage.end.entrypoint, node.stage.end.cmd) else { return };
    let (entrypoint, cmd) = (acting(&node.file.instructions[entrypoint]), acting(&node.file.instructions[cmd]));
    // What an earlier stage says is told there, and its `CMD` is gone where there is an `ENTRYPOINT` here.
    let is_here = |it: &Instruction| it.range.start() > node.stage.from(node.file).range.start();
    if !is_here(cmd) {
        return;
    }
    let (Kind::Entrypoint(program), Kind::Cmd(arguments)) = (&entrypoint.kind, &cmd.kind) else { return };
    if matches!(arguments, Form::Exec(words) if words.is_empty()) {
        return;
    }
    let (message, help) = match (program, arguments) {
        (Form::Shell(shell), _) if takes_arguments(shell.text()) => return,
        (Form::Shell(_), _) => (NOT_HANDED_ON.to_owned(), LIST),
        (Form::Exec(words), _) => {
            let Some((first, rest)) = words.split_first() else { return };
            let name = first.text.rsplit('/').next().unwrap_or_default();
            let is_text = matches!(arguments, Form::Shell(_));
            match script(name, rest) {
                Some([script, ..]) if takes_arguments(&script.text) => return,
                Some([_, ..]) => (NOT_HANDED_ON.to_owned(), LIST),
                // `sh -c` runs the first word, and has the others for the arguments of that.
                Some([]) if is_text => (format!("`{name} -c` runs `/bin/sh` alone, which does nothing with this text"), WORDS),
                _ if is_text && gets_all(name, rest) => (format!("`{name}` gets `/bin/sh -c` and this text as its arguments"), WORDS),
                _ => return,
            }
        }
    };
    cx.report(cmd.range, message).help(help).related(entrypoint.range, "the entrypoint");
}

const NOT_HANDED_ON: &str = "the `ENTRYPOINT` runs in a shell, which does not hand the `CMD` on";
const LIST: &str = "Write the `ENTRYPOINT` as a list of words, or put all into one of the two";
const WORDS: &str = "Write the `CMD` as a list of words: `CMD [\"…\"]`";

/// Whether a text for a shell uses the arguments that it is given, which is what `CMD` is behind `sh -c "…"`. An empty one is no
/// entrypoint.
fn takes_arguments(text: &str) -> bool {
    const PARAMETERS: [&str; 8] = ["$@", "$*", "$0", "$1", "${@", "${*", "${0", "${1"];
    text.trim().is_empty() || PARAMETERS.iter().any(|it| text.contains(it))
}

/// The words after the `-c` of a shell, if it is one that has it.
fn script<'w>(name: &str, rest: &'w [Word]) -> Option<&'w [Word]> {
    let is_option = |word: &Word| word.text.starts_with('-') && !word.text.starts_with("--");
    let at = rest.iter().take_while(|word| is_option(word)).position(|word| word.text.contains('c'))?;
    SHELLS.contains(&name).then(|| &rest[at + 1..])
}

/// Whether a program reads all of its arguments itself.
fn gets_all(name: &str, rest: &[Word]) -> bool {
    SERVERS.contains(&name) || (INTERPRETERS.contains(&name) && rest.iter().all(|word| word.text.starts_with('-')))
}

fn acting(instruction: &Instruction) -> &Instruction {
    match &instruction.kind {
        Kind::Onbuild(Some(trigger)) => trigger,
        _ => instruction,
    }
}
