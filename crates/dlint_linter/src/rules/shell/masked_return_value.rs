//! `masked-return-value`: `export x=$(command)` succeeds whatever the command does.

use std::borrow::Cow;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;
use crate::scripts::output_may_fail;

/// The rule.
pub const RULE: Rule = Rule {
    name: "masked-return-value",
    summary: "`export x=$(command)` succeeds even if the command fails",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2155"],
    docs: include_str!("masked_return_value.md"),
    on: &[On::Program(&["export", "local", "declare", "readonly", "typeset"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let words = node.command.words();
    let Some(builtin) = words.first().and_then(|word| word.literal()) else { return };
    if !matches!(&*builtin, "export" | "local" | "declare" | "readonly" | "typeset") {
        return;
    }
    let flags: Vec<_> = words.iter().skip(1).take_while(|word| word.text().starts_with('-')).map(|word| word.unquoted()).collect();
    let declared = [&[Cow::Borrowed(&*builtin)], &*flags].concat().join(" ");
    for word in words.from(1).iter() {
        let text = word.unquoted();
        let Some((name, _)) = text.split_once('=').filter(|(name, _)| !name.contains(['$', '`'])) else { continue };
        let substitution = word.all_parts().find(|part| part.kind().is_command());
        let Some(scope) = substitution.and_then(|part| part.scope()).filter(|scope| output_may_fail(*scope)) else { continue };
        let what = scope.commands().last().and_then(|command| command.program()).map_or_else(|| "the command".to_owned(), |program| format!("`{}`", program.name));
        let name = name.trim_end_matches('+');
        cx.report(word.range(), format!("if {what} fails, `{builtin}` succeeds all the same, and `{name}` is \
                                         empty or cut short"))
            .help(match &*builtin {
                // What is assigned before is not in the variable that they make.
                "local" | "declare" | "typeset" => format!("Declare first, then assign: `{declared} {name} && {name}=$(…)`"),
                _ => format!("Assign first, then {builtin}: `{name}=$(…) && {builtin} {name}`"),
            });
    }
}
