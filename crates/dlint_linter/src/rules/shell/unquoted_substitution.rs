//! `unquoted-substitution`: the shell splits what a command prints.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::splitting::{Words, words_of};

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
    on: &[On::Command(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    if node.outer().is_some() && !node.run.is_exec() {
        return;
    }
    let words = node.command.words();
    let is_declaration = words.first().is_some_and(|word| ["export", "local", "declare", "readonly", "typeset", "eval"].iter().any(|it| word.is(it)));
    if is_declaration {
        return;
    }
    for part in words.from(1).iter().flat_map(|word| word.parts()) {
        if !part.kind().is_command() || words_of(node, part) == Words::One {
            continue;
        }
        cx.report(part.range(), "each word of what this prints becomes an argument, and nothing none")
            .help("Put it in double quotes, unless the words are meant");
    }
}
