//! `invalid-shell-syntax`: the shell cannot read a command.

use dlint_syntax::TextRange;
use dlint_syntax::shell::ShellErrorKind;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::scripts;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-shell-syntax",
    summary: "A command that the shell cannot read",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "shellcheck:SC1009",
        "shellcheck:SC1010",
        "shellcheck:SC1033",
        "shellcheck:SC1046",
        "shellcheck:SC1047",
        "shellcheck:SC1056",
        "shellcheck:SC1061",
        "shellcheck:SC1062",
        "shellcheck:SC1070",
        "shellcheck:SC1072",
        "shellcheck:SC1073",
        "shellcheck:SC1078",
        "shellcheck:SC1088",
        "shellcheck:SC1089",
    ],
    docs: include_str!("invalid_shell_syntax.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    // After the first, the tree is a guess. What another shell expands before is not yet what this one reads.
    let scripts = scripts(run);
    let read = scripts.iter().filter(|script| !script.is_expanded_before);
    let Some(error) = read.flat_map(|script| script.script.errors()).next() else { return };
    let token = cx.text(error.range).trim();
    let message = match error.kind {
        ShellErrorKind::UnclosedQuote => format!("this quote (`{token}`) is never closed, so that the shell \
                                                  refuses the command"),
        ShellErrorKind::UnclosedExpansion => format!("`{token}` is never closed, so that the shell refuses the \
                                                      command"),
        ShellErrorKind::UnclosedCommand => format!("`{token}` is never closed, or lacks a part, so that the \
                                                    shell refuses the command"),
        // The shell warns, and takes all that is left.
        ShellErrorKind::UnclosedHeredoc | ShellErrorKind::TooDeep => return,
        ShellErrorKind::Unexpected => format!("`{token}` cannot stand here, so that the shell refuses the command"),
    };
    let rest = TextRange::new(error.range.end(), run.instruction.range.end().max(error.range.end()));
    let is_followed = cx.text(rest).trim_start().starts_with(|char| !matches!(char, ';' | '&' | '|' | ')' | '}'));
    let mut report = cx.report(error.range, message);
    if matches!(token, "&&" | "||" | "|") && !is_followed {
        report.help("A command has to follow; a line that ends in `&&` needs a `\\` behind it");
    }
}
