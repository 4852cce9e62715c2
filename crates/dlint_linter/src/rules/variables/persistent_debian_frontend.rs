//! `persistent-debian-frontend`: `DEBIAN_FRONTEND` that stays in the image.

use dlint_syntax::dockerfile::{Kind, Origin, Value, Variable};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "persistent-debian-frontend",
    summary: "`DEBIAN_FRONTEND` that stays in the image",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("persistent_debian_frontend.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    // What stays is what holds at the end of the stage that the image is made of.
    let end = node.stage.end.variables.find(NAME).filter(|_| node.stage.is_final);
    let Some(Variable { value: Value::Known(value), origin: Origin::Env(at), .. }) = end else { return };
    let Some(Kind::Env(env)) = node.file.instructions.get(*at).map(|instruction| &instruction.kind) else { return };
    if let Some(pair) = env.pairs.iter().rfind(|pair| pair.key.text == NAME).filter(|_| value.starts_with("non")) {
        cx.report(pair.range, "`DEBIAN_FRONTEND` stays in the image, where `apt-get` then never asks anything")
            .help("Set it for the build only: `ARG DEBIAN_FRONTEND=noninteractive`");
    }
}

const NAME: &str = "DEBIAN_FRONTEND";
