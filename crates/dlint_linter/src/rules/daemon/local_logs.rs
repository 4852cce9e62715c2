//! `local-logs`: logs that stay on the host.

use crate::daemon::lacking::opening;
use crate::daemon::{DaemonConfig, Setting};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "local-logs",
    summary: "Logs of containers stay on the host",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:N/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.13"],
    docs: include_str!("local_logs.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if ["json-file", "local", "journald"].contains(&config.log_driver()) {
        let place = config.setting("log-driver").map_or_else(|| opening(config), Setting::value_range);
        cx.report(place, "the logs of containers stay on the host, and whoever takes it over can change them")
            .help("Set `log-driver` to one that sends them elsewhere, such as `syslog`, or collect them from the host");
    }
}
