//! `duplicate-address`: one address for two services.

use std::net::IpAddr;

use dlint_syntax::hash::{HashMap, HashMapExt};
use crate::compose::{Place, Project, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::network::{Network, address, fixed_addresses};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-address",
    summary: "One address in a network for two services, or for a service and the gateway",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("duplicate_address.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut taken: HashMap<(String, IpAddr), (Place, String)> = HashMap::new();
    for network in project.root.get("networks").map(|networks| networks.fields()).unwrap_or_default() {
        let name = network.name.to_string();
        for subnet in Network::read(network).map(|network| network.subnets).unwrap_or_default() {
            if let Some(gateway) = subnet.entry.string_of("gateway")
                && let Some(ip) = address(&gateway)
            {
                taken.insert((name.clone(), ip), (gateway.place, "the gateway of the network".to_owned()));
            }
        }
    }
    for service in project.services.iter().filter(|service| may_run_beside_others(service)) {
        for (network, _, scalar) in fixed_addresses(service) {
            let Some(ip) = address(&scalar) else { continue };
            let key = (network, ip);
            if let Some((place, owner)) = taken.get(&key) {
                value::report(cx, &scalar, format!("`{ip}` is taken by {owner} already"))
                    .help("Choose another address, or let Docker choose one")
                    .related_at(*place, "the same address");
            } else {
                taken.insert(key, (scalar.place, format!("service `{}`", service.name)));
            }
        }
    }
}

/// Whether a service runs whenever the others do: with profiles, two may be alternatives.
fn may_run_beside_others(service: &Service<'_>) -> bool {
    service.profiles().is_empty() && !service.scalar("scale").as_ref().is_some_and(|scale: &Scalar| scale.is("0"))
}
