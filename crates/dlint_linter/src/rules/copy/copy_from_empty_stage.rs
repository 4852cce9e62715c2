//! `copy-from-empty-stage`: a copy out of a stage that has no files.

use dlint_syntax::dockerfile::{Base, Instruction, Kind, Source};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::MAX_OTHERS;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "copy-from-empty-stage",
    summary: "A copy out of a stage that has no files",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/copy-from-empty-scratch-stage"],
    docs: include_str!("copy_from_empty_stage.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Some(from) = instruction.flag("from").and_then(|flag| flag.value.as_ref()) else { return };
    let Kind::Copy(copy) = &instruction.kind else { return };
    let Some(here) = StageNode::at(cx.document, instruction.range) else { return };
    let model = here.model;
    let Some(stage) = model.stage_named(&from.text, true).filter(|stage| stage.index < here.stage.index) else { return };
    if *model.root_base(stage) != Base::Scratch {
        return;
    }
    // All of nothing can be copied, as can what a pattern finds.
    let is_nothing = |source: &Source| {
        let Source::Path(word) = source else { return false };
        word.text.split('/').all(|part| matches!(part, "" | ".")) || word.text.contains(['*', '?', '['])
    };
    if copy.sources.iter().any(is_nothing) {
        return;
    }
    let mut seen = 0;
    for stage in model.chain(stage) {
        for instruction in (StageNode { stage, ..here }).instructions() {
            seen += 1;
            let makes_files = matches!(
                instruction.kind,
                Kind::Copy(_) | Kind::Add(_) | Kind::Run(_) | Kind::Workdir(_) | Kind::Onbuild(_) | Kind::Unknown
            );
            if makes_files || seen > MAX_OTHERS {
                return;
            }
        }
    }
    let place = stage.from(here.file).range;
    cx.report(from.range, format!("the stage `{}` is made from `scratch` and nothing is copied into it, so that it has no files", from.text))
        .help("Copy the files into that stage first, or copy them from the stage that has them")
        .related(place, "this is the stage");
}
