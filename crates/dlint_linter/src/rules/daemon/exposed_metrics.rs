//! `exposed-metrics`: numbers about the host for everybody who asks.

use crate::daemon::net::parse_address;
use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Level};
use crate::daemon::net::is_local;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "exposed-metrics",
    summary: "Numbers about the host for everybody who asks",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("exposed_metrics.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(setting) = config.setting("metrics-addr") else { return };
    let Some(address) = setting.as_str().filter(|text| !is_template(text)) else { return };
    let Some((host, _)) = address.rsplit_once(':') else { return };
    if !is_local(address) {
        let who = if host.is_empty() || is_every(host) { "whoever reaches the host" } else { "whoever reaches this address" };
        cx.report(setting.value_range(), format!("{who} can read numbers about containers and images, without a password"))
            .help("Listen on `127.0.0.1`, or on the address of a network that only the collector is in");
    }
}

/// Whether an address is that of every interface.
fn is_every(host: &str) -> bool {
    parse_address(host.trim_matches(['[', ']'])).is_some_and(|address| address.is_unspecified())
}
