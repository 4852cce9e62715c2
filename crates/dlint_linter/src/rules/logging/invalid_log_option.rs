//! `invalid-log-option`: options that the log driver does not take.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::logging::FaultKind;
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
    on: &[On::Daemon(daemon)],
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
