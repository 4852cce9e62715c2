//! `relative-copy-destination`: a relative destination without a working directory.

use dlint_syntax::dockerfile::{Base, Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "relative-copy-destination",
    summary: "A relative destination without a working directory",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3045"],
    docs: include_str!("relative_copy_destination.md"),
    on: &[On::Stage(stage)],
};

/// Images that set no working directory, so that it is `/`.
///
/// Source: their Dockerfiles.
const WITHOUT_WORKDIR: [&str; 16] = [
    "alpine", "debian", "ubuntu", "busybox", "fedora", "centos", "rockylinux", "almalinux", "amazonlinux", "archlinux", "node", "python",
    "ruby", "nginx", "openjdk", "eclipse-temurin",
];

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let copies = |kind: &Kind| matches!(kind, Kind::Copy(_) | Kind::Add(_));
    if !node.stage.instructions.clone().any(|index| copies(&node.file.instructions[index].kind)) {
        return;
    }
    let base = match node.model.root_base(node.stage) {
        Base::Image(text) => {
            let name = Reference::new(text).familiar_name();
            match WITHOUT_WORKDIR.into_iter().find(|it| *it == name) {
                Some(name) => name,
                None => return,
            }
        }
        _ => return,
    };
    // What an ancestor or its triggers set holds here.
    if let Base::Stage(parent) = node.stage.base
        && let Some(parent) = node.model.stages.get(parent)
        && (parent.end.workdir.is_some() || !parent.end.triggers.is_empty())
    {
        return;
    }
    for index in node.stage.instructions.clone() {
        let instruction = &node.file.instructions[index];
        match &instruction.kind {
            Kind::Workdir(_) => return,
            Kind::Copy(_) | Kind::Add(_) => look(instruction, base, cx),
            _ => {}
        }
    }
}

fn look(instruction: &Instruction, base: &str, cx: &mut Context<'_>) {
    let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { return };
    let Some(destination) = &copy.destination else { return };
    let text = destination.text.trim_matches(['"', '\'']);
    let is_drive = text.as_bytes().get(1) == Some(&b':');
    if text.is_empty() || text.starts_with(['/', '\\', '$']) || is_drive {
        return;
    }
    let below = match text.trim_start_matches("./").trim_start_matches("../") {
        "." | ".." => "",
        below => below,
    };
    cx.report(destination.range, format!("no `WORKDIR` is set, so that this goes into the root directory of `{base}`"))
        .help(format!("Set a `WORKDIR` before it, or say where to: `/{below}`"));
}
