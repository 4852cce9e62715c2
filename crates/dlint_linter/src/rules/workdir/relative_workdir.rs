//! `relative-workdir`: a `WORKDIR` that hangs on the base image.

use dlint_syntax::dockerfile::{Base, Kind, NothingKnown, expand};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "relative-workdir",
    summary: "A `WORKDIR` that hangs on the base image",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3000", "buildkit:WorkdirRelativePath", "trivy:DS-0009", "checkov:CKV_DOCKER_10", "kics:WORKDIR Path Not Absolute", "semgrep:use-absolute-workdir", "dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE"],
    docs: include_str!("relative_workdir.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if let Base::Stage(parent) = node.stage.base
        && node.model.stages.get(parent).is_some_and(|it| it.end.workdir.is_some() || !it.end.triggers.is_empty())
    {
        return;
    }
    // Nothing has no working directory but `/`.
    if *node.model.root_base(node.stage) == Base::Scratch {
        return;
    }
    // Only the first of a chain: a later one is relative to what is known.
    let first = node.stage.instructions.clone().find_map(|index| match &node.file.instructions[index].kind {
        Kind::Workdir(path) => Some(path.as_ref()),
        _ => None,
    });
    let Some(Some(path)) = first else { return };
    let value = expand(path, node.file.escape, &NothingKnown).value;
    let Some(text) = value.known() else { return };
    let is_drive = text.as_bytes().get(1) == Some(&b':');
    if text.is_empty() || text.starts_with(['/', '\\']) || is_drive {
        return;
    }
    let help = match text.strip_prefix('~') {
        Some(below) => format!("No shell reads this, so that `~` is a folder of that name: write the whole path, such as `/root{below}`"),
        None => format!("Write the whole path: `/{}`", text.trim_start_matches("./").trim_end_matches('.')),
    };
    cx.report(path.range, format!("`{text}` is in whatever working directory the base image has")).help(help);
}
