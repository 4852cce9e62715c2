//! `deprecated-grep`: `egrep` and `fgrep` complain when they are called.

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-grep",
    summary: "`egrep` or `fgrep`, which GNU grep has given up",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["shellcheck:SC2196", "shellcheck:SC2197"],
    docs: include_str!("deprecated_grep.md"),
    on: &[On::Program(&["egrep", "fgrep"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(program) = node.program else { return };
    let (instead, codes): (_, &[&str]) = match program.word.text() {
        "egrep" => ("grep -E", &["shellcheck:SC2196"]),
        "fgrep" => ("grep -F", &["shellcheck:SC2197"]),
        _ => return,
    };
    let name = program.word.text();
    cx.report(program.word.range(), format!("since version 3.8 GNU's `{name}` warns whenever it is called, and \
                                             is going to vanish"))
        .codes(codes)
        .safe_fix(format!("Write `{instead}`"), Edit::replace(program.word.range(), instead));
}
