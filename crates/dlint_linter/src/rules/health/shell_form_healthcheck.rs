//! `shell-form-healthcheck`: a health check that runs in a shell.

use dlint_syntax::dockerfile::{Form, Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "shell-form-healthcheck",
    summary: "A health check that runs in a shell",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3025"],
    docs: include_str!("shell_form_healthcheck.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Healthcheck(check) = &instruction.kind else { return };
    let Some(Form::Shell(shell)) = &check.command else { return };
    if shell.text().trim().is_empty() {
        return;
    }
    cx.report(shell.range, "this health check runs in a shell")
        .help("Write it as a list of words, `HEALTHCHECK CMD [\"…\"]`, if it needs no shell");
}
