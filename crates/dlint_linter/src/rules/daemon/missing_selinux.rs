//! `missing-selinux`: a daemon that does not use SELinux.

use crate::daemon::DaemonConfig;
use crate::daemon::lacking::{Switch, report_switch};
use crate::diagnostic::{Category, Level};
use crate::isolation::ESCAPE;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-selinux",
    summary: "The daemon does not use SELinux",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(ESCAPE),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["cis:5.3"],
    docs: include_str!("missing_selinux.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.is_for_windows() {
        return;
    }
    let switch = Switch { key: "selinux-enabled", wanted: true };
    if let Some(mut report) = report_switch(cx, config, &switch, "SELinux does not keep containers off the host's files") {
        report.help("Set `selinux-enabled` to `true` on a host that has SELinux");
    }
}
