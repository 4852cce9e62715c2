//! `fixed-port-with-replicas`: several containers of a service that all want one port of the host.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "fixed-port-with-replicas",
    summary: "Several containers of a service that all want one port of the host",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("fixed_port_with_replicas.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    // Swarm publishes a port once for all containers.
    if service.is_for_swarm() || service.ports().is_empty() {
        return;
    }
    let scale = service.field("scale");
    let replicas = service.field("deploy").and_then(|deploy| deploy.value.field("replicas"));
    let Some(field) = scale.or(replicas) else { return };
    let count = field.value.scalar().and_then(|it| it.known()?.parse::<usize>().ok());
    let Some(count) = count.filter(|count| *count > 1) else { return };
    for port in service.ports() {
        let Some(ports) = port.published_ports().filter(|ports| ports.len() < count) else { continue };
        let message = format!(
            "service `{}` has {count} containers, and the host's port {} is there {}",
            service.name,
            if ports.len() == 1 { ports.start().to_string() } else { format!("range {}-{}", ports.start(), ports.end()) },
            if ports.len() == 1 { "once".to_owned() } else { format!("for {} of them", ports.len()) }
        );
        value::report_at(cx, port.place, port.alias, message)
            .help("Publish a range of ports, no fixed one, or none and put a proxy before the containers")
            .related_at(field.key_place, "how many containers there are");
    }
}
