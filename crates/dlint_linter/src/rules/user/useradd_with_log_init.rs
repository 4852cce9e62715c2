//! `useradd-with-log-init`: a user with a high number makes `lastlog` and `faillog` huge.

use crate::diagnostic::{Category, Level};
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::stage::StageNode;
use crate::user::USERADD;

/// The rule.
pub const RULE: Rule = Rule {
    name: "useradd-with-log-init",
    summary: "`useradd` with a high number and without `--no-log-init` makes huge log files",
    category: Category::Efficiency,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
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
    let base = StageNode { file: node.run.file, model: node.run.model, stage: node.run.stage }.base_image();
    if base.is_some_and(|image| leaves_logs_alone(&image)) {
        return;
    }
    let Some(uid) = arguments.value('u', "uid") else { return };
    if uid.text.parse::<u64>().is_ok_and(|number| number >= HIGH) {
        let size = uid.text.parse::<u64>().unwrap_or(HIGH).saturating_mul(292) / 1_000_000;
        let edit = node.add_after(cx.document.text(), program.word, "--no-log-init");
        let mut report = cx.report(
            uid.range,
            format!("with the user number {} `lastlog` becomes a file of {size} MB, which the layer may hold in full", uid.text),
        );
        report.help("Add `--no-log-init`, which only shadow 4.13 and later (Debian 12, Ubuntu 24.04) can do without");
        if let Some(edit) = edit {
            report.safe_fix("Add `--no-log-init`", edit);
        }
    }
}

/// Whether the shadow of an image is known to leave the logs alone: 4.13 does not make entries that are only empty.
///
/// Source: shadow's changes of 4.13 ("useradd: Do not reset non-existent data in {last,fail}log"); the packages of the distributions.
fn leaves_logs_alone(image: &Reference<'_>) -> bool {
    let tag = image.tag.unwrap_or_default();
    let words = ["alpine", "bookworm", "trixie", "noble", "oracular", "plucky"];
    let number = |text: &str| text.split(|char: char| !char.is_ascii_digit()).next().and_then(|it| it.parse::<u32>().ok());
    words.iter().any(|word| tag.contains(word))
        || match image.familiar_name() {
            "alpine" => true,
            "debian" => number(tag).is_some_and(|major| major >= 12),
            "ubuntu" => number(tag).is_some_and(|major| major >= 24),
            "fedora" => number(tag).is_some_and(|major| major >= 38),
            _ => false,
        }
}
