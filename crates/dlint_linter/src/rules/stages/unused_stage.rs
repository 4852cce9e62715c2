//! `unused-stage`: a stage that nothing uses.

use dlint_syntax::text::CompactString;
use dlint_syntax::dockerfile::{Base, Instruction, Kind, Model};
use serde::Deserialize;

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unused-stage",
    summary: "A stage that nothing uses",
    category: Category::Maintainability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/no-unreachable-stages"],
    docs: include_str!("unused_stage.md"),
    on: &[On::Document(document)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The stages that are built by name. Where some are listed, a stage with a name is unused too if neither one of them
    /// nor the last one needs it.
    pub targets: Vec<String>,
}

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, model)) = document.dockerfile() else { return };
    let Some((last, others)) = model.stages.split_last() else { return };
    let config = cx.config;
    let targets = &config.options.unused_stage.targets;
    let is_target = |name: &str| targets.is_empty() || targets.iter().any(|target| target.eq_ignore_ascii_case(name));
    let is_root = |name: &Option<CompactString>| name.as_deref().is_some_and(is_target);
    if others.iter().all(|stage| is_root(&stage.name)) {
        return;
    }
    let mut used = vec![false; model.stages.len()];
    let mut open: Vec<usize> =
        others.iter().filter(|stage| is_root(&stage.name)).map(|stage| stage.index).chain([last.index]).collect();
    while let Some(index) = open.pop() {
        if std::mem::replace(&mut used[index], true) {
            continue;
        }
        let stage = &model.stages[index];
        match stage.base {
            Base::Stage(parent) => open.push(parent),
            // A variable may name a stage.
            Base::Unknown => others.iter().filter(|stage| stage.name.is_some()).for_each(|stage| open.push(stage.index)),
            _ => {}
        }
        for instruction in (StageNode { file, model, stage }).instructions() {
            sources(instruction, model, &mut open);
        }
    }
    for stage in others.iter().filter(|stage| !used[stage.index]) {
        let node = StageNode { file, model, stage };
        let message = match &stage.name {
            Some(name) => format!("nothing uses the stage `{name}`, so that it is not built"),
            None => "nothing uses this stage, so that it is not built".to_owned(),
        };
        let help = match &stage.name {
            Some(_) => "Delete it, or list it in `targets` of `unused-stage` if it is built by its name",
            None => "Delete it, or give it a name with `AS` and copy what is needed from it with `COPY --from`",
        };
        cx.report(node.place(), message).help(help);
    }
}

/// Adds the stages that an instruction copies or mounts from.
fn sources(instruction: &Instruction, model: &Model, open: &mut Vec<usize>) {
    match &instruction.kind {
        Kind::Onbuild(Some(trigger)) => sources(trigger, model, open),
        Kind::Copy(_) | Kind::Add(_) => {
            let from = instruction.flag("from").and_then(|flag| flag.value.as_ref());
            open.extend(from.and_then(|from| model.stage_named(&from.text, true)).map(|stage| stage.index));
        }
        Kind::Run(run) => {
            let from = run.mounts.iter().filter_map(|mount| mount.option(&["from"])?.value.as_ref());
            open.extend(from.filter_map(|from| model.stage_named(&from.text, false)).map(|stage| stage.index));
        }
        _ => {}
    }
}
