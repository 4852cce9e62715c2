//! `address-outside-subnet`: an address that its network does not have.

use ipnet::IpNet;

use crate::compose::{Project, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::network::{Network, Subnet, address, fixed_addresses};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "address-outside-subnet",
    summary: "An address that the network's subnets do not have",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("address_outside_subnet.md"),
    on: &[On::Service(service), On::Compose(networks)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for (name, _, scalar) in fixed_addresses(service) {
        let Some(ip) = address(&scalar) else { continue };
        let declared = service.top_level("networks", &name);
        let Some(network) = declared.and_then(Network::read).filter(|network| network.is_known) else { continue };
        let of_family = |subnet: &&Subnet<'_>| subnet.net.addr().is_ipv4() == ip.is_ipv4();
        let mut subnets = network.subnets.iter().filter(of_family).peekable();
        if subnets.peek().is_none() {
            let family = if ip.is_ipv4() { "IPv4" } else { "IPv6" };
            let message = format!("network `{name}` has no {family} subnet, so no address of it can be chosen", name = shorten(&name));
            value::report(cx, &scalar, message)
                .help("Give the network a subnet: `ipam: {config: [{subnet: …}]}`")
                .related_at(network.field.key_place, "the network");
        } else if let Some(first) = subnets.next()
            && !first.net.contains(&ip)
            && !subnets.any(|subnet| subnet.net.contains(&ip))
        {
            let message = format!("`{ip}` is not in the subnet of network `{name}`, so Docker refuses to create the container", name = shorten(&name));
            value::report(cx, &scalar, message)
                .help(format!("Choose an address in `{}`", first.net))
                .related_at(first.value.place, "the subnet");
        }
    }
}

fn networks(project: &Project<'_>, cx: &mut Context<'_>) {
    for field in project.root.get("networks").map(|networks| networks.fields()).unwrap_or_default() {
        for subnet in Network::read(field).map(|network| network.subnets).unwrap_or_default() {
            check_subnet(&subnet, cx);
        }
    }
}

fn check_subnet(subnet: &Subnet<'_>, cx: &mut Context<'_>) {
    let net = subnet.net;
    masked(net, &subnet.value, cx);
    let mut outside = |what: &str, scalar: &Scalar| {
        value::report(cx, scalar, format!("the {what} is not in the subnet, so Docker refuses to create the network"))
            .help(format!("Choose one in `{}`", net.trunc()))
            .related_at(subnet.value.place, "the subnet");
    };
    if let Some(gateway) = subnet.entry.string_of("gateway")
        && address(&gateway).is_some_and(|ip| !net.contains(&ip))
    {
        outside("gateway", &gateway);
    }
    for field in subnet.entry.get("aux_addresses").map(|it| it.fields()).unwrap_or_default() {
        if let Some(auxiliary) = field.value.string()
            && address(&auxiliary).is_some_and(|ip| !net.contains(&ip))
        {
            outside("address", &auxiliary);
        }
    }
    let Some(range) = subnet.entry.string_of("ip_range") else { return };
    let Some(parsed) = range.known().and_then(|text| text.parse::<IpNet>().ok()) else { return };
    if net.trunc().contains(&parsed) {
        masked(parsed, &range, cx);
    } else {
        outside("range", &range);
    }
}

/// Whether the bits behind the prefix are 0.
fn masked(net: IpNet, written: &Scalar, cx: &mut Context<'_>) {
    if net.addr() != net.network() {
        let message = format!("`{net}` is an address in a subnet, not a subnet, so Docker refuses to create the network");
        value::report(cx, written, message).help(format!("Did you mean `{}`?", net.trunc()));
    }
}
