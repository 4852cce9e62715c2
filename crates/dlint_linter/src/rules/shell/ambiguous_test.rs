//! `ambiguous-test`: `-a` and `-o` in `[ … ]`.

use dlint_syntax::shell::Word;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ambiguous-test",
    summary: "`-a` or `-o` in `[ … ]`, which shells read in different ways",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2166"],
    docs: include_str!("ambiguous_test.md"),
    on: &[On::Program(&["[", "test"], command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let words = node.command.words();
    if !words.first().is_some_and(|word| word.is("[") || word.is("test")) {
        return;
    }
    // `[ -a file ]` and `[ -o option ]` ask something else; between two conditions it is at least the third word.
    let arguments: Vec<_> = words.from(1).iter().collect();
    let opens = |word: &Word<'_>| ["!", "(", "=", "==", "!="].contains(&word.text());
    let joins = arguments.iter().enumerate().find(|(index, word)| *index >= 1 && !opens(&arguments[*index - 1]) && *index + 1 < arguments.len() && (word.is("-a") || word.is("-o")) && !word.is_quoted());
    if let Some((_, word)) = joins {
        let operator = if word.is("-a") { "&&" } else { "||" };
        cx.report(word.range(), format!("POSIX has given up `{}`: with some operands shells take it for \
                                         something else", word.text()))
            .help(format!("Write two tests: `[ … ] {operator} [ … ]`"));
    }
}
