//! Keys of older versions, and names that only look like keys.

use super::super::key::{Format, Key, Type};

const DEPRECATED: &str = "https://docs.docker.com/engine/deprecated/";
const TEXT: Type = Type::String(Format::Text);
const TEXTS: Type = Type::List(&TEXT);

/// Keys that are no longer read.
pub(super) const KEYS: &[Key] = &[
    Key::new(
        "allow-nondistributable-artifacts",
        TEXTS,
        "Registries to which layers that must not be distributed were pushed.",
    )
    .ignored(Some("28"), "Remove it")
    .link(DEPRECATED),
    Key::new("api-cors-header", TEXT, "Origins whose web pages were allowed to call the Engine's API.")
        .removed("28", "Put a reverse proxy before the API if you need CORS headers")
        .link(DEPRECATED),
    Key::new("cluster-advertise", TEXT, "The address under which the node told others of itself, before Swarm mode.")
        .removed("23", "Use Swarm mode")
        .link(DEPRECATED),
    Key::new("cluster-store", TEXT, "The key-value store for networks across hosts, before Swarm mode.")
        .removed("23", "Use Swarm mode")
        .link(DEPRECATED),
    Key::new("cluster-store-opts", Type::Map(&TEXT), "Options of the key-value store, before Swarm mode.")
        .removed("23", "Use Swarm mode")
        .link(DEPRECATED),
    Key::new("deprecated-key-path", TEXT, "The key with which old registries identified the daemon.")
        .ignored(None, "Remove it")
        .link(DEPRECATED),
    Key::new("disable-legacy-registry", Type::Bool, "Whether registries of version 1 were refused.")
        .removed("19.03", "Remove it: version 1 is never used")
        .link(DEPRECATED),
    Key::new("graph", TEXT, "The folder with images, containers and volumes.")
        .removed("23", "Use `data-root`")
        .link(DEPRECATED),
    Key::new(
        "oom-score-adjust",
        Type::Integer(-1000, 1000),
        "How readily the kernel kills the daemon when memory runs out.",
    )
    .removed("25", "Set `OOMScoreAdjust=` in the systemd unit")
    .link(DEPRECATED),
];

/// Names of flags that are not the names of keys, and the keys that do the same.
pub(super) const FLAG_NAMES: &[(&str, Option<&str>)] = &[
    ("add-runtime", Some("runtimes")),
    ("authorization-plugin", Some("authorization-plugins")),
    ("cdi-spec-dir", Some("cdi-spec-dirs")),
    ("config-file", None),
    ("default-address-pool", Some("default-address-pools")),
    ("default-network-opt", Some("default-network-opts")),
    ("default-ulimit", Some("default-ulimits")),
    ("dns-opt", Some("dns-opts")),
    ("exec-opt", Some("exec-opts")),
    ("feature", Some("features")),
    ("help", None),
    ("host", Some("hosts")),
    ("http-proxy", Some("proxies.http-proxy")),
    ("https-proxy", Some("proxies.https-proxy")),
    ("insecure-registry", Some("insecure-registries")),
    ("label", Some("labels")),
    ("log-opt", Some("log-opts")),
    ("no-proxy", Some("proxies.no-proxy")),
    ("node-generic-resource", Some("node-generic-resources")),
    ("registry-mirror", Some("registry-mirrors")),
    ("restart", None),
    ("storage-opt", Some("storage-opts")),
    ("validate", None),
    ("version", None),
];
