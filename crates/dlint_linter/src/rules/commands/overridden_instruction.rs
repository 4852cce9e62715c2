//! `overridden-instruction`: a `CMD`, `ENTRYPOINT` or `HEALTHCHECK` that a later one replaces.

use dlint_syntax::{TextRange, TextSize};
use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "overridden-instruction",
    summary: "A `CMD`, `ENTRYPOINT` or `HEALTHCHECK` that a later one replaces",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["hadolint:DL4003", "hadolint:DL4004", "hadolint:DL3012", "buildkit:MultipleInstructionsDisallowed", "trivy:DS-0007", "trivy:DS-0016", "trivy:DS-0023", "kics:Multiple CMD Instructions Listed", "kics:Multiple ENTRYPOINT Instructions Listed", "semgrep:multiple-cmd-instructions", "semgrep:multiple-entrypoint-instructions", "dockerfile-utils:MULTIPLE_INSTRUCTIONS"],
    docs: include_str!("overridden_instruction.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let mut last: [Option<&Instruction>; 3] = [None; 3];
    for index in node.stage.instructions.clone().rev() {
        let instruction = &node.file.instructions[index];
        let which = match instruction.kind {
            Kind::Cmd(_) => 0,
            Kind::Entrypoint(_) => 1,
            Kind::Healthcheck(_) => 2,
            _ => continue,
        };
        let codes: &[&str] = [&["hadolint:DL4003"], &["hadolint:DL4004"], &["hadolint:DL3012"]][which];
        let Some(later) = last[which] else {
            last[which] = Some(instruction);
            continue;
        };
        let name = instruction.name();
        let rest = &cx.document.text()[usize::from(instruction.range.end())..];
        let newline = if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with('\n')) };
        let lines = TextRange::new(instruction.range.start(), instruction.range.end() + TextSize::new(newline));
        cx.report(instruction.range, format!("a later `{name}` of the stage replaces this one"))
            .help(format!("Delete it, or make one `{name}` of the two"))
            .codes(codes)
            .related(later.range, "this one counts")
            .unsafe_fix("Delete it", Edit::delete(lines));
    }
}
