//! `unencrypted-logs`: logs that are sent through the network as they are.

use crate::compose::{Pair, Scalar, Service};
use crate::daemon::DaemonConfig;
use crate::daemon::net::is_local;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unencrypted-logs",
    summary: "Logs are sent through the network without encryption",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unencrypted_logs.md"),
    on: &[On::Service(service), On::Daemon(daemon)],
};

/// The options that name a collector, with the driver, and what is said in clear text. Source: Docker documentation, the logging drivers' pages.
const ADDRESSES: [(&str, &str, &[&str]); 4] = [
    ("fluentd-address", "fluentd", &["tcp://", ""]),
    ("gelf-address", "gelf", &["udp://", "tcp://"]),
    ("splunk-url", "splunk", &["http://"]),
    ("syslog-address", "syslog", &["udp://", "tcp://"]),
];

/// The driver that sends logs as they are to another host.
fn driver(option: &str, address: &str) -> Option<&'static str> {
    let (_, driver, schemes) = ADDRESSES.iter().find(|(name, ..)| *name == option)?;
    let scheme = address.find("://").map_or("", |at| &address[..at + 3]);
    let host = &address[scheme.len()..];
    let is_near = host.is_empty() || is_local(host.trim_end_matches('/'));
    (schemes.contains(&scheme) && !is_near).then_some(driver)
}

fn message(driver: &str) -> String {
    format!("the log driver `{driver}` sends what containers write as it is: whoever is on the way can read and change it")
}

fn help(driver: &str) -> &'static str {
    match driver {
        "syslog" => "Use `tcp+tls://`",
        "splunk" => "Use `https://`",
        _ => "Send the logs to a collector on this host, and let it encrypt them; or use a driver with TLS, such as `syslog` with `tcp+tls://`",
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(logging) = service.field("logging") else { return };
    let options = logging.value.get("options").map(|options| Pair::read_all(&options)).unwrap_or_default();
    for pair in options {
        let value = pair.value.as_ref().and_then(Scalar::known);
        if let Some(driver) = pair.key.known().zip(value).and_then(|(key, value)| driver(key, value)) {
            cx.report_at(pair.place, message(driver)).help(help(driver));
        }
    }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for option in config.log_options() {
        if let Some(driver) = option.value.and_then(|value| driver(option.name, value)) {
            cx.report(option.value_range, message(driver)).help(help(driver));
        }
    }
}
