//! `copied-root-directory`: all files of a stage or image, copied over another.

use dlint_syntax::dockerfile::{Base, Instruction, Kind, Source};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "copied-root-directory",
    summary: "All files of a stage or image, copied over another",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3067"],
    docs: include_str!("copied_root_directory.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        let Kind::Copy(copy) = &instruction.kind else { continue };
        let is_root = |text: &str| text.trim_matches('"') == "/";
        let from_root = matches!(&copy.sources[..], [Source::Path(source)] if is_root(&source.text));
        let to_root = copy.destination.as_ref().is_some_and(|it| is_root(&it.text));
        if from_root && to_root && is_from_system(node, instruction) {
            // Upon nothing it makes one layer of many, which is meant so.
            if *node.model.root_base(node.stage) == Base::Scratch {
                return;
            }
            cx.report(instruction.range, "all files are copied over those of the base image")
                .help("Start from that stage, `FROM stage`, or copy only what is needed");
        }
    }
}

/// Whether what is copied is another stage with a system of its own. Images made of a few files, for this very use, are not.
fn is_from_system(node: &StageNode<'_>, instruction: &Instruction) -> bool {
    let name = instruction.flag("from").and_then(|flag| flag.value.as_ref());
    let stage = name.and_then(|name| node.model.stage_named(&name.text, true));
    stage.is_some_and(|stage| stage.index < node.stage.index && matches!(node.model.root_base(stage), Base::Image(_)))
}
