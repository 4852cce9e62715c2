//! `invalid-log-option`: options that the log driver does not take.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::logging::{self, FaultKind};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

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
    for fault in config.log_faults().into_iter().filter(|fault| fault.kind == FaultKind::Invalid) {
        let mut report = cx.report(fault.range, fault.message);
        if let Some(help) = fault.help {
            report.help(help);
        }
        if let Some((range, message)) = fault.related {
            report.related(range, message);
        }
        if !fault.is_early {
            // The daemon starts, and the containers do not.
            report.category(Category::Correctness);
        }
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for fault in logging::service::faults(service).into_iter().filter(|fault| fault.kind == FaultKind::Invalid) {
        let mut report = value::report_at(cx, fault.place, fault.alias, fault.message);
        report.category(Category::Correctness);
        if let Some(help) = fault.help {
            report.help(help);
        }
        if let Some((place, message)) = fault.related {
            report.related_at(place, message);
        }
    }
}
