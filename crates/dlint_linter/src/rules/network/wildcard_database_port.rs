//! `wildcard-database-port`: a database or an administration port that is published on every interface of the host.

use crate::compose::{Port, Project};
use crate::diagnostic::{Category, Level};
use crate::ports;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "wildcard-database-port",
    summary: "A database or administration port is published on every interface of the host",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["dclint:no-unbound-port-interfaces", "compose-lint:CL-0005", "cis:5.14"],
    docs: include_str!("wildcard_database_port.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    ports::each_open(project, port, cx);
}

fn port(port: &Port, cx: &mut Context<'_>) {
    let name = [port.target_ports(), port.published_ports()].into_iter().flatten().find_map(|it| ports::sensitive(&it));
    if let Some(name) = name {
        ports::report(port, ports::message(port, Some(name)), false, cx);
    }
}
