//! `status-test`: `$?` is compared, where the command itself could be the condition.

use dlint_syntax::shell::PartKind;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "status-test",
    summary: "`$?` is compared, where the command itself could be the condition",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2181"],
    docs: include_str!("status_test.md"),
    on: &[On::Program(&["[", "test"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let words = node.command.words();
    let Some(name) = words.first().and_then(|word| word.literal()) else { return };
    let operands: Vec<_> = words.from(1).iter().filter(|word| !word.is("]")).collect();
    let [left, operator, right] = &operands[..] else { return };
    let is_test = matches!(&*name, "[" | "test");
    let compares = ["-eq", "-ne", "=", "!=", "=="].iter().any(|it| operator.is(it));
    let is_status = left.all_parts().any(|part| part.kind() == PartKind::Parameter && part.parameter().is_some_and(|it| it.name() == "?"));
    if is_test && compares && is_status && right.is("0") {
        cx.report(node.command.range(), "any command between the two, even `echo`, changes `$?`")
            .help("Make the command the condition: `if command; then`, `command || …`");
    }
}
