//! `useless-cat`: a file is piped into a program that could read it itself.

use dlint_syntax::shell::Operator;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "useless-cat",
    summary: "`cat FILE |`, where the program could read the file itself",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2002"],
    docs: include_str!("useless_cat.md"),
    on: &[On::Program(&["cat"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let command = node.command;
    let words = command.words();
    let is_cat = words.len() == 2 && words.first().is_some_and(|word| word.is("cat")) && command.redirects().next().is_none();
    if !is_cat || command.position() != 0 || command.operator() != Operator::Pipe {
        return;
    }
    let Some(file) = words.get(1) else { return };
    // Several files, or none, become one stream only with `cat`.
    let may_be_several = file.may_split() || file.literal().is_none_or(|text| text.starts_with('-')) && !file.is_quoted();
    if !may_be_several {
        cx.report(command.range().cover(command.operator_range()), "the next program can read this file itself, and then a missing file is an error")
            .help(format!("Name the file as an argument, or write `< {}`", file.text()));
    }
}
