//! `invalid-log-option`: options that the log driver does not take.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::logging::{Fault, FaultKind, faults_of};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-log-option",
    summary: "A value of a log option, or a combination of them, that the driver does not take",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_log_option.md"),
    on: &[On::Daemon(daemon), On::Service(service)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for fault in config.log_faults() {
        report(fault, cx);
    }
}

/// Compose takes it; the container cannot be created, or does not start.
fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for fault in faults_of(service) {
        report(Fault { is_early: false, ..fault }, cx);
    }
}

fn report(fault: Fault, cx: &mut Context<'_>) {
    if fault.kind != FaultKind::Invalid {
        return;
    }
    let mut report = cx.report_at(fault.place, fault.message);
    if let Some(help) = fault.help {
        report.help(help);
    }
    if let Some((place, message)) = fault.related {
        report.related_at(place, message);
    }
    if !fault.is_early {
        // The daemon starts, and the containers do not.
        report.category(Category::Correctness);
    }
}
