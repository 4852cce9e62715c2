//! `shell-operator-in-command`: Compose drops what follows the first `&&`, `;`, `|`, `>` or `<` of a command.

use crate::compose::{Command, CommandForm, Service, split_command_line};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "shell-operator-in-command",
    summary: "A command in Compose is cut off at an operator that only a shell would understand",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("shell_operator_in_command.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for (key, command) in [("command", service.command()), ("entrypoint", service.entrypoint())] {
        if let Some(command) = command {
            check(key, command, cx);
        }
    }
}

fn check(key: &str, command: &Command, cx: &mut Context<'_>) {
    let CommandForm::Text(text) = &command.form else { return };
    let Some(line) = text.known().and_then(|known| split_command_line(known).ok()) else { return };
    let (Some(cut), Some(known)) = (line.cut, text.known()) else { return };
    let rest = &known[cut..];
    let operator = &rest[..rest.len() - rest.trim_start_matches([';', '&', '|', '<', '>']).len()];
    // A `&` at the end starts a job for a shell; dropped, it changes nothing that is run.
    if rest.trim_end() == operator {
        return;
    }
    let place = match text.sub_range(cut..cut + operator.len()) {
        Some(range) => text.place.with_range(range),
        None => text.place,
    };
    let mut report = cx.report_at(place, format!("`{key}` ends before this `{operator}`: Compose runs no shell and drops the rest"));
    report.help(format!("Run a shell: `{key}: [\"sh\", \"-c\", \"…\"]`, or put what is meant as text in quotes"));
    if let Some(alias) = command.alias {
        report.related_at(alias, "comes in here");
    }
}
