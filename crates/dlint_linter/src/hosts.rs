//! What the name or the address of a host tells of where it is.

use std::net::{IpAddr, Ipv6Addr};

/// The host of what follows `://` in an address, or of `host:port`; an IPv6 address without its brackets.
pub(crate) fn host_of(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Whether a host is the machine, or the container, that asks for it.
pub(crate) fn is_own(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback() || address.is_unspecified(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

/// Whether a host is nowhere on the way to the internet, or nobody can tell: it is this machine, has no domain, has one that is
/// nobody's, or has an address that is not routed.
///
/// Source: RFC 1918, 3927, 4193, 4291, 6762, and ICANN's resolution 2024.07.29.06 on `.internal`.
pub(crate) fn is_nearby(host: &str) -> bool {
    if is_own(host) || host.contains('$') {
        return true;
    }
    match host.parse() {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => is_nearby_v6(address),
        Err(_) => host.rsplit_once('.').is_none_or(|(_, top)| matches!(top, "local" | "internal")),
    }
}

fn is_nearby_v6(address: Ipv6Addr) -> bool {
    address.is_unique_local() || address.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::{host_of, is_nearby, is_own};

    #[test]
    fn hosts() {
        assert_eq!(host_of("user:password@example.com:80/x?y"), "example.com");
        assert_eq!(host_of("[::1]:80/"), "::1");
        for host in ["localhost", "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0"] {
            assert!(is_own(host) && is_nearby(host), "{host}");
        }
        for host in [
            "192.168.1.10",
            "10.0.0.1",
            "169.254.169.254",
            "fd00::1",
            "proxy",
            "$HOST.example.com",
            "host.docker.internal",
        ] {
            assert!(!is_own(host) && is_nearby(host), "{host}");
        }
        for host in ["example.com", "8.8.8.8", "172.15.0.1", "2606:4700::1111", "localhost.example.com"] {
            assert!(!is_nearby(host), "{host}");
        }
    }
}
