//! `ignored-chown`: `--chown` in an image for Windows, where it has no effect.

use dlint_syntax::dockerfile::Kind;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::shell::is_windows;
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-chown",
    summary: "`--chown` in an image for Windows, where it has no effect",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/windows/no-chown-flag"],
    docs: include_str!("ignored_chown.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if !is_windows(node.file, node.model, node.stage) {
        return;
    }
    for instruction in node.instructions() {
        let Some(flag) = instruction.flag("chown").filter(|_| matches!(instruction.kind, Kind::Copy(_) | Kind::Add(_))) else {
            continue;
        };
        cx.report(flag.range, "`--chown` has no effect in an image for Windows")
            .help("Delete it; where files need other rights, set them with `icacls`");
    }
}
