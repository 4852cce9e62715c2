//! `ignored-powershell-errors`: a PowerShell script that goes on after an error.

use dlint_syntax::dockerfile::Form;

use crate::diagnostic::{Category, Level};
use crate::powershell::PowerShell;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-powershell-errors",
    summary: "A PowerShell script that goes on after an error",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/powershell/error-action-preference"],
    docs: include_str!("ignored_powershell_errors.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let Form::Shell(_) = &run.run.form else { return };
    let Some(script) = PowerShell::of(run) else { return };
    // Who ends the script by himself looks at the errors.
    if script.sets("erroractionpreference") || ["throw", "exit", "-erroraction", "-ea ", "trap", "try {", "try{"].iter().any(|it| script.says(it)) {
        return;
    }
    let statements = script.statements();
    let Some((_, before)) = statements.split_last() else { return };
    // An assignment of a setting does not fail, nor does what only prints.
    let is_harmless = |statement: &&&str| ["write-", "set-strictmode"].iter().any(|it| statement.starts_with(it));
    if before.iter().filter(|statement| !is_harmless(statement)).any(|statement| statement.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '&' | '.'))) {
        cx.report(run.place(), "the script goes on after an error, and only its last command decides about the build")
            .help("Begin it with `$ErrorActionPreference = 'Stop';`, or say that once in the `SHELL`");
    }
}
