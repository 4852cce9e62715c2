//! `unquoted-substitution`: the shell splits what a command prints.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::splitting::{Splitter, Words};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unquoted-substitution",
    summary: "The output of a command without quotes, which the shell splits and expands",
    category: Category::Correctness,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2046"],
    docs: include_str!("unquoted_substitution.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let splitter = Splitter::new(run);
    for node in run.nodes().filter(|node| node.outer().is_none() || run.is_exec()) {
        let words = node.command.words();
        let first = words.first().map(|word| word.text());
        if matches!(first, Some("export" | "local" | "declare" | "readonly" | "typeset" | "eval")) {
            continue;
        }
        for part in words.from(1).iter().flat_map(|word| word.parts()).filter(|part| part.kind().is_command()) {
            if splitter.words(node.command, part) != Words::One {
                cx.report(part.range(), "each word of what this prints becomes an argument, and nothing none")
                    .help("Put it in double quotes, unless the words are meant");
            }
        }
    }
}
