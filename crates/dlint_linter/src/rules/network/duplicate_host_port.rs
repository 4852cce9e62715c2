//! `duplicate-host-port`: a port of the host that two services publish.

use std::net::IpAddr;

use dlint_syntax::hash::{HashMap, HashMapExt};
use crate::compose::{Port, Project, Protocol, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-host-port",
    summary: "A port of the host that is published twice",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:no-duplicate-exported-ports"],
    docs: include_str!("duplicate_host_port.md"),
    on: &[On::Compose(project)],
};

/// How many ports are compared in all, and how many owners of one are kept. No real project comes near.
const MOST_PORTS: usize = 100_000;
const MOST_OWNERS: usize = 8;

/// Who has a port of the host.
struct Owner<'p, 'a> {
    service: &'p Service<'a>,
    port: &'p Port,
    address: Address,
}

/// Which addresses of the host are bound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Address {
    All,
    AllOfFamily { is_v6: bool },
    One(IpAddr),
}

impl Address {
    fn of(port: &Port) -> Option<Self> {
        let Some(ip) = &port.host_ip else { return port.is_wildcard()?.then_some(Self::All) };
        let text = ip.known()?;
        if text.is_empty() {
            return Some(Self::All);
        }
        let ip: IpAddr = text.parse().ok()?;
        Some(if ip.is_unspecified() { Self::AllOfFamily { is_v6: ip.is_ipv6() } } else { Self::One(ip) })
    }

    fn overlaps(self, other: Self) -> bool {
        match (self, other) {
            (Self::All, _) | (_, Self::All) => true,
            (Self::AllOfFamily { is_v6 }, Self::One(ip)) | (Self::One(ip), Self::AllOfFamily { is_v6 }) => {
                ip.is_ipv6() == is_v6
            }
            _ => self == other,
        }
    }
}

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut owners: HashMap<(Protocol, u16), Vec<Owner<'_, '_>>> = HashMap::new();
    let mut left = MOST_PORTS;
    for service in project.services.iter().filter(|service| runs(service)) {
        for port in service.ports() {
            let (Some(ports), Some(protocol), Some(address)) = (fixed(port), port.protocol(), Address::of(port)) else {
                continue;
            };
            let mut is_told = service.own.is_none();
            for number in ports {
                left = left.saturating_sub(1);
                if left == 0 {
                    return;
                }
                let known = owners.entry((protocol, number)).or_default();
                let other = known.iter().find(|it| it.address.overlaps(address) && it.service.may_run_with(service));
                if let Some(other) = other.filter(|_| !is_told) {
                    report(service, port, number, other, cx);
                    is_told = true;
                }
                if known.len() < MOST_OWNERS {
                    known.push(Owner { service, port, address });
                }
            }
        }
    }
}

/// Whether there are containers of the service that have ports of their own.
fn runs(service: &Service<'_>) -> bool {
    let count = service.field("deploy").and_then(|deploy| deploy.value.scalar_of("replicas")).or(service.scalar("scale"));
    service.network_mode().is_none_or(|mode| mode.is("bridge")) && !count.is_some_and(|count| count.is("0"))
}

/// The ports that are taken for certain: of a range for one port of the container, Docker takes one that is free.
fn fixed(port: &Port) -> Option<std::ops::RangeInclusive<u16>> {
    let (ports, target) = (port.published_ports()?, port.target_ports()?);
    (ports.len() == target.len()).then_some(ports)
}

fn report(service: &Service<'_>, port: &Port, number: u16, other: &Owner<'_, '_>, cx: &mut Context<'_>) {
    let message = if other.service.name == service.name {
        format!("service `{}` publishes the host's port {number} twice", service.name)
    } else {
        format!("services `{}` and `{}` both publish the host's port {number}", other.service.name, service.name)
    };
    let help = if other.service.name == service.name {
        "Choose another port of the host"
    } else {
        "Choose another port of the host, or give both services profiles if only one of them runs at a time"
    };
    value::report_at(cx, port.place, port.alias, message)
        .help(help)
        .related_at(other.port.place, "it is taken here");
}
