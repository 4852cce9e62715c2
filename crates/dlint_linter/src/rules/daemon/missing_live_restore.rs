//! `missing-live-restore`: containers that stop with the daemon.

use crate::daemon::DaemonConfig;
use crate::daemon::lacking::{Switch, report_switch};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-live-restore",
    summary: "Containers stop with the daemon",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["cis:2.15"],
    docs: include_str!("missing_live_restore.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    // The node of a swarm cannot have it.
    if config.swarm_hint().is_some() || config.is_for_windows() {
        return;
    }
    let switch = Switch { key: "live-restore", wanted: true };
    if let Some(mut report) = report_switch(cx, config, &switch, "without `live-restore`, all containers stop when the daemon does, as for each update of it") {
        report.help("Set `live-restore` to `true`, unless the host is a node of a swarm");
    }
}
