//! Published ports that are worse than others.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use crate::beside;
use crate::compose::{Port, Project, Service};
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Fix, Level};
use crate::rule::Context;
use crate::rules::network::docker_api_port::is_docker_api;

/// Ports of databases, caches, queues and administration: what answers there has little or no protection of its own.
///
/// Source: the services' own documentation and IANA's service name and port number registry.
const SENSITIVE: [(u16, &str); 34] = [
    (23, "Telnet"),
    (111, "rpcbind"),
    (445, "SMB"),
    (1433, "SQL Server"),
    (1521, "Oracle Database"),
    (2181, "ZooKeeper"),
    (2375, "Docker's API without TLS"),
    (2376, "Docker's API"),
    (2379, "etcd"),
    (3306, "MySQL"),
    (3389, "RDP"),
    (5432, "PostgreSQL"),
    (5672, "RabbitMQ"),
    (5900, "VNC"),
    (5984, "CouchDB"),
    (6379, "Redis"),
    (6443, "the Kubernetes API"),
    (7474, "Neo4j"),
    (7687, "Neo4j"),
    (8086, "InfluxDB"),
    (8123, "ClickHouse"),
    (8500, "Consul"),
    (9042, "Cassandra"),
    (9092, "Kafka"),
    (9200, "Elasticsearch"),
    (9300, "Elasticsearch"),
    (10250, "the kubelet"),
    (11211, "Memcached"),
    (15672, "RabbitMQ's management"),
    (26257, "CockroachDB"),
    (27017, "MongoDB"),
    (27018, "MongoDB"),
    (28015, "RethinkDB"),
    (50000, "Db2"),
];

/// What answers on a port of a container, if it is something that should not be reachable from everywhere.
pub(crate) fn sensitive(ports: &RangeInclusive<u16>) -> Option<&'static str> {
    // A wide range is some protocol's data ports (RTP, passive FTP), whatever else lies in it.
    if ports.end() - ports.start() > 16 {
        return None;
    }
    SENSITIVE.iter().find(|(port, _)| ports.contains(port)).map(|(_, name)| *name)
}

/// The ports that a service publishes on every interface.
pub(crate) fn on_every_interface<'s>(service: &'s Service<'_>) -> impl Iterator<Item = &'s Port> {
    let ports = if has_network(service) { service.ports() } else { &[] };
    // `docker-api-port` tells of Docker's own.
    ports.iter().filter(|port| port.is_wildcard() == Some(true) && !is_docker_api(port))
}

/// The option of a network by which its ports are published on one address.
///
/// Source: Docker documentation, "Bridge network driver", "Options".
pub(crate) const HOST_BINDING: &str = "com.docker.network.bridge.host_binding_ipv4";

/// Calls `check` with each port that the services of the checked file publish on every interface of the host.
pub(crate) fn each_open(project: &Project<'_>, check: fn(&Port, &mut Context<'_>), cx: &mut Context<'_>) {
    let mut binds = None;
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        let mut open = on_every_interface(service).peekable();
        if open.peek().is_none() {
            continue;
        }
        let binds = *binds.get_or_insert_with(|| daemon_binds(project, cx));
        cx.anchor = service.name_place.in_checked();
        for port in open.filter(|port| !binds || port.host_ip.is_some()) {
            check(port, cx);
        }
    }
    cx.anchor = None;
}

/// Whether the daemon that belongs to a project publishes ports of its networks on one address where they name none. `ip` is for the
/// default network alone, in which Compose puts nothing.
fn daemon_binds(project: &Project<'_>, cx: &Context<'_>) -> bool {
    let document = beside::daemon(&project.folder, cx.files);
    let Some(config) = document.as_deref().and_then(DaemonConfig::new) else { return false };
    let options = config.members("default-network-opts").into_iter().find(|member| member.name == "bridge");
    let address = options.and_then(|bridge| bridge.member(HOST_BINDING)?.as_str()?.parse::<IpAddr>().ok());
    address.is_some_and(|address| !address.is_unspecified())
}

/// Whether the service has a network of its own; without one it publishes nothing.
pub(crate) fn has_network(service: &Service<'_>) -> bool {
    service.network_mode().is_none_or(|mode| mode.is("bridge"))
}

/// What is wrong with a port that is published on every interface; `service` is what answers there, if that is known.
pub(crate) fn message(port: &Port, service: Option<&str>) -> String {
    let span = |what: &str, ports: RangeInclusive<u16>| match (ports.start(), ports.end()) {
        (start, end) if start == end => (format!("{what} port {start}"), false),
        (start, end) => (format!("{what} ports {start}-{end}"), true),
    };
    let (ports, are_many) = match (port.published_ports(), port.target_ports()) {
        (Some(ports), _) => span("host", ports),
        (None, Some(ports)) if port.published.is_none() => span("container", ports),
        (None, _) => ("this port".to_owned(), false),
    };
    let (subject, verb) = match service {
        Some(service) => (format!("{service} ({ports})"), "is"),
        None => (ports, if are_many { "are" } else { "is" }),
    };
    format!("{subject} {verb} published on every interface of the host")
}

/// Reports a port, with the fix that binds it to this host alone.
pub(crate) fn report(port: &Port, message: String, is_web: bool, cx: &mut Context<'_>) {
    let fix =
        port.bind_to("127.0.0.1").map(|edit| Fix::unsafe_("Publish it on this host alone (127.0.0.1)", vec![edit]));
    let mut report = cx.report_at(port.place, message);
    report.help(
        "Name the interface: `127.0.0.1:` for this host alone, or the address of the network that should reach it",
    );
    if is_web {
        report.level(Level::Info);
    }
    if let Some(alias) = port.alias {
        report.related_at(alias, "comes in here");
    }
    if let Some(fix) = fix {
        report.fix(fix);
    }
}

/// A port of a container that `EXPOSE` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exposed {
    /// `tcp`, `udp` or `sctp`.
    pub(crate) protocol: String,
    ports: RangeInclusive<u16>,
}

impl Exposed {
    /// Whether it is more than one port.
    pub(crate) fn is_range(&self) -> bool {
        self.ports.start() != self.ports.end()
    }

    /// Whether the port is among them. A wide range is some protocol's data ports, whatever else lies in it.
    pub(crate) fn contains(&self, port: u16) -> bool {
        self.ports.contains(&port) && self.ports.end() - self.ports.start() <= 64
    }
}

/// Reads `80`, `8000-8010/udp` and `8080:80`.
pub(crate) fn exposed(text: &str) -> Option<Exposed> {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    let container = ports.rsplit(':').next()?;
    let (first, last) = container.split_once('-').unwrap_or((container, container));
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (first <= last).then(|| Exposed { protocol: protocol.to_ascii_lowercase(), ports: first..=last })
}
