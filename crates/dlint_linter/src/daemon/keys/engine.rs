//! The daemon itself: where it listens and keeps its data, and what it takes part in.

use super::super::key::{Format, Key, Object, Type};

const TEXT: Type = Type::String(Format::Text);
const PATH: Type = Type::String(Format::Path);
const SOCKETS: &str = "https://docs.docker.com/reference/cli/dockerd/#daemon-socket-option";
const TLS: &str = "https://docs.docker.com/engine/security/protect-access/";
const PROXY: &str = "https://docs.docker.com/engine/daemon/proxy/";
const CONTAINERD: &str = "https://docs.docker.com/reference/cli/dockerd/#run-containerd-standalone";
const FEATURES_PAGE: &str = "https://docs.docker.com/reference/cli/dockerd/#feature-options";

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "authorization-plugins",
        Type::List(&TEXT),
        "Plugins that each allow or deny every request to the API, in this order.",
    )
    .reloadable()
    .link("https://docs.docker.com/engine/extend/plugins_authorization/"),
    Key::new("containerd", TEXT, "The socket of a containerd that the daemon does not start itself.").link(CONTAINERD),
    Key::new("containerd-namespace", TEXT, "The namespace of containers in containerd.")
        .default("\"moby\"")
        .link(CONTAINERD),
    Key::new("containerd-plugins-namespace", TEXT, "The namespace of plugins in containerd.")
        .default("\"plugins.moby\"")
        .ignored(None, "Give `--containerd-plugins-namespace` on the command line of `dockerd`")
        .link(CONTAINERD),
    Key::new(
        "cri-containerd",
        Type::Bool,
        "Whether the containerd that the daemon starts also serves the kubelet's interface (CRI).",
    )
    .default("false"),
    Key::new("data-root", PATH, "The folder with images, containers and volumes.")
        .default("\"/var/lib/docker\"")
        .link("https://docs.docker.com/engine/daemon/#daemon-data-directory"),
    Key::new("debug", Type::Bool, "Whether the daemon logs what helps to find faults, and serves profiles of itself.")
        .default("false")
        .reloadable()
        .link("https://docs.docker.com/engine/daemon/logs/"),
    Key::new("exec-root", PATH, "The folder with the state of running containers.").default("\"/var/run/docker\""),
    Key::new("experimental", Type::Bool, "Whether features are on that are not finished.").default("false"),
    Key::new(
        "features",
        Type::Object(&FEATURES),
        "Switches single features on and off. A name that the daemon does not know is passed over in silence.",
    )
    .reloadable()
    .link(FEATURES_PAGE),
    Key::new(
        "group",
        TEXT,
        "The group that may use the daemon's Unix socket. Its members can become root on the host.",
    )
    .default("\"docker\"")
    .link(SOCKETS),
    Key::new(
        "hosts",
        Type::List(&Type::String(Format::Listener)),
        "Where the daemon listens: `unix:///path`, `tcp://address:port`, `fd://`. Many systemd units start `dockerd` \
         with `-H fd://`, and the daemon does not start if both say something.",
    )
    .default("[\"unix:///var/run/docker.sock\"]")
    .link(SOCKETS),
    Key::new(
        "labels",
        Type::List(&Type::String(Format::Label)),
        "Labels of the daemon, each `name=value`, by which a swarm can choose nodes.",
    )
    .reloadable(),
    Key::new(
        "live-restore",
        Type::Bool,
        "Whether containers go on while the daemon is stopped or restarted. Not in a swarm.",
    )
    .default("false")
    .reloadable()
    .link("https://docs.docker.com/engine/daemon/live-restore/"),
    Key::new(
        "metrics-addr",
        Type::String(Format::HostPort),
        "An address and port on which the daemon serves metrics for Prometheus to anybody who asks.",
    )
    .link("https://docs.docker.com/engine/daemon/prometheus/"),
    Key::new(
        "min-api-version",
        Type::String(Format::ApiVersion),
        "The oldest version of the API that clients may use.",
    )
    .default("\"1.40\"")
    .since("29"),
    Key::new(
        "node-generic-resources",
        Type::List(&Type::String(Format::Pair)),
        "Resources that the node offers to the services of a swarm: `NVIDIA-GPU=UUID1`.",
    )
    .link("https://docs.docker.com/reference/cli/dockerd/#node-generic-resources"),
    Key::new("pidfile", PATH, "The file with the number of the daemon's process.").default("\"/var/run/docker.pid\""),
    Key::new(
        "proxies",
        Type::Object(&PROXIES),
        "The proxies through which the daemon itself pulls and pushes; containers and builds are not affected.",
    )
    .since("23")
    .link(PROXY),
    Key::new("rootless", Type::Bool, "Whether the daemon runs without root privileges; the start script sets it.")
        .default("false")
        .unix()
        .link("https://docs.docker.com/engine/security/rootless/"),
    Key::new(
        "shutdown-timeout",
        Type::Integer(i64::MIN, i64::MAX),
        "How many seconds the daemon waits for containers to stop when it is stopped itself; -1 for ever, 0 is the \
         default.",
    )
    .default("15")
    .reloadable(),
    Key::new(
        "swarm-default-advertise-addr",
        TEXT,
        "The address or network interface under which the node tells the swarm of itself.",
    ),
    Key::new(
        "tls",
        Type::Bool,
        "Whether TCP sockets use TLS. Clients are verified too, unless `tlsverify` is `false`.",
    )
    .link(TLS),
    Key::new("tlscacert", PATH, "The certificate of the authority that has to vouch for clients.")
        .default("\"~/.docker/ca.pem\"")
        .link(TLS),
    Key::new("tlscert", PATH, "The daemon's certificate.").default("\"~/.docker/cert.pem\"").link(TLS),
    Key::new("tlskey", PATH, "The daemon's private key.").default("\"~/.docker/key.pem\"").link(TLS),
    Key::new(
        "tlsverify",
        Type::Bool,
        "Whether clients have to show a certificate. The key switches TLS on wherever it is present, also as `false`.",
    )
    .link(TLS),
];

const FEATURES: Object = Object {
    keys: &[
        Key::new("buildkit", Type::Bool, "Whether clients are told to build with BuildKit.")
            .default("true")
            .link(FEATURES_PAGE),
        Key::new("cdi", Type::Bool, "Whether containers may ask for devices by CDI names.")
            .default("true")
            .link("https://docs.docker.com/reference/cli/dockerd/#enable-cdi-devices"),
        Key::new("containerd-migration", Type::Bool, "Whether images are moved to the containerd image store.")
            .default("false"),
        Key::new("containerd-snapshotter", Type::Bool, "Whether images are stored by containerd.")
            .default("true on fresh installations of Docker 29, else false")
            .link("https://docs.docker.com/engine/storage/containerd/"),
        Key::new("embedded-containerd", Type::Bool, "Whether containerd runs inside of the daemon's process.")
            .default("false"),
        Key::new("swarm-nftables", Type::Bool, "Whether a swarm may be used with the nftables backend.")
            .default("false"),
        Key::new("time-namespaces", Type::Bool, "Whether containers have a time namespace of their own.")
            .default("true"),
        Key::new(
            "windows-dns-proxy",
            Type::Bool,
            "Whether, on Windows, the daemon's resolver asks others for outside names.",
        )
        .link(FEATURES_PAGE),
    ],
    is_case_sensitive: true,
    refuses_unknown: false,
    others: Some(&Type::Bool),
};

const PROXIES: Object = Object {
    keys: &[
        Key::new("http-proxy", Type::String(Format::Proxy), "The proxy for `http` URLs.").link(PROXY),
        Key::new("https-proxy", Type::String(Format::Proxy), "The proxy for `https` URLs.").link(PROXY),
        Key::new("no-proxy", TEXT, "Hosts that are asked without a proxy, separated by commas.").link(PROXY),
    ],
    is_case_sensitive: true,
    refuses_unknown: true,
    others: None,
};
