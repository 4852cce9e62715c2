//! `unquoted-variable`: the shell splits a value at its blanks, and expands the globs in it.

use dlint_syntax::text::has_byte;
use dlint_syntax::shell::{Part, PartKind, RedirectOperator, Word};

use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::splitting::{Splitter, Words};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unquoted-variable",
    summary: "A variable without quotes, whose value the shell splits and expands",
    category: Category::Correctness,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["shellcheck:SC2086"],
    docs: include_str!("unquoted_variable.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let splitter = Splitter::new(run);
    // A string that another shell has expanded before is none that this one splits.
    let may_split = |node: &CommandNode<'_, '_>| (node.outer().is_none() || run.is_exec()) && has_byte(node.command.text(), b'$');
    for node in run.nodes().filter(may_split) {
        for (word, part) in arguments(&node).into_iter().flat_map(|word| word.parts().map(move |part| (word, part))) {
            let Some(parameter) = part.parameter() else { continue };
            if splitter.words(node.command, part) != Words::Unknown {
                continue;
            }
            let name = parameter.name();
            let message = format!("a value of `{name}` with blanks becomes several arguments, and an empty one none");
            let mut report = cx.report(part.range(), message);
            // In a list of words a quote would end the word.
            if is_quotable(word, part) && !run.is_exec() {
                let quote = |at| Edit::insert(at, "\"");
                let edits = vec![quote(part.range().start()), quote(part.range().end())];
                report.fix(Fix::unsafe_("Put it in double quotes", edits));
            } else {
                report.help("Put it in double quotes");
            }
        }
    }
}

/// The words of a command in which the shell splits, and would better not: its arguments and the files that it reads and
/// writes. A command word that is a variable is meant to be split.
fn arguments<'a>(node: &CommandNode<'a, '_>) -> Vec<Word<'a>> {
    let words = node.command.words();
    let first = words.first().map(|word| word.text());
    let is_declaration = matches!(first, Some("export" | "local" | "declare" | "readonly" | "typeset"));
    // An assignment is not split; where `export` is not one of the shell's own words, hardly any value has blanks.
    let names_one = |word: &Word<'_>| word.text().split_once('=').is_some_and(|(name, _)| !name.contains('$'));
    let is_assignment = |word: &Word<'_>| is_declaration && names_one(word);
    let files = node.command.redirects().filter(|redirect| {
        use RedirectOperator as Op;
        !matches!(redirect.operator(), Op::Heredoc | Op::HereString | Op::DuplicateInput | Op::DuplicateOutput)
    });
    let arguments = words.from(1);
    let arguments = arguments.iter().filter(|word| !is_assignment(word));
    arguments.chain(files.map(|redirect| redirect.target())).filter(|word| word.text().contains('$')).collect()
}

/// Whether quotes around the expansion alone are right: it is not next to a glob that would be meant for it, nor within
/// something else.
fn is_quotable(word: Word<'_>, part: Part<'_>) -> bool {
    let has_default = part.parts().next().is_some();
    let in_braces = word.parts().any(|other| other.kind() == PartKind::Brace);
    !has_default && !in_braces
}
