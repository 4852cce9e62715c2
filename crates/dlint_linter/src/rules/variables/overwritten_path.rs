//! `overwritten-path`: a `PATH` without the folders of the system.

use dlint_syntax::dockerfile::{Base, Kind, NothingKnown, expand};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "overwritten-path",
    summary: "A `PATH` without the folders of the system",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("overwritten_path.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for index in node.stage.instructions.clone() {
        let Kind::Env(env) = &node.file.instructions[index].kind else { continue };
        for pair in env.pairs.iter().filter(|pair| pair.key.text == "PATH") {
            let Some(value) = expand(&pair.value, node.file.escape, &NothingKnown).value.known().map(str::to_owned) else { continue };
            let has = |folder: &str| value.split(':').any(|part| part.trim_end_matches('/') == folder);
            if value.is_empty() || value.contains(['\\', ';', '%']) || has("/bin") || has("/usr/bin") {
                continue;
            }
            if *node.model.root_base(node.stage) == Base::Scratch {
                return;
            }
            let help = if value.contains('$') {
                "Write it in double quotes or without any, so that `$PATH` is replaced".to_owned()
            } else {
                format!("Add to what is there: `PATH={value}:$PATH`")
            };
            cx.report(pair.range, "without `$PATH` the programs of the system are no longer found").help(help);
        }
    }
}
