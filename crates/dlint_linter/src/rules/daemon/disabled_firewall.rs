//! `disabled-firewall`: a daemon that sets up no firewall.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::isolation::NEIGHBOURS;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "disabled-firewall",
    summary: "Docker sets up no firewall",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(NEIGHBOURS),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.4", "owasp:5"],
    docs: include_str!("disabled_firewall.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let is_off = |name: &str| config.setting(name).filter(|setting| setting.as_bool() == Some(false));
    if let Some(setting) = is_off("iptables") {
        cx.report(setting.range, "without `iptables`, nothing keeps networks of containers apart, and published ports need rules of your own")
            .help("Delete the key; rules of your own go into the chain `DOCKER-USER`");
    } else if let Some(setting) = is_off("ip6tables").filter(|_| config.bool("ipv6") == Some(true)) {
        cx.report(setting.range, "without `ip6tables`, every port of a container with IPv6 can be reached, whether it is published or not")
            .help("Delete the key");
    }
}
