//! `forbidden-port`: a port that the configuration forbids.

use serde::Deserialize;

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::ports::{exposed, has_network};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::rules::network::ssh_port::exposed_words;
use crate::severity::Cvss;
use crate::stage::StageNode;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "forbidden-port",
    summary: "A port that the configuration forbids is exposed or published",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:5.9"],
    docs: include_str!("forbidden_port.md"),
    on: &[On::Stage(stage), On::Service(service)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Ports that no image may expose, and no service publish, be it as the container's port or the host's.
    pub ports: Vec<u16>,
}

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let forbidden = &cx.config.options.forbidden_port.ports;
    if forbidden.is_empty() {
        return;
    }
    for (word, text) in exposed_words(node) {
        let Some(ports) = exposed(&text) else { continue };
        if let Some(port) = forbidden.iter().find(|&&port| ports.contains(port)) {
            cx.report(word.range, format!("port {port} is exposed, which this project forbids"));
        }
    }
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let forbidden = &cx.config.options.forbidden_port.ports;
    if forbidden.is_empty() || !has_network(service) {
        return;
    }
    for port in service.ports() {
        let found = [port.published_ports(), port.target_ports()];
        let mut found = found.into_iter().flatten();
        if let Some(number) = found.find_map(|ports| forbidden.iter().find(|port| ports.contains(port))) {
            let message = format!("service `{}` publishes port {number}, which this project forbids", service.name);
            value::report_at(cx, port.place, port.alias, message);
        }
    }
}
