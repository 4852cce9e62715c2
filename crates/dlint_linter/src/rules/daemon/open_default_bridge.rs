//! `open-default-bridge`: containers in the default network that reach each other.

use crate::daemon::DaemonConfig;
use crate::daemon::lacking::{Switch, report_switch};
use crate::diagnostic::{Category, Level};
use crate::isolation::SEPARATION;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "open-default-bridge",
    summary: "Containers in the default network reach each other",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(SEPARATION),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["cis:2.2", "owasp:5"],
    docs: include_str!("open_default_bridge.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    // The daemon does not start with both, and there may be no such network.
    let cannot = config.bool("iptables") == Some(false) || config.string("bridge") == Some("none");
    if cannot || config.is_for_windows() {
        return;
    }
    let switch = Switch { key: "icc", wanted: false };
    if let Some(mut report) = report_switch(cx, config, &switch, "all containers in the default network reach each other's ports") {
        report.help("Set `icc` to `false`; networks of Compose and those that `docker network create` makes are not concerned");
    }
}
