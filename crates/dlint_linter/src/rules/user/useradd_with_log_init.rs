//! `useradd-with-log-init`: a user with a high number makes `lastlog` and `faillog` huge.

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::user::USERADD;

/// The rule.
pub const RULE: Rule = Rule {
    name: "useradd-with-log-init",
    summary: "`useradd` with a high number and without `--no-log-init` makes huge log files",
    category: Category::Efficiency,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["hadolint:DL3046"],
    docs: include_str!("useradd_with_log_init.md"),
    on: &[On::Program(&["useradd"], command)],
};

/// From here on the logs, which have some 300 bytes for each number up to the highest, are larger than what most images
/// hold.
const HIGH: u64 = 100_000;

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program.filter(|program| program.name == "useradd") else { return };
    let arguments = program.arguments(&USERADD);
    if arguments.has('l', "no-log-init") || arguments.may_hide_options() {
        return;
    }
    let Some(uid) = arguments.value('u', "uid") else { return };
    if uid.text.parse::<u64>().is_ok_and(|number| number >= HIGH) {
        let size = uid.text.parse::<u64>().unwrap_or(HIGH).saturating_mul(292) / 1_000_000;
        cx.report(uid.range, format!("with the user number {} `lastlog` becomes a file of {size} MB, which the \
                                      layer may hold in full", uid.text))
            .safe_fix("Add `--no-log-init`", Edit::insert(program.word.range().end(), " --no-log-init"));
    }
}
