//! `root-owned-copy`: what is copied after `USER` still belongs to root.

use dlint_syntax::dockerfile::{Kind, Value};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;
use crate::user::UserSpec;

/// The rule.
pub const RULE: Rule = Rule {
    name: "root-owned-copy",
    summary: "`COPY` or `ADD` after `USER`, which belongs to root all the same",
    category: Category::Correctness,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/copy-after-user-without-chown"],
    docs: include_str!("root_owned_copy.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let own = node.stage.instructions.clone();
    if node.stage.end.user.is_none() {
        return;
    }
    let mut user = node.model.before(node.file, own.start).and_then(|state| state.user).map(|user| user.value);
    for index in own {
        let instruction = &node.file.instructions[index];
        match &instruction.kind {
            Kind::User(Some(word)) => {
                user = Some(dlint_syntax::dockerfile::expand(word, node.file.escape, &node.stage.end.variables).value);
            }
            Kind::Copy(copy) | Kind::Add(copy) if instruction.flag("chown").is_none() => {
                let Some(Value::Known(name)) = &user else { continue };
                let destination = copy.destination.as_ref().map(|word| word.text.as_str());
                if UserSpec::new(name).is_root() || is_handed_over_later(node, index, destination) {
                    continue;
                }
                cx.report(instruction.keyword.range, format!("what this copies belongs to root, although \
                                                             `{name}` is the user here"))
                    .help(format!("If `{name}` is to own it, add `--chown={name}`; if not, move it above `USER`"));
            }
            _ => {}
        }
    }
}

/// Whether a later `RUN` of the stage mentions `chown` and the destination or a folder above it.
fn is_handed_over_later(node: &StageNode<'_>, copied: usize, destination: Option<&str>) -> bool {
    let Some(destination) = destination else { return true };
    let later = &node.file.instructions[copied + 1..node.stage.instructions.end];
    later.iter().any(|instruction| {
        let Kind::Run(run) = &instruction.kind else { return false };
        let dlint_syntax::dockerfile::Form::Shell(text) = &run.form else { return false };
        text.script().commands_deep().filter_map(|command| command.program()).any(|program| {
            program.name == "chown" && program.words.iter().any(|word| destination.starts_with(word.unquoted().trim_end_matches('/')))
        })
    })
}
