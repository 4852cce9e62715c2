//! `unknown-log-option`: an option that the log driver does not have.

use crate::compose::{Place, Service};
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::logging::{Fault, FaultKind, driver_of, faults_of};
use crate::rule::{Context, FixAvailability, On, Report, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-log-option",
    summary: "An option that the log driver does not have",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_log_option.md"),
    on: &[On::Daemon(daemon), On::Service(service)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let driver = config.setting("log-driver").map(|driver| Place::checked(driver.value_range()));
    for fault in config.log_faults() {
        report(fault, driver, cx);
    }
}

/// Compose takes it; the container cannot be created.
fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let driver = driver_of(service).map(|driver| driver.place);
    for fault in faults_of(service) {
        if let Some(mut report) = report(fault, driver, cx) {
            report.category(Category::Correctness);
        }
    }
}

fn report<'c>(fault: Fault, driver: Option<Place>, cx: &'c mut Context<'_>) -> Option<Report<'c>> {
    if fault.kind != FaultKind::Unknown {
        return None;
    }
    let mut report = cx.report_at(fault.place, fault.message);
    if let Some(help) = fault.help {
        report.help(help);
    }
    if let Some(driver) = driver {
        report.related_at(driver, "the driver");
    }
    Some(report)
}
