//! `invalid-stopsignal`: a `STOPSIGNAL` that is no signal.

use dlint_syntax::dockerfile::{SIGNAL_HELP, invalid_signal};

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-stopsignal",
    summary: "A stop signal that is no signal",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:INVALID_SIGNAL"],
    docs: include_str!("invalid_stopsignal.md"),
    on: &[On::Syntax(&[Language::Dockerfile]), On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(signal) = service.string("stop_signal") else { return };
    let Some(wrong) = signal.known().filter(|text| !text.is_empty()).and_then(invalid_signal) else { return };
    let mut report = value::report(cx, &signal, wrong.message);
    report.help(SIGNAL_HELP);
    if let Some(suggestion) = wrong.suggestion {
        value::propose_one(&mut report, &signal, &suggestion);
    }
}
