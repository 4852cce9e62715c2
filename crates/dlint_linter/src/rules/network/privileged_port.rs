//! `privileged-port`: a port of the host below 1024.

use serde::Deserialize;

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "privileged-port",
    summary: "A port of the host below 1024 is published",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:N/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["kics:bc2908f3", "cis:5.8"],
    docs: include_str!("privileged_port.md"),
    on: &[On::Service(service)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Ports that may be published, such as 80 and 443.
    pub allow: Vec<u16>,
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for port in service.ports() {
        let Some(ports) = port.published_ports().filter(|ports| *ports.start() < 1024) else { continue };
        let allowed = &cx.config.options.privileged_port.allow;
        if ports.clone().all(|port| allowed.contains(&port)) {
            continue;
        }
        let message = format!("service `{}` publishes port {}, of those that only root of the host may open", service.name, ports.start());
        value::report_at(cx, port.place, port.alias, message)
            .help("Publish a port from 1024 on, and let the proxy in front of it have the low one");
    }
}
