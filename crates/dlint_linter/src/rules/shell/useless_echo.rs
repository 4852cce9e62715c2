//! `useless-echo`: `echo $(command)` prints what the command prints, worse.

use dlint_syntax::shell::{Part, PartKind, ScopeKind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "useless-echo",
    summary: "`echo $(command)`, where the command would do",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2005", "shellcheck:SC2116"],
    docs: include_str!("useless_echo.md"),
    on: &[On::Program(&["echo"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let words = node.command.words();
    if words.len() != 2 || !words.first().is_some_and(|word| word.is("echo")) {
        return;
    }
    let Some(argument) = words.get(1) else { return };
    // `echo $(command)`: one substitution and nothing else.
    let mut parts = argument.parts();
    let only = parts.next().filter(|_| parts.next().is_none());
    let inner = only.and_then(|part| match part.kind() {
        PartKind::DoubleQuoted => {
            let mut inner = part.parts();
            inner.next().filter(|_| inner.next().is_none())
        }
        _ => Some(part),
    });
    let is_substitution = inner.is_some_and(|part| part.kind().is_command());
    if is_substitution {
        cx.report(node.command.range(), "`echo` prints what the command would print, and succeeds where it fails")
            .codes(&["shellcheck:SC2005"])
            .help("Run the command itself");
        return;
    }
    // `$(echo "$x")`: all that a substitution does.
    let in_substitution = matches!(node.command.scope().kind(), ScopeKind::CommandSubstitution | ScopeKind::Backticks) && node.command.scope().commands().count() == 1;
    let is_literal = |part: Part<'_>| !part.kind().is_pattern() && part.kind() != PartKind::Escaped;
    // Some shells' `echo` makes a newline of `\n`.
    let is_plain = !argument.text().contains('\\') && argument.all_parts().all(is_literal) && !argument.may_split();
    if in_substitution && is_plain && node.command.redirects().next().is_none() {
        cx.report(node.command.range(), "this is what `echo` is given").codes(&["shellcheck:SC2116"]).help("Write the argument in place of the substitution");
    }
}
