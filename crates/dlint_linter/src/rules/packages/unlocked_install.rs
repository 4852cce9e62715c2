//! `unlocked-install`: a lock file is copied, and the command does not keep to it.

use dlint_syntax::dockerfile::{Kind, Source};

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Lock};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, MAX_OTHERS, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unlocked-install",
    summary: "An install that may change the lock file that it is given",
    category: Category::Reproducibility,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/ruby/missing-bundle-deployment"],
    docs: include_str!("unlocked_install.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    let Some(lock) = &call.manager.lock else { return };
    if call.action != Action::Sync
        || lock.subcommands.contains(&call.subcommand)
        || lock.frozen.holds(node, call, cx)
        || call.may_hide_options(|word| node.value(word))
    {
        return;
    }
    let Some((file, place)) = copied_lock(node.run, lock) else { return };
    let message = format!("`{}` may install other versions than `{file}` says", call.title());
    cx.report(call.range, message)
        .related(place, "the lock file is copied here")
        .help(format!("Run `{}`, which fails where the two do not agree", lock.instead));
}

/// The lock file that an instruction before a `RUN` copies from the context, by its name.
fn copied_lock(run: &RunNode<'_>, lock: &Lock) -> Option<(&'static str, dlint_syntax::TextRange)> {
    for at in (run.stage.instructions.start..run.at).rev().take(MAX_OTHERS) {
        let instruction = &run.file.instructions[at];
        let Kind::Copy(copy) = &instruction.kind else { continue };
        if instruction.flag("from").is_some() {
            continue;
        }
        for source in &copy.sources {
            let Source::Path(path) = source else { continue };
            let name = path.text.rsplit('/').next().unwrap_or(&path.text).trim_end_matches('*');
            if let Some(file) = lock.files.iter().find(|file| **file == name) {
                return Some((file, path.range));
            }
        }
    }
    None
}
