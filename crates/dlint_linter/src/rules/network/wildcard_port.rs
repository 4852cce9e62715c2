//! `wildcard-port`: a port that is published on every interface of the host.

use serde::Deserialize;

use crate::compose::{Port, Project};
use crate::diagnostic::{Category, Level};
use crate::ports;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wildcard-port",
    summary: "A port is published on every interface of the host",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N")),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["dclint:no-unbound-port-interfaces", "compose-lint:CL-0005", "cis:5.14"],
    docs: include_str!("wildcard_port.md"),
    on: &[On::Compose(project)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Host ports that may be published everywhere.
    pub allow: Vec<u16>,
}

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    ports::each_open(project, port, cx);
}

fn port(port: &Port, cx: &mut Context<'_>) {
    if port.target_ports().is_some_and(|ports| ports::sensitive(&ports).is_some())
        || port.published_ports().is_some_and(|ports| ports::sensitive(&ports).is_some())
    {
        // `wildcard-database-port` tells that.
        return;
    }
    let allowed = &cx.config.options.wildcard_port.allow;
    if port.published_ports().is_some_and(|mut ports| ports.all(|port| allowed.contains(&port))) {
        return;
    }
    let is_web = port.published_ports().is_some_and(|ports| matches!((*ports.start(), *ports.end()), (80, 80) | (443, 443)));
    ports::report(port, ports::message(port, None), is_web, cx);
}
