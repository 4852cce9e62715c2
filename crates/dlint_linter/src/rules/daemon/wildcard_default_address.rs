//! `wildcard-default-address`: ports that are published on every interface unless they say otherwise.

use crate::daemon::lacking::{opening, report_absent};
use crate::daemon::net::parse_address;
use crate::daemon::{DaemonConfig, Json};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wildcard-default-address",
    summary: "Ports are published on every interface unless they say otherwise",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N")),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["owasp:5"],
    docs: include_str!("wildcard_default_address.md"),
    on: &[On::Daemon(daemon)],
};

/// What a network of the driver `bridge` publishes on.
const OPTION: &str = crate::ports::HOST_BINDING;

const HELP: &str = "Set `ip`, which is for the default network alone, and the option `com.docker.network.bridge.host_binding_ipv4` under `bridge` in \
                    `default-network-opts`, which is for those of Compose";

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.is_for_windows() {
        return;
    }
    let options = config.members("default-network-opts").into_iter().find(|member| member.name == "bridge");
    let for_networks = options.is_some_and(|bridge| bridge.members().iter().any(|option| option.name == OPTION));
    let ip = config.setting("ip").filter(|ip| ip.json() != Json::String(""));
    match ip {
        None if !for_networks => {
            let text = format!("\"ip\": \"127.0.0.1\", \"default-network-opts\": {{\"bridge\": {{\"{OPTION}\": \"127.0.0.1\"}}}}");
            let message = "a port that names no interface is published on all of them";
            if config.setting("default-network-opts").is_some() {
                cx.report(opening(config), message).help(HELP);
            } else {
                report_absent(cx, config, message, &text).help(HELP);
            }
        }
        Some(ip) if ip.as_str().and_then(parse_address).is_some_and(|address| address.is_unspecified()) => {
            cx.report(ip.value_range(), "a port that names no interface is published on all of them").help(HELP);
        }
        Some(ip) if ip.as_str().is_some() && !for_networks => {
            cx.report(ip.range, "`ip` is for the default network alone: networks of Compose still publish on every interface").help(HELP);
        }
        _ => {}
    }
}
