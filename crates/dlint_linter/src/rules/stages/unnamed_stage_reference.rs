//! `unnamed-stage-reference`: a stage that is taken by its number.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unnamed-stage-reference",
    summary: "A stage that is taken by its number",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["kics:Using Unnamed Build Stages"],
    docs: include_str!("unnamed_stage_reference.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Some(value) = instruction.flag("from").and_then(|flag| flag.value.as_ref()) else { return };
    if value.text.is_empty() || !value.text.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let Some(here) = StageNode::at(cx.document, instruction.range) else { return };
    // A trigger takes the stage of the file that starts from the image.
    let after = here.file.instructions.partition_point(|it| it.range.start() <= instruction.range.start());
    if here.file.instructions[..after].last().is_some_and(|it| matches!(it.kind, Kind::Onbuild(_))) {
        return;
    }
    let Some(stage) = here.model.stage_named(&value.text, true).filter(|stage| stage.index < here.stage.index) else { return };
    let name = stage.name.as_deref();
    // Another stage of that name may be the one that counts.
    let name = name.filter(|name| here.model.stage_named(name, false).is_some_and(|it| it.index == stage.index));
    let from = stage.from(here.file).range;
    let mut report = cx.report(value.range, format!("stage `{}` is another one as soon as a stage is added above", value.text));
    report.related(from, "this is the stage");
    match name {
        Some(name) => report
            .help(format!("Name it: `--from={name}`"))
            .safe_fix(format!("Write `{name}`"), Edit::replace(value.range, name)),
        None => report.help("Give the stage a name, `FROM … AS name`, and use that"),
    };
}
