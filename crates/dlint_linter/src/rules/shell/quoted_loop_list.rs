//! `quoted-loop-list`: a list in quotes, which a loop takes for one item.

use dlint_syntax::shell::Part;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::only_items;
use crate::splitting::{Splitter, Words};

/// The rule.
pub const RULE: Rule = Rule {
    name: "quoted-loop-list",
    summary: "A list in quotes, which a loop takes for one item",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["shellcheck:SC2066", "shellcheck:SC2041"],
    docs: include_str!("quoted_loop_list.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let splitter = Splitter::new(run);
    for (command, only) in only_items(run) {
        let mut parts = only.parts();
        let Some(quotes) = parts.next().filter(|it| it.kind().is_quotes() && parts.next().is_none()) else { continue };
        let (message, codes): (_, &[&str]) = if is_list(quotes, |part| splitter.words(command, part) == Words::One) {
            ("the quotes make one item of the list, so that the loop runs once", &["shellcheck:SC2066"])
        } else if only.literal().is_some_and(|text| text.trim().contains(char::is_whitespace)) {
            ("the quotes make one item of these words, so that the loop runs once", &["shellcheck:SC2041"])
        } else {
            continue;
        };
        cx.report(quotes.range(), message).codes(codes).help("Leave the quotes out, or loop over `\"$@\"` after `set --`");
    }
}

/// Whether what stands in quotes is the output of a command or a variable, and not several words by itself.
fn is_list<'a>(quotes: Part<'a>, is_one_word: impl Fn(Part<'a>) -> bool) -> bool {
    let mut parts = quotes.parts();
    let Some(only) = parts.next().filter(|it| parts.next().is_none() && !is_one_word(*it)) else { return false };
    match only.parameter() {
        // `$@` and `${list[@]}` stay several words in quotes; one that is told by its number is one argument.
        Some(parameter) => {
            !only.text().contains(['@', '[']) && !parameter.name().bytes().all(|byte| byte.is_ascii_digit())
        }
        None => only.kind().is_command(),
    }
}
