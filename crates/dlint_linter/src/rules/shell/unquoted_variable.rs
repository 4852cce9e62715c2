//! `unquoted-variable`: the shell splits a value at its blanks, and expands the globs in it.

use dlint_syntax::text::has_byte;
use dlint_syntax::shell::{ParameterOperator, Part, PartKind, RedirectOperator, Word};

use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::scripts::scripts;
use crate::shell::ShellKind;
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
            let name = parameter.name();
            let broken = || is_plain(part).then(|| breaks(&node, word, part, splitter.given(node.command, name)?))?;
            let message = match splitter.words(node.command, part) {
                Words::One => continue,
                Words::Unknown => format!("a value of `{name}` with blanks becomes several arguments, and an empty one none"),
                Words::List => match broken() {
                    Some(what) => format!("the value of `{name}` {what}"),
                    None => continue,
                },
            };
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

/// Whether it is `$x` or `${x}`.
fn is_plain(part: Part<'_>) -> bool {
    part.parameter().is_some_and(|parameter| parameter.operator() == ParameterOperator::Plain)
}

/// What becomes of a value that is known, where a list or nothing cannot be meant: in a test, as the folder for `cd`, before
/// the rest of a path.
fn breaks(node: &CommandNode<'_, '_>, word: Word<'_>, part: Part<'_>, value: &str) -> Option<&'static str> {
    const SEVERAL: &str = "has blanks, and becomes several arguments";
    let words = node.command.words();
    let is_whole = word.range() == part.range();
    let (mut pieces, count) = (value.split_whitespace(), value.split_whitespace().count());
    match words.first()?.text() {
        "[" | "test" if is_whole && count > 1 => Some(SEVERAL),
        // What stands alone, or behind `-n`, may as well be nothing.
        "[" | "test" if is_whole && count == 0 => {
            let compares = |other: Word<'_>| ["=", "==", "!=", "-eq", "-ne", "-lt", "-le", "-gt", "-ge"].contains(&other.text());
            let at = words.iter().position(|other| other.range() == word.range())?;
            let beside = [at.checked_sub(1).and_then(|at| words.get(at)), words.get(at + 1)];
            beside.into_iter().flatten().any(compares).then_some("is empty, and leaves no argument")
        }
        "cd" if words.len() == 2 && count > 1 => Some(SEVERAL),
        _ => {
            let mut after = word.parts().skip_while(|other| other.range() != part.range()).skip(1);
            let is_path = word.range().start() == part.range().start()
                && after.next().is_some_and(|rest| rest.text().starts_with('/'))
                && pieces.next().is_some_and(|first| first.starts_with('/'));
            (is_path && count > 1 && pieces.all(|piece| piece.starts_with(char::is_alphanumeric))).then_some(SEVERAL)
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
        let is_file = !matches!(redirect.operator(), Op::Heredoc | Op::HereString | Op::DuplicateInput | Op::DuplicateOutput);
        is_file && splits_files(node)
    });
    let arguments = words.from(1);
    let arguments = arguments.iter().filter(|word| !is_assignment(word));
    arguments.chain(files.map(|redirect| redirect.target())).filter(|word| word.text().contains('$')).collect()
}

/// Whether the shell splits the names of files behind `<` and `>`: bash does, unless it is called `sh`.
///
/// Source: POSIX, "Shell Command Language", 2.7, which forbids it.
fn splits_files(node: &CommandNode<'_, '_>) -> bool {
    let own = scripts(node.run).iter().find(|script| std::ptr::eq(script.script, node.command.script()));
    own.is_some_and(|script| script.shell == ShellKind::Bash)
}

/// Whether quotes around the expansion alone are right: it is not next to a glob that would be meant for it, nor within
/// something else.
fn is_quotable(word: Word<'_>, part: Part<'_>) -> bool {
    let has_default = part.parts().next().is_some();
    let in_braces = word.parts().any(|other| other.kind() == PartKind::Brace);
    !has_default && !in_braces
}
