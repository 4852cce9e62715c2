//! Addresses in Compose files.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::compose::{Node, Project, Scalar, Service};
use crate::diagnostic::Category;
use crate::network::is_mac;
use crate::rule::Context;
use crate::text::shorten;
use crate::value;

/// What an address has to be.
#[derive(Clone, Copy)]
enum Wanted {
    Ip,
    V4,
    V6,
    Subnet,
    Mac,
}

impl Wanted {
    fn title(self) -> &'static str {
        match self {
            Self::Ip => "IP address",
            Self::V4 => "IPv4 address",
            Self::V6 => "IPv6 address",
            Self::Subnet => "subnet",
            Self::Mac => "MAC address",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Ip => "Write an address in numbers: `192.0.2.1`, `2001:db8::1`",
            Self::V4 => "Write four numbers: `192.0.2.1`",
            Self::V6 => "Write an address like `2001:db8::1`",
            Self::Subnet => "Write an address with the length of its prefix: `192.0.2.0/24`",
            Self::Mac => "Write six bytes: `02:42:ac:11:00:02`",
        }
    }

    fn fits(self, text: &str) -> bool {
        let ip = || text.parse::<IpAddr>().ok();
        match self {
            Self::Ip => ip().is_some(),
            Self::V4 => ip().is_some_and(|ip| ip.is_ipv4() && !ip.is_unspecified()),
            Self::V6 => ip().is_some_and(|ip| ip.is_ipv6() && !ip.is_unspecified()),
            Self::Subnet => text.parse::<IpNet>().is_ok(),
            Self::Mac => is_mac(text),
        }
    }
}

fn check(address: &Scalar, wanted: Wanted, cx: &mut Context<'_>) {
    let Some(text) = address.known().filter(|text| !text.is_empty() && !is_placeholder(text) && !wanted.fits(text)) else { return };
    value::report(cx, address, format!("`{text}` is no {}, so Docker refuses it", wanted.title(), text = shorten(text)))
        .help(wanted.help())
        .category(Category::Correctness);
}

/// Whether something else fills in the address before Compose reads the file.
fn is_placeholder(text: &str) -> bool {
    text.starts_with('<') || text.contains("{{")
}

pub(super) fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for server in service.strings("dns") {
        check(&server, Wanted::Ip, cx);
    }
    if let Some(address) = service.string("mac_address") {
        check(&address, Wanted::Mac, cx);
    }
    for network in service.field("networks").map(|networks| networks.value.fields()).unwrap_or_default() {
        let body = &network.value;
        for (key, wanted) in [("ipv4_address", Wanted::V4), ("ipv6_address", Wanted::V6), ("mac_address", Wanted::Mac)] {
            if let Some(address) = body.string_of(key) {
                check(&address, wanted, cx);
            }
        }
        for address in body.get("link_local_ips").map(|list| list.strings()).unwrap_or_default() {
            check(&address, Wanted::Ip, cx);
        }
    }
    if let Some(hosts) = service.field("extra_hosts") {
        for mut address in host_addresses(&hosts.value) {
            address.alias = address.alias.or(hosts.alias);
            if !address.is("host-gateway") {
                check(&address, Wanted::Ip, cx);
            }
        }
    }
}

/// The addresses of `extra_hosts`: a mapping from names to one or several, or a list of `NAME=ADDRESS` or `NAME:ADDRESS`.
fn host_addresses(hosts: &Node<'_>) -> Vec<Scalar> {
    if hosts.is_mapping() {
        return hosts.fields().iter().flat_map(|field| field.value.strings()).collect();
    }
    let of_item = |item: &Node<'_>| {
        let Some(field) = item.as_pair() else {
            let scalar = item.string()?;
            let text = scalar.text();
            let at = text.find('=').or_else(|| text.find(':'))? + 1;
            let inner = text[at..].strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let start = if inner.is_some() { at + 1 } else { at };
            return Some(scalar.part(start..start + inner.map_or(text.len() - at, str::len)));
        };
        field.value.string()
    };
    hosts.items().iter().filter_map(of_item).collect()
}

pub(super) fn networks(project: &Project<'_>, cx: &mut Context<'_>) {
    for network in project.root.get("networks").map(|networks| networks.fields()).unwrap_or_default() {
        let config = network.value.get("ipam").and_then(|ipam| ipam.get("config"));
        for entry in config.map(|config| config.items()).unwrap_or_default() {
            for (key, wanted) in [("subnet", Wanted::Subnet), ("ip_range", Wanted::Subnet), ("gateway", Wanted::Ip)] {
                if let Some(address) = entry.string_of(key) {
                    check(&address, wanted, cx);
                }
            }
            for field in entry.get("aux_addresses").map(|it| it.fields()).unwrap_or_default() {
                if let Some(address) = field.value.string() {
                    check(&address, Wanted::Ip, cx);
                }
            }
        }
    }
}
