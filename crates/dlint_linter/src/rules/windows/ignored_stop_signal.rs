//! `ignored-stop-signal`: `STOPSIGNAL` in an image for Windows, where it has no effect.

use dlint_syntax::dockerfile::Kind;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::shell::is_windows;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-stop-signal",
    summary: "`STOPSIGNAL` in an image for Windows, where it has no effect",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/windows/no-stopsignal"],
    docs: include_str!("ignored_stop_signal.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if !is_windows(node.file, node.model, node.stage) {
        return;
    }
    for instruction in node.instructions().filter(|it| matches!(it.kind, Kind::Stopsignal(_))) {
        cx.report(instruction.range, "`STOPSIGNAL` has no effect in an image for Windows, which has no signals")
            .help("Delete it");
    }
}
