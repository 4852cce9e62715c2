//! `constant-test`: a condition that is always true, or always false.

use dlint_syntax::TextRange;
use dlint_syntax::shell::{Command, CommandKind, PartKind, Word};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::scripts;

/// The rule.
pub const RULE: Rule = Rule {
    name: "constant-test",
    summary: "A condition that is always true, or always false",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "shellcheck:SC2050",
        "shellcheck:SC2070",
        "shellcheck:SC2077",
        "shellcheck:SC2078",
        "shellcheck:SC2157",
        "shellcheck:SC2158",
        "shellcheck:SC2159",
        "shellcheck:SC2160",
        "shellcheck:SC2161",
    ],
    docs: include_str!("constant_test.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run).iter().filter(|script| !script.is_expanded_before) {
        for command in script.script.all_commands() {
            let Some((operands, is_negated)) = operands(command) else { continue };
            let is_plain_test = command.kind() == CommandKind::Simple;
            if let Some(found) = constant(&operands, is_plain_test, is_negated).or_else(|| missing_blanks(&operands)) {
                cx.report(found.place, found.message).help(found.help).codes(found.codes);
            }
        }
    }
}

/// What stands in a test, without its brackets and a `!` at the start, and whether there is one.
fn operands(command: Command<'_>) -> Option<(Vec<Word<'_>>, bool)> {
    let mut words: Vec<_> = match command.kind() {
        CommandKind::Test => command.words().iter().collect(),
        CommandKind::Simple => {
            let words = command.words();
            let name = words.first()?;
            let is_bracket = name.is("[");
            if !is_bracket && !name.is("test") {
                return None;
            }
            let mut arguments: Vec<_> = words.from(1).iter().collect();
            if is_bracket {
                arguments.pop().filter(|last| last.is("]"))?;
            }
            arguments
        }
        _ => return None,
    };
    let is_negated = words.first().is_some_and(|word| word.is("!") && !word.is_quoted());
    if is_negated {
        words.remove(0);
    }
    Some((words, is_negated))
}

struct Constant {
    place: TextRange,
    message: String,
    help: &'static str,
    /// What ShellCheck calls it.
    codes: &'static [&'static str],
}

fn constant(operands: &[Word<'_>], is_plain_test: bool, is_negated: bool) -> Option<Constant> {
    match operands {
        [only] => one(*only),
        [operator, operand] if is_plain_test && operator.is("-n") && is_bare(*operand) => Some(Constant {
            place: operand.range(),
            message: "without quotes an empty value vanishes, and `[ -n ]` is true".to_owned(),
            help: "Put it in double quotes",
            codes: &["shellcheck:SC2070"],
        }),
        [operator, operand] if operator.is("-n") || operator.is("-z") => {
            let text = operand.literal()?;
            let answer = (text.is_empty() == operator.is("-z")) != is_negated;
            Some(Constant {
                place: operand.range(),
                message: format!("this is always {answer}: nothing in the text changes"),
                help: "A variable begins with `$`",
                codes: &["shellcheck:SC2157"],
            })
        }
        [left, operator, right] => {
            let compares = ["=", "==", "!=", "-eq", "-ne", "-lt", "-gt", "-le", "-ge"].iter().any(|it| operator.is(it));
            let place = left.range().cover(right.range());
            let (left, right) = (left.literal()?, right.literal()?);
            let stands_for_something = |text: &str| text.contains(['@', '%', '{']) || text.is_empty();
            (compares && !stands_for_something(&left) && !stands_for_something(&right)).then(|| Constant {
                place,
                message: "both sides are written out, so that the answer is always the same".to_owned(),
                help: "A variable begins with `$`",
                codes: &["shellcheck:SC2050"],
            })
        }
        _ => None,
    }
}

/// A test of one word, which asks whether that is empty.
fn one(only: Word<'_>) -> Option<Constant> {
    let text = only.literal()?;
    let place = only.range();
    // `[ "$a"=b ]` lacks blanks, and is a text that is not empty.
    if matches!(&*text, "false" | "0") {
        return Some(Constant {
            place,
            message: format!("this asks whether the text `{text}` is empty, and it is not"),
            help: "Run the command itself: `if false`",
            codes: if &*text == "0" { &["shellcheck:SC2159"] } else { &["shellcheck:SC2158"] },
        });
    }
    (!text.is_empty() && !matches!(&*text, "true" | "1")).then(|| Constant {
        place,
        message: "a text that is not empty is always true".to_owned(),
        help: "Compare it with something, and put blanks around the operator",
        codes: &["shellcheck:SC2078"],
    })
}

/// `[ $a=b ]`: one word, which is never empty.
fn missing_blanks(operands: &[Word<'_>]) -> Option<Constant> {
    let [only] = operands else { return None };
    let mut parts = only.parts();
    let first = parts.next()?;
    let second = parts.next()?;
    let begins = matches!(first.kind(), PartKind::Parameter | PartKind::DoubleQuoted);
    let is_operator = second.kind() == PartKind::Literal && (second.text().starts_with('=') || second.text().starts_with("!="));
    (begins && is_operator).then(|| Constant {
        place: only.range(),
        message: "without blanks around the operator this is one text, which is never empty".to_owned(),
        help: "Put blanks around the operator",
        codes: &["shellcheck:SC2077"],
    })
}

/// A variable or substitution without quotes, and nothing else.
fn is_bare(word: Word<'_>) -> bool {
    let mut parts = word.parts();
    let only = parts.next().filter(|_| parts.next().is_none());
    only.is_some_and(|part| matches!(part.kind(), PartKind::Parameter | PartKind::CommandSubstitution | PartKind::Backticks))
}
