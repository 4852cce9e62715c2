//! `invalid-network-address`: an address or a network that is none, or does not fit.

mod compose;

use std::net::IpAddr;

use crate::daemon::net::{Prefix, is_of_family, parse_address};
use crate::daemon::{DaemonConfig, Family, Format, Json, Known, Setting, Type, is_template};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-network-address",
    summary: "An IP address or a network that is none, or does not fit",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_network_address.md"),
    on: &[On::Daemon(daemon), On::Service(compose::service), On::Compose(compose::networks)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for value in &config.values {
        let Json::String(text) = Json::of(value.value) else { continue };
        // Only in a list, an empty string is an address that is none.
        if is_template(text) || (text.is_empty() && !matches!(value.key.ty, Type::List(Type::String(_)))) {
            continue;
        }
        match value.ty {
            Type::String(Format::Ip(family)) => address(value, text, *family, cx),
            Type::String(Format::Prefix(family)) => prefix(value, text, *family, cx),
            _ => {}
        }
    }
    default_network(config, "bip", "fixed-cidr", "default-gateway", cx);
    if config.is_on("ipv6") {
        default_network(config, "bip6", "fixed-cidr-v6", "default-gateway-v6", cx);
    }
    gateways(config, cx);
    pools(config, cx);
}

fn address(value: &Known<'_>, text: &str, family: Family, cx: &mut Context<'_>) {
    if text.is_empty() {
        cx.report(value.value.range(), format!("an address in `{}` is empty", value.path)).help("Remove it");
        return;
    }
    let help = match parse_address(text) {
        Some(address) if is_of_family(address, family) => return,
        Some(_) => "The address has to be one of the other version of IP",
        None if Prefix::parse(text).is_some() => "Write the address without the length of a prefix",
        None if text.contains([',', ' ', ';']) => "Write an array with a string for each address",
        None if text.parse::<std::net::SocketAddr>().is_ok() => "Write the address without a port",
        None if &*value.path == "dns" => "A name server is given by its IP address",
        None => "Write an IP address",
    };
    cx.report(value.value.range(), format!("`{}` cannot be `{}`", value.path, shorten(text))).help(help);
}

fn prefix(value: &Known<'_>, text: &str, family: Family, cx: &mut Context<'_>) {
    let help = match Prefix::parse(text) {
        Some(prefix) if is_of_family(prefix.address, family) => return,
        Some(_) => "The network has to be one of the other version of IP".to_owned(),
        None if parse_address(text).is_some() => {
            let length = if text.contains(':') { 64 } else { 24 };
            format!("The length of the network's prefix is missing, as in `{text}/{length}`")
        }
        None => "Write an address with the length of its network's prefix, such as `10.10.0.0/16`".to_owned(),
    };
    cx.report(value.value.range(), format!("`{}` cannot be `{}`", value.path, shorten(text))).help(help);
}

/// How the settings of the default network fit together.
fn default_network(config: &DaemonConfig<'_>, bip: &str, fixed: &str, gateway: &str, cx: &mut Context<'_>) {
    // A bridge of one's own has its address elsewhere.
    if config.string("bridge").is_some() {
        return;
    }
    let find = |name: &str| config.setting(name).and_then(|it| Some((it, it.as_str()?)));
    let Some((bip, network)) = find(bip).and_then(|(it, text)| Some((it, Prefix::parse(text)?))) else { return };
    // In a network of two addresses, both are for hosts.
    if network.address.is_ipv4() && network.address == network.network() && network.length < network.bits() - 1 {
        let message = format!("`{}` is the address of the bridge, and `{}` is that of the network", bip.name, network.address);
        cx.report(bip.value_range(), message).help("Write the address of a host in it, such as the first one");
        return;
    }
    if let Some((fixed, text)) = find(fixed)
        && let Some(part) = Prefix::parse(text)
        && is_same_family(part.address, network.address)
        && !network.contains_network(&part)
    {
        outside(fixed, bip, &network, cx);
    }
    if let Some((gateway, text)) = find(gateway)
        && let Some(address) = parse_address(text)
        && is_same_family(address, network.address)
    {
        if address == network.address {
            cx.report(gateway.value_range(), format!("`{}` is the address of the bridge", gateway.name))
                .related(bip.value_range(), "the bridge")
                .help("Remove it: the bridge is the gateway where nothing else is said");
        } else if !network.contains(address) {
            outside(gateway, bip, &network, cx);
        }
    }
}

fn outside(setting: &Setting<'_>, bip: &Setting<'_>, network: &Prefix, cx: &mut Context<'_>) {
    let whole = Prefix { address: network.network(), ..*network };
    cx.report(setting.value_range(), format!("`{}` lies outside of the default network `{whole}`", setting.name))
        .related(bip.value_range(), "this makes the default network");
}

fn is_same_family(a: IpAddr, b: IpAddr) -> bool {
    a.is_ipv4() == b.is_ipv4()
}

fn gateways(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let mut first = [None; 2];
    for (text, range) in config.strings("host-gateway-ips") {
        let Some(address) = parse_address(text) else { continue };
        let (index, version) = if address.is_ipv4() { (0, "IPv4") } else { (1, "IPv6") };
        match first[index] {
            None => first[index] = Some(range),
            Some(first) => {
                cx.report(range, format!("`host-gateway-ips` can have one {version} address only"))
                    .related(first, "the first one");
            }
        }
    }
}

fn pools(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for pool in config.address_pools() {
        let Some(prefix) = pool.prefix else { continue };
        let Some((size, number)) = pool.size else {
            if pool.has_no_size {
                cx.report(pool.base.range, "the pool has no `size`")
                    .help("It is the length of the prefix of the subnets that are taken from it, such as 24");
            }
            continue;
        };
        let (least, most) = (prefix.length, prefix.bits());
        if number < i128::from(least) || number > i128::from(most) {
            cx.report(size.value_range(), format!("a subnet with a prefix of {number} is no part of `{prefix}`"))
                .related(pool.base.value_range(), "the network")
                .help(format!("Write a number from {least} to {most}"));
        }
    }
}
