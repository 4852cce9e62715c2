//! `unused-user`: a user is created for the program, which then runs as root.

use dlint_syntax::dockerfile::Kind;
use dlint_syntax::shell::Word;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::stage::{RunsAs, StageNode};
use crate::user::{ADDUSER, USERADD};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unused-user",
    summary: "The image creates a user, and yet runs as root",
    category: Category::Security,
    level: Level::Warning,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:C/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/user-created-but-never-used"],
    docs: include_str!("unused_user.md"),
    on: &[On::Stage(stage)],
};

fn stage<'a>(node: &StageNode<'a>, cx: &mut Context<'a>) {
    if !node.stage.is_final || !matches!(node.runs_as(), RunsAs::Root(..) | RunsAs::Unset) {
        return;
    }
    let runs = cx.runs();
    let mut created: Vec<(Word<'_>, String)> = Vec::new();
    for run in runs.of_chain(node.stage.index) {
        for command in run.nodes().filter(|it| matches!(it.name(), "useradd" | "adduser")) {
            let Some(program) = command.program else { continue };
            let arguments = program.arguments(if program.name == "useradd" { &USERADD } else { &ADDUSER });
            let mut operands = arguments.operands();
            // With two operands `adduser` adds a user to a group.
            if let (Some(word), None) = (operands.next(), operands.next()) {
                created.extend(word.literal().map(|name| (word, name.into_owned())));
            }
        }
    }
    // More than a few are no users of programs.
    for (word, name) in created.into_iter().take(20) {
        if !is_used(node, &name, cx) {
            cx.report(word.range(), format!("the user `{name}` is created, but the image runs as root"))
                .help(format!("End the stage with `USER {name}`, or with the user's number"));
        }
    }
}

/// Whether anything but its creation names the user: `--chown`, `chown`, `su`, a configuration that is written.
fn is_used(node: &StageNode<'_>, name: &str, cx: &Context<'_>) -> bool {
    let chain: Vec<usize> = node.model.chain(node.stage).flat_map(|stage| stage.instructions.clone()).collect();
    let mut mentions = 0;
    for index in chain {
        let instruction = &node.file.instructions[index];
        let text = cx.text(instruction.range);
        let count = text.match_indices(name).filter(|(at, _)| is_word(text, *at, name.len())).count();
        mentions += count;
        if count > 0 && !matches!(instruction.kind, Kind::Run(_)) {
            return true;
        }
    }
    mentions > 1
}

fn is_word(text: &str, at: usize, length: usize) -> bool {
    let boundary = |char: Option<char>| char.is_none_or(|char| !char.is_alphanumeric() && char != '_' && char != '-');
    boundary(text[..at].chars().next_back()) && boundary(text[at + length..].chars().next())
}
