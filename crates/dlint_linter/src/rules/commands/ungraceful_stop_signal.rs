//! `ungraceful-stop-signal`: a signal to stop that leaves no time to.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ungraceful-stop-signal",
    summary: "A signal to stop that leaves no time to",
    category: Category::Reliability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/no-ungraceful-stopsignal"],
    docs: include_str!("ungraceful_stop_signal.md"),
    on: &[On::Instruction(instruction), On::Service(service)],
};

const HELP: &str = "Leave it out, for `SIGTERM`, or name the signal at which the program ends by itself";

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Stopsignal(Some(signal)) = &instruction.kind else { return };
    if let Some(message) = judge(&signal.text) {
        cx.report(signal.range, message).help(HELP);
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(signal) = service.scalar("stop_signal") else { return };
    if let Some(message) = signal.known().and_then(judge) {
        value::report_at(cx, signal.place, signal.alias, message).help(HELP);
    }
}

fn judge(signal: &str) -> Option<String> {
    let name = signal.trim().trim_matches(['"', '\'']).to_ascii_uppercase();
    let what = match name.strip_prefix("SIG").unwrap_or(&name) {
        "KILL" | "9" => "ends the program at once, in the middle of what it does",
        "STOP" | "19" => "halts the program, which is then killed after ten seconds",
        _ => return None,
    };
    Some(format!("`{signal}` {what}"))
}
