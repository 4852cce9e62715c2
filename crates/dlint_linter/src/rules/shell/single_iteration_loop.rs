//! `single-iteration-loop`: a loop over one item that is written out.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::only_items;

/// The rule.
pub const RULE: Rule = Rule {
    name: "single-iteration-loop",
    summary: "A loop over one item",
    category: Category::Maintainability,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2043"],
    docs: include_str!("single_iteration_loop.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for (_, only) in only_items(run) {
        // What several words in quotes mean is told by `quoted-loop-list`.
        if only.literal().is_some_and(|text| !text.contains(char::is_whitespace)) {
            cx.report(only.range(), "there is one item, so that the loop runs once")
                .help("Write the commands without the loop, or add the items that are missing");
        }
    }
}
