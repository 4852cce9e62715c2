//! `named-user`: an orchestrator cannot tell whether a user that has a name is root.

use dlint_syntax::dockerfile::{Kind, Value};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;
use crate::user::UserSpec;

/// The rule.
pub const RULE: Rule = Rule {
    name: "named-user",
    summary: "The image's user has a name, where a number could be checked",
    category: Category::Maintainability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3066"],
    docs: include_str!("named_user.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let Some(user) = node.stage.end.user.as_ref().filter(|_| node.stage.is_final) else { return };
    let Value::Known(name) = &user.value else { return };
    let spec = UserSpec::new(name);
    let instruction = &node.file.instructions[user.instruction];
    let instruction = match &instruction.kind {
        Kind::Onbuild(Some(trigger)) => trigger,
        _ => instruction,
    };
    let Kind::User(Some(word)) = &instruction.kind else { return };
    // Who is root by name is root for every orchestrator, and Windows has no numbers.
    if spec.is_root() || spec.user.is_empty() || spec.user.bytes().all(|byte| byte.is_ascii_digit()) || spec.user.starts_with("Container") {
        return;
    }
    cx.report(word.range, format!("Kubernetes cannot tell whether the user `{}` is root, and with \
                                   `runAsNonRoot` refuses the image", spec.user))
        .help("Write the user's number: `USER 1000`");
}
