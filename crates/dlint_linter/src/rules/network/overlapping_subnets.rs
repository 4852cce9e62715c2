//! `overlapping-subnets`: networks that take addresses from each other.

use crate::beside;
use crate::compose::{Project, Scalar};
use crate::daemon::net::Prefix;
use crate::daemon::{AddressPool, DaemonConfig};
use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::network::Network;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;
use ipnet::IpNet;
use std::sync::Arc;

/// The rule.
pub const RULE: Rule = Rule {
    name: "overlapping-subnets",
    summary: "Networks that take addresses from each other",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("overlapping_subnets.md"),
    on: &[On::Daemon(daemon), On::Compose(project)],
};

/// More pools than anybody has; comparing all with all takes the square of that.
const MOST: usize = 256;

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let pools: Vec<(AddressPool<'_>, Prefix)> =
        config.address_pools().into_iter().filter_map(|pool| Some((pool, pool.prefix?))).take(MOST).collect();
    for (index, (pool, prefix)) in pools.iter().enumerate() {
        let larger = pools.iter().enumerate().find(|(other, (_, network))| {
            // Of two equal ones, the first is used.
            network.contains_network(prefix) && (network.length < prefix.length || *other < index)
        });
        if let Some((_, (other, network))) = larger {
            let is_same = network.length == prefix.length;
            let message = if is_same {
                format!("the pool `{prefix}` is written twice, and only the first is used")
            } else {
                format!("the pool `{prefix}` is a part of the pool `{network}` and is never used")
            };
            cx.report(pool.base.value_range(), message)
                .related(other.base.value_range(), if is_same { "the first one" } else { "the whole" })
                .help("Remove it, or choose a network of its own");
        }
    }
    let bridge = config.setting("bip").and_then(|bip| Some((bip, Prefix::parse(bip.as_str()?)?)));
    let Some((bip, bridge)) = bridge else { return };
    for (pool, prefix) in pools.iter().filter(|(_, prefix)| bridge.contains_network(prefix)) {
        cx.report(pool.base.value_range(), format!("nothing is left of the pool `{prefix}` beside the default network"))
            .related(bip.value_range(), "the default network has all of it");
    }
}

/// The networks that a project makes.
fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut taken: Vec<(IpNet, Scalar, String)> = Vec::new();
    for field in project.root.get("networks").map(|networks| networks.fields()).unwrap_or_default() {
        let name = field.name.to_string();
        let Some(network) = Network::read(field).filter(|network| is_bridge(network)) else { continue };
        for subnet in network.subnets {
            if taken.len() >= MOST {
                return;
            }
            // Docker gives the address of the network, whatever host is written.
            let net = subnet.net.trunc();
            let other = taken.iter().find(|(other, ..)| other.contains(&net) || net.contains(other));
            if let Some((other, place, owner)) = other {
                let message = if *owner == name {
                    format!("the subnet `{net}` overlaps `{other}` of the same network")
                } else {
                    format!("the subnet `{net}` of network `{name}` overlaps `{other}` of network `{owner}`, so Docker refuses to make both")
                };
                value::report(cx, &subnet.value, message)
                    .level(Level::Error)
                    .help("Choose a subnet of its own, or leave it out, and Docker chooses one")
                    .related_at(place.place, "the other one");
            }
            taken.push((net, subnet.value, name.clone()));
        }
    }
    if taken.is_empty() {
        return;
    }
    let document = beside::daemon(&project.folder, cx.files);
    if let Some((document, config)) = document.as_ref().and_then(|document| Some((document, DaemonConfig::new(document)?))) {
        beside_daemon(&taken, document, &config, cx);
    }
}

/// Networks of a project that take addresses from those of the daemon that belongs to it.
fn beside_daemon(taken: &[(IpNet, Scalar, String)], document: &Arc<Document>, config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let of = |text: &str| text.parse::<IpNet>().ok().map(|net| net.trunc());
    let bridge = config.setting("bip").and_then(|bip| Some((bip, of(bip.as_str()?)?)));
    let pools: Vec<_> = config.address_pools().into_iter().filter_map(|pool| Some((pool, of(pool.base.as_str()?)?))).take(MOST).collect();
    for (net, subnet, name) in taken {
        let overlaps = |other: &IpNet| other.contains(net) || net.contains(other);
        if let Some((bip, other)) = bridge.filter(|(_, other)| overlaps(other)) {
            value::report(cx, subnet, format!("the subnet `{net}` of network `{name}` overlaps `{other}` of the daemon's default network, so Docker refuses to make it"))
                .level(Level::Error)
                .help("Choose a subnet of its own, or leave it out, and Docker chooses one")
                .aside_in(document, bip.value_range(), "the default network");
        } else if let Some((pool, other)) = pools.iter().find(|(_, other)| overlaps(other)) {
            value::report(cx, subnet, format!("the subnet `{net}` of network `{name}` is out of the pool `{other}`, from which the daemon gives subnets to any network: Docker refuses to make it once another one has it"))
                .level(Level::Info)
                .help("Choose a subnet outside of the daemon's pools, or leave it out, and Docker chooses one")
                .aside_in(document, pool.base.value_range(), "the pool");
        }
    }
}

/// Whether the network is one of the host's own, of which Docker compares the addresses.
fn is_bridge(network: &Network<'_>) -> bool {
    network.field.value.scalar_of("driver").is_none_or(|driver| driver.is("bridge") || driver.is("") || driver.is("default"))
}
