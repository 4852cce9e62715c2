//! `shell-syntax-in-exec-form`: something that only a shell would understand, in a command that is started without one.

use dlint_syntax::dockerfile::{Form, Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::exec_form::{Fault, fault};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shell-syntax-in-exec-form",
    summary: "Something that only a shell would understand, in a command that is started without one",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("shell_syntax_in_exec_form.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let form = match &instruction.kind {
        Kind::Run(run) => &run.form,
        Kind::Cmd(form) | Kind::Entrypoint(form) => form,
        _ => return,
    };
    let Form::Exec(words) = form else { return };
    let Some(fault) = fault(words) else { return };
    // With an entrypoint, the words are that one's arguments.
    if matches!(instruction.kind, Kind::Cmd(_))
        && StageNode::at(cx.document, instruction.range).is_none_or(|node| node.stage.end.entrypoint.is_some())
    {
        return;
    }
    let keyword = instruction.name();
    let (word, message, help) = match fault {
        Fault::Sentence(word) => {
            let message = format!("`{keyword}` looks for a program of the name `{}`", shorten(&word.text));
            (word, message, "Write each word on its own: `[\"program\", \"argument\"]`")
        }
        Fault::Operator(word) => {
            let message = format!("no shell runs here, so that `{}` is an argument of the program", shorten(&word.text));
            (word, message, "Leave the brackets out, or start a shell: `[\"sh\", \"-c\", \"…\"]`")
        }
        Fault::Substitution(word) => {
            let message = format!("no shell runs here, so that `{}` is not replaced", shorten(&word.text));
            (word, message, "Leave the brackets out, or start a shell: `[\"sh\", \"-c\", \"exec …\"]`")
        }
        Fault::Variable(word, name) => {
            let message = format!("no shell runs here, so that `${}` is not replaced", shorten(name));
            (word, message, "Leave the brackets out, or start a shell: `[\"sh\", \"-c\", \"exec …\"]`")
        }
    };
    cx.report(word.range, message).help(help);
}
