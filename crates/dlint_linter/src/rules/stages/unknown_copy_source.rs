//! `unknown-copy-source`: `COPY --from` of what is no stage, and hardly an image.

use dlint_syntax::dockerfile::Instruction;
use dlint_syntax::suggest::nearest;

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-copy-source",
    summary: "`COPY --from` of what is no stage, and hardly an image",
    category: Category::Correctness,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["hadolint:DL3022"],
    docs: include_str!("unknown_copy_source.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Some(value) = instruction.flag("from").and_then(|flag| flag.value.as_ref()) else { return };
    let name = &value.text;
    if name.is_empty() || name.contains(['/', ':', '.', '@', '$']) {
        return;
    }
    let Some(here) = StageNode::at(cx.document, instruction.range) else { return };
    if here.model.stage_named(name, true).is_some() {
        return;
    }
    let names = here.model.stages.iter().take(here.stage.index.min(100)).filter_map(|stage| stage.name.as_deref());
    let near = nearest(&name.to_ascii_lowercase(), names).map(str::to_owned);
    let mut report = cx.report(value.range, format!("no stage has the name `{name}`, so that it is an image or a build context"));
    match near {
        Some(near) => report
            .help(format!("Did you mean the stage `{near}`?"))
            .unsafe_fix(format!("Write `{near}`"), Edit::replace(value.range, near.clone())),
        None => report.help("Name a stage, or write the image with its tag"),
    };
}
