//! Networks of a Compose file, and the addresses in them.

use std::net::IpAddr;

use ipnet::IpNet;

use crate::compose::{Field, Node, Scalar, Service};

/// A network that Compose makes, with the subnets that the file gives it.
pub(crate) struct Network<'a> {
    /// The entry of the file.
    pub(crate) field: Field<'a>,
    /// Its subnets, as far as they can be read.
    pub(crate) subnets: Vec<Subnet<'a>>,
    /// Whether all of `ipam` can be read, so that there are no other subnets.
    pub(crate) is_known: bool,
}

/// An entry of `ipam.config`.
pub(crate) struct Subnet<'a> {
    /// The addresses of the subnet.
    pub(crate) net: IpNet,
    /// Where it is written.
    pub(crate) value: Scalar,
    /// The entry.
    pub(crate) entry: Node<'a>,
}

/// The drivers whose addresses the engine gives out; those of plugins may do it in their own way.
const DRIVERS: [&str; 6] = ["", "bridge", "default", "ipvlan", "macvlan", "overlay"];

impl<'a> Network<'a> {
    /// Reads an entry of `networks`; `None` for one that exists already, or whose driver gives out the addresses by itself.
    pub(crate) fn read(field: Field<'a>) -> Option<Self> {
        let body = &field.value;
        let is_own = !body.mentions("external") && !body.mentions("extends");
        let driver = body.scalar_of("driver");
        let is_usual = driver.is_none_or(|driver| DRIVERS.iter().any(|name| driver.is(name)));
        if !is_own || !is_usual || body.tag().is_some() {
            return None;
        }
        let ipam = body.get("ipam");
        let has_own_driver = ipam.as_ref().is_some_and(|ipam| ipam.mentions("driver") && !driver_is_default(ipam));
        let mut is_known = !has_own_driver;
        let mut subnets = Vec::new();
        for entry in ipam.and_then(|ipam| ipam.get("config")).map(|config| config.items()).unwrap_or_default() {
            let value = entry.scalar_of("subnet");
            match value.as_ref().and_then(Scalar::known).and_then(|text| text.parse().ok()).zip(value) {
                Some((net, value)) => subnets.push(Subnet { net, value, entry }),
                None => is_known = false,
            }
        }
        Some(Self { field, subnets, is_known })
    }
}

fn driver_is_default(ipam: &Node<'_>) -> bool {
    ipam.scalar_of("driver").is_some_and(|driver| driver.is("default"))
}

/// The fixed addresses that a service asks for: the name of the network, the key, the address.
pub(crate) fn fixed_addresses(service: &Service<'_>) -> Vec<(String, &'static str, Scalar)> {
    let mut addresses = Vec::new();
    for network in service.field("networks").map(|networks| networks.value.fields()).unwrap_or_default() {
        for key in ["ipv4_address", "ipv6_address"] {
            if let Some(mut address) = network.value.string_of(key) {
                address.alias = address.alias.or(network.alias);
                addresses.push((network.name.to_string(), key, address));
            }
        }
    }
    addresses
}

/// The address that a text is, if it is known and is one.
pub(crate) fn address(scalar: &Scalar) -> Option<IpAddr> {
    scalar.known()?.parse().ok()
}

/// Whether a text is a hardware address of six bytes: `02:42:ac:11:00:02`, `02-42-ac-11-00-02`, `0242.ac11.0002`.
pub(crate) fn is_mac(text: &str) -> bool {
    let parts = |separator: char, count: usize, digits: usize| {
        let parts: Vec<&str> = text.split(separator).collect();
        let is_hex = |part: &&str| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        parts.len() == count && parts.iter().all(is_hex)
    };
    parts(':', 6, 2) || parts('-', 6, 2) || parts('.', 3, 4)
}

#[cfg(test)]
mod tests {
    use super::is_mac;

    #[test]
    fn reads_hardware_addresses() {
        for text in ["02:42:ac:11:00:02", "02-42-AC-11-00-02", "0242.ac11.0002"] {
            assert!(is_mac(text), "{text}");
        }
        for text in
            ["", "02:42:ac:11:00", "02:42:ac:11:00:0g", "02:42:ac:11:00:002", "0242ac110002", "02:42-ac:11:00:02"]
        {
            assert!(!is_mac(text), "{text}");
        }
    }
}
