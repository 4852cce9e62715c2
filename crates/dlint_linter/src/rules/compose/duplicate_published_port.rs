//! `duplicate-published-port`: two services that publish the same port of the host.

use std::collections::HashMap;

use crate::compose::{Port, Project, Protocol, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-published-port",
    summary: "Two services that publish the same port of the host",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:no-duplicate-exported-ports"],
    docs: include_str!("duplicate_published_port.md"),
    on: &[On::Compose(project)],
};

/// So many services with one port are compared; nobody has more.
const MOST: usize = 16;

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut by_port: HashMap<(u16, Protocol), Vec<(&Service<'_>, &Port)>> = HashMap::new();
    for service in &project.services {
        // Only who has a network of its own publishes ports.
        if service.network_mode().is_some_and(|mode| mode.value.known().is_none_or(|mode| mode != "bridge")) {
            continue;
        }
        for port in service.ports() {
            let Some(number) = one_port(port).zip(port.protocol()) else { continue };
            let earlier = by_port.entry(number).or_default();
            let clash = earlier.iter().find(|(other, theirs)| {
                other.name != service.name && is_same_address(theirs, port) && other.may_run_with(service)
            });
            if let Some((other, theirs)) = clash.filter(|_| service.own.is_some()) {
                let message = format!(
                    "services `{}` and `{}` both publish port {} of the host, and only one can have it",
                    other.name, service.name, number.0
                );
                cx.report_at(port.place, message)
                    .help("Publish another port, or the same port of another address")
                    .related_at(theirs.place, "it is published here already");
            }
            if earlier.len() < MOST {
                earlier.push((service, port));
            }
        }
    }
}

/// The port of the host, if it is one: of a range the engine may take any that is free.
fn one_port(port: &Port) -> Option<u16> {
    let ports = port.published_ports()?;
    (ports.start() == ports.end()).then_some(*ports.start())
}

/// Whether two ports are surely opened on an address that both have.
fn is_same_address(one: &Port, other: &Port) -> bool {
    match (one.is_wildcard(), other.is_wildcard()) {
        (Some(true), Some(_)) | (Some(_), Some(true)) => true,
        (Some(false), Some(false)) => {
            let ip = |port: &Port| port.host_ip.as_ref().and_then(|ip| ip.known().map(str::to_owned));
            ip(one).is_some() && ip(one) == ip(other)
        }
        _ => false,
    }
}
