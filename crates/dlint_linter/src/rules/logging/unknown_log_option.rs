//! `unknown-log-option`: an option that the log driver does not have.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::logging::{self, FaultKind};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

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
    for fault in config.log_faults().into_iter().filter(|fault| fault.kind == FaultKind::Unknown) {
        let mut report = cx.report(fault.range, fault.message);
        if let Some(help) = fault.help {
            report.help(help);
        }
        if let Some(driver) = config.setting("log-driver") {
            report.related(driver.value_range(), "the driver");
        }
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for fault in logging::service::faults(service).into_iter().filter(|fault| fault.kind == FaultKind::Unknown) {
        let mut report = value::report_at(cx, fault.place, fault.alias, fault.message);
        report.category(Category::Correctness);
        if let Some(help) = fault.help {
            report.help(help);
        }
        if let Some(driver) = logging::service::driver_of(service) {
            report.related_at(driver.place, "the driver");
        }
    }
}
