//! `chown-after-copy`: every copied file is stored a second time, for its owner.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "chown-after-copy",
    summary: "Copied files are stored twice, as their owner or mode is changed later",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("chown_after_copy.md"),
    on: &[On::Program(&["chown", "chgrp", "chmod"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let flag = match node.name() {
        "chown" | "chgrp" => "--chown",
        "chmod" => "--chmod",
        _ => return,
    };
    let Some(program) = node.program.filter(|_| node.run.is_shipped && !node.run.is_trigger) else { return };
    let is_recursive = program.words.iter().any(|word| {
        let text = word.unquoted();
        text == "--recursive" || (text.starts_with('-') && !text.starts_with("--") && text.contains('R'))
    });
    // A single file, be it a script that is made executable, is not worth a word.
    if !is_recursive {
        return;
    }
    // The first operand is the owner or the mode.
    let operands = program.words.iter().filter(|word| !word.text().starts_with('-')).skip(1);
    let runs = cx.runs();
    for word in operands {
        let Some(path) = node.value(word).and_then(|text| node.run.absolute(&text)) else { continue };
        let path = path.trim_end_matches('/').trim_end_matches("/*");
        let copied = runs
            .copies_of_chain(node.run.stage.index)
            .filter(|copy| copy.at < node.run.at && copy.instruction.flag(flag.trim_start_matches('-')).is_none())
            .find(|copy| copy.places.iter().any(|place| place == path || is_within(place, path)));
        let Some(copy) = copied.filter(|_| !path.is_empty()) else { continue };
        let message = format!("`{}` stores everything that was copied there a second time", node.name());
        cx.report(node.command.range(), message)
            .related(copy.instruction.range, "copied here")
            .help(format!("Use `{} {flag}=…`", copy.instruction.name()));
        return;
    }
}

fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
