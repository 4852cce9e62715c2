//! Networks.

use super::super::key::{Choice, Family, Format, Key, Object, Type};

const TEXT: Type = Type::String(Format::Text);
const ANY_ADDRESS: Type = Type::String(Format::Ip(Family::Any));
const FIREWALLS: &str = "https://docs.docker.com/engine/network/packet-filtering-firewalls/";
const IPV6: &str = "https://docs.docker.com/engine/daemon/ipv6/";
const BRIDGE: &str = "https://docs.docker.com/engine/network/drivers/bridge/#configure-the-default-bridge-network";
const DNS: &str = "https://docs.docker.com/reference/cli/dockerd/#daemon-dns-options";
const GATEWAY: &str = "https://docs.docker.com/reference/cli/dockerd/#configure-host-gateway-ip";

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "allow-direct-routing",
        Type::Bool,
        "Whether other hosts may reach published ports of containers by the containers' own addresses.",
    )
    .default("false")
    .since("28")
    .unix()
    .link(FIREWALLS),
    Key::new(
        "bip",
        Type::String(Format::Prefix(Family::V4)),
        "The bridge's own IPv4 address on the default network, with the length of the network's prefix: \
         `192.168.1.1/24`. Not together with `bridge`.",
    )
    .unix()
    .link(BRIDGE),
    Key::new(
        "bip6",
        Type::String(Format::Prefix(Family::V6)),
        "The bridge's own IPv6 address on the default network, with the length of the network's prefix. Not together \
         with `bridge`.",
    )
    .since("28")
    .unix()
    .link(IPV6),
    Key::new(
        "bridge",
        TEXT,
        "A bridge of the host that the default network uses instead of `docker0`, or `none` for no default network at \
         all.",
    )
    .link(BRIDGE),
    Key::new(
        "bridge-accept-fwmark",
        Type::String(Format::FirewallMark),
        "Packets with this mark (and mask, as in `0x1/0x3`) are let into bridge networks.",
    )
    .since("28.1")
    .unix()
    .link(FIREWALLS),
    Key::new(
        "default-address-pools",
        Type::List(&Type::Object(&POOL)),
        "From where new networks get their subnets, if they do not say.",
    )
    .default("private networks out of 172.16.0.0/12 and 192.168.0.0/16"),
    Key::new(
        "default-gateway",
        Type::String(Format::Ip(Family::V4)),
        "The IPv4 gateway of containers on the default network.",
    )
    .unix()
    .link(BRIDGE),
    Key::new(
        "default-gateway-v6",
        Type::String(Format::Ip(Family::V6)),
        "The IPv6 gateway of containers on the default network.",
    )
    .unix()
    .link(IPV6),
    Key::new(
        "default-network-opts",
        Type::Map(&Type::Map(&TEXT)),
        "Options of new networks, by driver: `{\"bridge\": {\"com.docker.network.driver.mtu\": \"1400\"}}`. All values \
         are strings.",
    )
    .link("https://docs.docker.com/reference/cli/dockerd/#default-network-options"),
    Key::new("dns", Type::List(&ANY_ADDRESS), "Addresses of the name servers of containers.")
        .default("those of the host")
        .link(DNS),
    Key::new("dns-opts", Type::List(&TEXT), "Options of the resolver in containers (`ndots:1`).").link(DNS),
    Key::new("dns-search", Type::List(&Type::String(Format::Domain)), "Search domains of the resolver in containers.")
        .link(DNS),
    Key::new(
        "firewall-backend",
        Type::String(Format::Choice(BACKENDS)),
        "With what the daemon sets up the host's firewall.",
    )
    .default("\"iptables\"")
    .since("29")
    .unix()
    .link("https://docs.docker.com/engine/network/firewall-nftables/"),
    Key::new(
        "fixed-cidr",
        Type::String(Format::Prefix(Family::V4)),
        "The part of the default network from which containers get IPv4 addresses.",
    )
    .link(BRIDGE),
    Key::new("fixed-cidr-v6", Type::String(Format::Prefix(Family::V6)), "The IPv6 subnet of the default network.")
        .unix()
        .link(IPV6),
    Key::new("host-gateway-ip", ANY_ADDRESS, "What `host-gateway` stands for in `--add-host` and `extra_hosts`.")
        .deprecated("28", "Use the list `host-gateway-ips`")
        .link(GATEWAY),
    Key::new(
        "host-gateway-ips",
        Type::List(&ANY_ADDRESS),
        "What `host-gateway` stands for in `--add-host` and `extra_hosts`: at most one IPv4 and one IPv6 address.",
    )
    .default("the address of the default bridge")
    .since("28")
    .unix()
    .link(GATEWAY),
    Key::new(
        "icc",
        Type::Bool,
        "Whether containers on the default network reach each other on ports that are not published. Other networks, \
         those of Compose among them, are not affected. `false` needs `iptables`.",
    )
    .default("true")
    .unix()
    .link(BRIDGE),
    Key::new(
        "ip",
        ANY_ADDRESS,
        "On which address of the host the ports of containers on the default network are published, if they do not \
         say. Other networks, those of Compose among them, are not affected.",
    )
    .default("\"0.0.0.0\"")
    .unix()
    .link(FIREWALLS),
    Key::new("ip-forward", Type::Bool, "Whether the daemon switches on that the host forwards packets.")
        .default("true")
        .unix()
        .link(FIREWALLS),
    Key::new(
        "ip-forward-no-drop",
        Type::Bool,
        "Whether the daemon leaves the policy of the firewall's FORWARD chain as it is when it switches on forwarding, \
         instead of setting it to DROP.",
    )
    .default("false")
    .since("28")
    .unix()
    .link(FIREWALLS),
    Key::new(
        "ip-masq",
        Type::Bool,
        "Whether packets of containers on the default network leave the host under the host's address.",
    )
    .default("true")
    .unix()
    .link(FIREWALLS),
    Key::new(
        "ip6tables",
        Type::Bool,
        "Whether the daemon sets up the host's firewall for IPv6. Without it, nothing separates the networks of \
         containers.",
    )
    .default("true")
    .unix()
    .link(FIREWALLS),
    Key::new(
        "iptables",
        Type::Bool,
        "Whether the daemon sets up the host's firewall for IPv4. Without it, nothing separates the networks of \
         containers, and they reach nothing outside of the host.",
    )
    .default("true")
    .unix()
    .link(FIREWALLS),
    Key::new("ipv6", Type::Bool, "Whether the default network has IPv6.").default("false").unix().link(IPV6),
    Key::new(
        "mtu",
        Type::Integer(0, i64::MAX),
        "The largest packet on the default network, in bytes; 0 is the default. Other networks have an option \
         `com.docker.network.driver.mtu`.",
    )
    .default("1500"),
    Key::new(
        "network-control-plane-mtu",
        Type::Integer(i64::MIN, i64::MAX),
        "The largest packet that the nodes of a swarm send each other for managing networks, in bytes.",
    )
    .default("1500"),
    Key::new(
        "network-diagnostic-port",
        Type::Integer(0, 65535),
        "A port on which the daemon shows the inner state of its networks to anybody who asks; 0 for none.",
    )
    .default("0"),
    Key::new(
        "userland-proxy",
        Type::Bool,
        "Whether a process for each published port takes over what the firewall cannot do, such as connections from \
         the host itself.",
    )
    .default("true")
    .unix()
    .link(FIREWALLS),
    Key::new("userland-proxy-path", Type::String(Format::AbsolutePath), "The program of that process.")
        .default("`docker-proxy`, looked up")
        .unix(),
];

const BACKENDS: &[Choice] = &[
    Choice::new("iptables", "The iptables tools"),
    Choice::new("nftables", "nftables; experimental, and not with Swarm"),
];

const POOL: Object = Object {
    keys: &[
        Key::new("base", Type::String(Format::Prefix(Family::Any)), "The network that is divided: `10.10.0.0/16`."),
        Key::new(
            "size",
            Type::Integer(i64::MIN, i64::MAX),
            "The length of the prefix of each subnet that is taken from it: `24`.",
        ),
    ],
    is_case_sensitive: false,
    refuses_unknown: false,
    others: None,
};
