//! `hosts-with-systemd`: `hosts` beside the option `-H`.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "hosts-with-systemd",
    summary: "`hosts` in a file for a daemon that systemd starts with `-H`",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("hosts_with_systemd.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.is_for_windows() || config.is_rootless() {
        return;
    }
    if let Some(hosts) = config.setting("hosts").filter(|hosts| hosts.strings().next().is_some()) {
        cx.report(hosts.key_range, "where systemd starts the daemon with `-H`, as the packages do, it does not start with `hosts` in its file as well")
            .help("Override the unit with an `ExecStart` without `-H`, in `/etc/systemd/system/docker.service.d/`, or leave `hosts` out");
    }
}
