//! `world-writable-path`: everybody may write a file or folder.

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
    name: "world-writable-path",
    summary: "Everybody in the container may write a file or folder",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/world-writable-state-path-workaround"],
    docs: include_str!("world_writable_path.md"),
    on: &[On::Program(&MODE_PROGRAMS, command), On::Instruction(instruction)],
};

const HELP: &str = "Give it to the user that writes it: `chown USER PATH`, or `--chown` in `COPY`; a group's rights (`chmod g=u`) \
                    do where the user's number is not known";

fn report(place: TextRange, mode: &str, cx: &mut Context<'_>) {
    cx.report(place, format!("with the mode `{mode}` every program in the container may change this")).help(HELP);
}

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let is_in_image = node.run.is_shipped;
    // With the sticky bit only the owner of a file can remove it, as in `/tmp`.
    let is_scratch = |text: &str| ["/tmp", "/var/tmp", "/dev/"].iter().any(|place| text.starts_with(place));
    let words = node.program.into_iter().flat_map(|program| program.words.iter());
    let mut paths = words.map(|word| word.unquoted()).filter(|text| text.starts_with('/')).peekable();
    let only_scratch = paths.peek().is_some() && paths.all(|text| is_scratch(&text));
    for (place, mode) in node.program.filter(|_| is_in_image && !only_scratch).into_iter().flat_map(modes) {
        if ModeGrants::of(&mode).is_some_and(|grants| grants.world_writable && !grants.sticky) {
            report(place, &mode, cx);
        }
    }
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    if !matches!(instruction.kind, Kind::Copy(_) | Kind::Add(_)) {
        return;
    }
    let Some(mode) = instruction.flag("chmod").and_then(|flag| flag.value.as_ref()) else { return };
    let is_in_image = StageNode::at(cx.document, instruction.range).is_some_and(|node| node.is_in_image());
    if is_in_image && ModeGrants::of(&mode.text).is_some_and(|grants| grants.world_writable && !grants.sticky) {
        report(mode.range, &mode.text, cx);
    }
}
