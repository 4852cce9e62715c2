//! `dropped-groups`: naming a group in `USER` takes all others away.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Kind, Value};
use dlint_syntax::shell::{OptionSpec, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::stage::StageNode;
use crate::user::{ADDUSER, USERADD, USERMOD, UserSpec};

/// The rule.
pub const RULE: Rule = Rule {
    name: "dropped-groups",
    summary: "`USER name:group` takes the user's other groups away, to which it was added",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/user-explicit-group-drops-supplementary-groups"],
    docs: include_str!("dropped_groups.md"),
    on: &[On::Stage(stage)],
};

fn stage<'a>(node: &StageNode<'a>, cx: &mut Context<'a>) {
    let Some(user) = node.stage.end.user.as_ref().filter(|_| node.stage.is_final) else { return };
    let Value::Known(text) = &user.value else { return };
    let UserSpec { user: name, group: Some(group) } = UserSpec::new(text) else { return };
    let Kind::User(Some(word)) = &node.file.instructions[user.instruction].kind else { return };
    let runs = cx.runs();
    let commands = runs.of_chain(node.stage.index).flat_map(RunNode::nodes);
    let mut additions = commands.flat_map(|command| added(&command, name));
    if let Some((place, other)) = additions.find(|(_, other)| other != group) {
        let message =
            format!("with `:{group}` the container has that group alone, and not `{other}`, to which `{name}` was added");
        cx.report(word.range, message)
            .help(format!("Write `USER {name}`, which has all of its groups"))
            .related(place, "added here");
    }
}

/// The groups that a command adds a user to, as others beside its own.
fn added(node: &CommandNode<'_, '_>, user: &str) -> Vec<(TextRange, String)> {
    let Some(program) = node.program else { return Vec::new() };
    let literal = |word: Word<'_>| Some((word.range(), word.literal()?.into_owned()));
    match program.name.as_ref() {
        "useradd" | "usermod" => {
            let arguments = program.arguments(if program.name == "useradd" { &USERADD } else { &USERMOD });
            let is_user = arguments.operands().last().is_some_and(|word| word.is(user));
            let values = arguments.values('G', "groups").filter(|value| is_user && !value.text.contains('$'));
            values.flat_map(|value| value.text.split(',').map(|group| (value.range, group.to_owned()))).collect()
        }
        "adduser" | "addgroup" => {
            match &program.arguments(&ADDUSER).operands().collect::<Vec<_>>()[..] {
                [name, group] if name.is(user) => literal(*group).into_iter().collect(),
                _ => Vec::new(),
            }
        }
        "gpasswd" => {
            let spec = OptionSpec::new("adAM", &["add", "delete", "administrators", "members"]);
            let arguments = program.arguments(&spec);
            let adds = arguments.value('a', "add").is_some_and(|value| value.text == user);
            arguments.operands().filter(|_| adds).filter_map(literal).collect()
        }
        _ => Vec::new(),
    }
}
