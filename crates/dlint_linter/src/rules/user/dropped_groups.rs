//! `dropped-groups`: naming a group in `USER` takes all others away.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Kind, Value};
use dlint_syntax::shell::OptionSpec;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::stage::StageNode;
use crate::user::UserSpec;

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
    aliases: &["tally:user-explicit-group-drops-supplementary-groups"],
    docs: include_str!("dropped_groups.md"),
    on: &[On::Stage(stage)],
};

fn stage<'a>(node: &StageNode<'a>, cx: &mut Context<'a>) {
    let Some(user) = node.stage.end.user.as_ref().filter(|_| node.stage.is_final) else { return };
    let Value::Known(text) = &user.value else { return };
    let UserSpec { user: name, group: Some(group) } = UserSpec::new(text) else { return };
    let Kind::User(Some(word)) = &node.file.instructions[user.instruction].kind else { return };
    let runs = cx.runs();
    let additions: Vec<(TextRange, String)> = runs.of_chain(node.stage).flat_map(|run| run.nodes().flat_map(|it| added(&it, name)).collect::<Vec<_>>()).collect();
    if let Some((place, other)) = additions.into_iter().find(|(_, other)| other != group) {
        cx.report(word.range, format!("with `:{group}` the container has that group alone, and not `{other}`, to which `{name}` was added"))
            .help(format!("Write `USER {name}`, which has all of its groups"))
            .related(place, "added here");
    }
}

/// The groups that a command adds a user to, as others beside its own.
fn added(node: &CommandNode<'_, '_>, user: &str) -> Vec<(TextRange, String)> {
    let Some(program) = node.program else { return Vec::new() };
    let operands = |spec: &OptionSpec| program.arguments(spec).operands().collect::<Vec<_>>();
    match program.name.as_ref() {
        "useradd" | "usermod" => {
            let arguments = program.arguments(&OptionSpec::new("bcdefgGkKpRPsuZ", &["comment", "home-dir", "home", "gid", "groups", "password", "shell", "uid"]));
            let is_user = arguments.operands().last().is_some_and(|word| word.is(user));
            let groups = arguments.values('G', "groups").filter(|_| is_user);
            groups.flat_map(|value| value.text.split(',').map(|group| (value.range, group.to_owned())).collect::<Vec<_>>()).filter(|(_, group)| !group.contains('$')).collect()
        }
        "adduser" | "addgroup" => match &operands(&OptionSpec::new("hgsGkuo", &["home", "gecos", "shell", "ingroup", "uid", "gid"]))[..] {
            [name, group] if name.is(user) => group.literal().map(|text| (group.range(), text.into_owned())).into_iter().collect(),
            _ => Vec::new(),
        },
        "gpasswd" => {
            let arguments = program.arguments(&OptionSpec::new("adAM", &["add", "delete", "administrators", "members"]));
            let adds = arguments.value('a', "add").is_some_and(|value| value.text == user);
            arguments.operands().filter(|_| adds).filter_map(|group| Some((group.range(), group.literal()?.into_owned()))).collect()
        }
        _ => Vec::new(),
    }
}
