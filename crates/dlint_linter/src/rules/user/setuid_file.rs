//! `setuid-file`: a program that makes whoever starts it another user.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::modes::{MODE_PROGRAMS, ModeGrants, modes};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::severity::Cvss;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "setuid-file",
    summary: "A program gets the setuid bit, which makes whoever starts it its owner",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:4.8"],
    docs: include_str!("setuid_file.md"),
    on: &[On::Program(&MODE_PROGRAMS, command), On::Instruction(instruction)],
};

fn report(place: TextRange, cx: &mut Context<'_>) {
    cx.report(place, "whoever starts this program becomes its owner, which is root unless it was given away")
        .help("Give the program the one capability that it needs (`setcap cap_net_bind_service=+ep FILE`), or \
               start it as root and let it drop that");
}

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let is_in_image = node.run.is_shipped;
    for (place, mode) in node.program.filter(|_| is_in_image).into_iter().flat_map(modes) {
        if ModeGrants::of(&mode).is_some_and(|grants| grants.setuid) {
            report(place, cx);
        }
    }
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    if !matches!(instruction.kind, Kind::Copy(_) | Kind::Add(_)) {
        return;
    }
    let Some(mode) = instruction.flag("chmod").and_then(|flag| flag.value.as_ref()) else { return };
    let is_in_image = StageNode::at(cx.document, instruction.range).is_some_and(|node| node.is_in_image());
    if is_in_image && ModeGrants::of(&mode.text).is_some_and(|grants| grants.setuid) {
        report(mode.range, cx);
    }
}
