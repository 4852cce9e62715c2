//! `userland-proxy`: a program for each published port.

use crate::daemon::DaemonConfig;
use crate::daemon::lacking::{Switch, report_switch};
use crate::diagnostic::{Category, Level};
use crate::isolation::FILES;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "userland-proxy",
    summary: "A program for each published port where the kernel could do it",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(FILES),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["cis:2.16"],
    docs: include_str!("userland_proxy.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    // Without root, ports are not published otherwise; nor on Windows, nor without rules of the firewall.
    if config.is_rootless() || config.is_for_windows() || config.bool("iptables") == Some(false) {
        return;
    }
    let switch = Switch { key: "userland-proxy", wanted: false };
    if let Some(mut report) = report_switch(cx, config, &switch, "for each published port a program runs on the host that passes on what comes in") {
        report.help("Set `userland-proxy` to `false`, and try whether all ports still answer from the host itself: the kernel does the rest");
    }
}
