//! Addresses and networks, as Go's `net/netip` reads them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::key::Family;

/// An IP address; an IPv6 address may have a zone (`fe80::1%eth0`), which is left out.
pub fn parse_address(text: &str) -> Option<IpAddr> {
    match text.split_once('%') {
        Some((address, zone)) if !zone.is_empty() => address.parse().ok().map(IpAddr::V6),
        _ => text.parse().ok(),
    }
}

/// Whether a host with or without a port (`localhost:5000`, `[::1]:5000`) is this machine itself, which is what it is without TLS, too.
pub(crate) fn is_local(authority: &str) -> bool {
    let is = |host: &str| {
        let host = host.trim_matches(['[', ']']);
        host.eq_ignore_ascii_case("localhost")
            || parse_address(host).is_some_and(|address| address.to_canonical().is_loopback())
    };
    is(authority) || authority.rsplit_once(':').is_some_and(|(host, _)| is(host))
}

/// Whether an address is of a family.
pub fn is_of_family(address: IpAddr, family: Family) -> bool {
    match family {
        Family::Any => true,
        Family::V4 => address.is_ipv4(),
        Family::V6 => address.is_ipv6(),
    }
}

/// An address with the length of its network's prefix: `192.168.1.1/24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prefix {
    /// The address as written; its bits behind the prefix need not be zero.
    pub address: IpAddr,
    /// How many bits of it name the network: up to 32, or 128 for IPv6.
    pub length: u8,
}

impl Prefix {
    /// Reads an address with a prefix length.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        // Rust would accept a sign here, and Go no leading zeros.
        let is_plain = length.bytes().all(|byte| byte.is_ascii_digit()) && (length == "0" || !length.starts_with('0'));
        let length: u8 = length.parse().ok().filter(|_| is_plain)?;
        (length <= bits(address)).then_some(Self { address, length })
    }

    /// How many bits an address of this family has: 32 or 128.
    pub fn bits(&self) -> u8 {
        bits(self.address)
    }

    /// The first address of the network.
    pub fn network(&self) -> IpAddr {
        match self.address {
            IpAddr::V4(address) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.length)).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
            }
            IpAddr::V6(address) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.length)).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
        }
    }

    /// Whether an address is in the network.
    pub fn contains(&self, address: IpAddr) -> bool {
        address.is_ipv4() == self.address.is_ipv4() && Self { address, ..*self }.network() == self.network()
    }

    /// Whether another network is a part of this one, or the same.
    pub fn contains_network(&self, other: &Self) -> bool {
        other.length >= self.length && self.contains(other.address)
    }

    /// Whether the two networks have an address in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.contains_network(other) || other.contains_network(self)
    }
}

impl std::fmt::Display for Prefix {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.address, self.length)
    }
}

fn bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

#[cfg(test)]
mod tests {
    use super::{Prefix, is_local, parse_address};

    #[test]
    fn this_machine() {
        for text in ["localhost", "localhost:5000", "127.0.0.1:80", "127.1.2.3", "[::1]:5000", "::1"] {
            assert!(is_local(text), "{text}");
        }
        for text in ["", ":9323", "0.0.0.0:9323", "registry:5000", "10.0.0.1", "[::]:80", "localhost.example.com"] {
            assert!(!is_local(text), "{text}");
        }
    }

    #[test]
    fn reads_what_go_reads() {
        for text in ["1.1.1.1", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"] {
            assert!(parse_address(text).is_some(), "{text}");
        }
        for text in
            ["", "1.1.1", "1.1.1.01", "1.1.1.1%eth0", "[::1]", "fe80::1%", "example.com", " 1.1.1.1", "1.1.1.1:53"]
        {
            assert!(parse_address(text).is_none(), "{text}");
        }
        for text in ["10.0.0.0/8", "10.0.0.1/32", "0.0.0.0/0", "fd00::/64", "::/0", "::1/128"] {
            assert_eq!(Prefix::parse(text).map(|prefix| prefix.to_string()).as_deref(), Some(text));
        }
        for text in
            ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0/8", "fd00::/129", "10.0.0.0/", "/8"]
        {
            assert!(Prefix::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn networks_contain_and_overlap() {
        let of = |text| Prefix::parse(text).expect("a prefix");
        assert_eq!(of("192.168.1.77/24").network().to_string(), "192.168.1.0");
        assert_eq!(of("1.2.3.4/0").network().to_string(), "0.0.0.0");
        assert_eq!(of("fd00::1/64").network().to_string(), "fd00::");
        assert_eq!(of("fd00::1/0").network().to_string(), "::");
        assert!(of("10.0.0.0/8").contains_network(&of("10.1.0.0/16")));
        assert!(!of("10.1.0.0/16").contains_network(&of("10.0.0.0/8")));
        assert!(of("10.1.0.0/16").overlaps(&of("10.0.0.0/8")));
        assert!(!of("10.1.0.0/16").overlaps(&of("10.2.0.0/16")));
        assert!(!of("0.0.0.0/0").overlaps(&of("::/0")));
    }
}
