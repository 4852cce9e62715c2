//! `reserved-stage-name`: a stage with a name that has a meaning of its own.

use dlint_syntax::dockerfile::Kind;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "reserved-stage-name",
    summary: "A stage with a name that has a meaning of its own",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3063", "buildkit:ReservedStageName"],
    docs: include_str!("reserved_stage_name.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let Kind::From(from) = &node.stage.from(node.file).kind else { return };
    let Some(name) = &from.name else { return };
    let meaning = match node.stage.name.as_deref() {
        Some("scratch") => "the empty image",
        Some("context") => "the build context",
        _ => return,
    };
    cx.report(name.range, format!("`{}` is the name of {meaning}", name.text)).help("Give the stage another name");
}
