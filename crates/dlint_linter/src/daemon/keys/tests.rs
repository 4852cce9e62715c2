use std::collections::BTreeSet;

use super::{TOPICS, all, at, find, find_retired, flag_name, retired};
use crate::daemon::{Key, State, Type};

/// The names by which `dockerd` decodes the file (the JSON tags of moby's `config.Config`), as of Docker 29.
const DECODED: &str = "
    allow-direct-routing authorization-plugins bip bip6 bridge bridge-accept-fwmark builder cdi-spec-dirs
    cgroup-parent containerd containerd-namespace containerd-plugins-namespace cpu-rt-period cpu-rt-runtime
    cri-containerd data-root debug default-address-pools default-cgroupns-mode default-gateway
    default-gateway-v6 default-ipc-mode default-network-opts default-runtime default-shm-size
    default-stop-timeout default-ulimits dns dns-opts dns-search exec-opts exec-root experimental features
    firewall-backend fixed-cidr fixed-cidr-v6 group host-gateway-ip host-gateway-ips hosts icc init init-path
    insecure-registries ip ip-forward ip-masq ip-forward-no-drop ip6tables iptables ipv6 labels live-restore
    log-driver log-format log-level log-opts max-concurrent-downloads max-concurrent-uploads
    max-download-attempts metrics-addr min-api-version mtu network-control-plane-mtu network-diagnostic-port
    no-new-privileges node-generic-resources nri-opts pidfile proxies raw-logs registry-mirrors rootless
    runtimes seccomp-profile selinux-enabled shutdown-timeout storage-driver storage-opts
    swarm-default-advertise-addr tls tlsverify tlscacert tlscert tlskey userland-proxy userland-proxy-path
    userns-remap";

#[test]
fn no_key_is_forgotten() {
    let table: BTreeSet<&str> = all().map(|key| key.name).collect();
    let decoded: BTreeSet<&str> = DECODED.split_whitespace().collect();
    assert_eq!(table, decoded);
    assert_eq!(all().count(), decoded.len(), "a key stands twice in the tables");
}

#[test]
fn keys_are_sorted_and_well_described() {
    for keys in TOPICS.into_iter().chain([retired()]) {
        check(keys, "");
    }
}

fn check(keys: &[Key], parent: &str) {
    assert!(keys.is_sorted_by(|a, b| a.name < b.name), "the keys of `{parent}` are not in order");
    for key in keys {
        let name = key.name;
        assert!(key.description.ends_with('.'), "{name}: the description is made of sentences");
        assert!(!key.description.contains("  "), "{name}: a line of the description is joined badly");
        assert!(key.link.starts_with("https://docs.docker.com/"), "{name}: the link");
        if let State::Deprecated { instead, .. } | State::Ignored { instead, .. } | State::Removed { instead, .. } =
            key.state
        {
            assert!(!instead.is_empty() && !instead.ends_with('.'), "{name}: what to do instead");
        }
        check(key.children(), name);
    }
}

#[test]
fn old_names_are_no_keys() {
    for key in retired() {
        assert!(find(key.name).is_none(), "{}", key.name);
        assert!(!matches!(key.state, State::Current | State::Deprecated { .. }), "{}", key.name);
    }
    assert!(find_retired("graph").is_some());
}

#[test]
fn flags_lead_to_keys() {
    for (name, key) in super::retired::FLAG_NAMES {
        assert!(find(name).is_none(), "{name} is a key");
        if let Some(key) = key {
            assert!(at(&key.split('.').collect::<Vec<_>>()).is_some(), "{name}: no key {key}");
        }
    }
    assert_eq!(flag_name("registry-mirror").and_then(|flag| flag.key), Some("registry-mirrors"));
    assert_eq!(flag_name("registry-mirrors"), None);
}

#[test]
fn paths_lead_into_objects() {
    assert_eq!(at(&["builder", "gc", "enabled"]).map(|key| key.ty), Some(Type::Bool));
    assert_eq!(at(&["builder", "gc", "policy", "keepStorage"]).map(|key| key.name), Some("keepStorage"));
    assert_eq!(at(&["runtimes", "path"]).map(|key| key.name), Some("path"));
    assert_eq!(at(&["default-address-pools", "size"]).map(|key| key.name), Some("size"));
    assert_eq!(at(&["debug", "size"]), None);
    assert_eq!(at(&[]), None);
}
