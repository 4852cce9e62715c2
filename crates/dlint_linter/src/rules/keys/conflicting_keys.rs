//! `conflicting-keys`: settings that exclude each other.


use dlint_syntax::hash::{HashMap, HashMapExt};
use crate::compose::{FaultKind, Project, schema};
use crate::daemon::{CgroupDriver, DaemonConfig, Setting, is_template};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "conflicting-keys",
    summary: "Settings that exclude each other",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("conflicting_keys.md"),
    on: &[On::Daemon(daemon), On::Compose(compose)],
};

fn compose(project: &Project<'_>, cx: &mut Context<'_>) {
    schema::report(project, FaultKind::Conflict, cx);
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    icc(config, cx);
    bridge(config, cx);
    gateways(config, cx);
    namespaces(config, cx);
    slices(config, cx);
    labels(config, cx);
    swarm(config, cx);
}

fn is<'c, 'a>(config: &'c DaemonConfig<'a>, name: &str, value: bool) -> Option<&'c Setting<'a>> {
    config.setting(name).filter(|setting| setting.as_bool() == Some(value))
}

/// Containers are kept apart by rules of the firewall.
fn icc(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(icc) = is(config, "icc", false) else { return };
    if let Some(iptables) = is(config, "iptables", false) {
        cx.report(icc.range, "`icc` can only be `false` where the daemon sets up the firewall")
            .related(iptables.range, "it does not")
            .help("Without rules of the firewall, nothing keeps containers apart; the daemon does not start");
    } else if let (Some(ipv6), Some(iptables)) = (is(config, "ipv6", true), is(config, "ip6tables", false)) {
        cx.report(icc.range, "`icc` can only be `false` with IPv6 where the daemon sets up the firewall for it")
            .related(ipv6.range, "the default network has IPv6")
            .related(iptables.range, "and its firewall is not set up");
    }
}

/// A bridge of one's own has the address that it has.
fn bridge(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(bridge) = config.setting("bridge").filter(|bridge| bridge.as_str().is_some()) else { return };
    for address in ["bip", "bip6"].iter().filter_map(|name| config.setting(name)) {
        if address.as_str().is_some() {
            cx.report(address.range, format!("`{}` and `bridge` exclude each other", address.name))
                .related(bridge.range, "the bridge")
                .help("The address of a bridge of your own is set where the bridge is made");
        }
    }
}

/// The presence of both is refused, whatever their values.
fn gateways(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let find = |name| config.entries.iter().rev().find(|entry| entry.name == name);
    if let (Some(one), Some(list)) = (find("host-gateway-ip"), find("host-gateway-ips")) {
        cx.report(one.range, "`host-gateway-ip` and `host-gateway-ips` exclude each other")
            .related(list.range, "the list")
            .help("Keep the list");
    }
}

fn namespaces(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    // The key for the namespace of plugins is never read, so that it has its default.
    if let Some(namespace) = config.setting("containerd-namespace").filter(|it| it.as_str() == Some("plugins.moby")) {
        cx.report(namespace.value_range(), "containers and plugins cannot share the namespace `plugins.moby`");
    }
}

fn slices(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some((CgroupDriver::Systemd, driver)) = config.cgroup_driver() else { return };
    let parent = config.setting("cgroup-parent").and_then(|it| Some((it, it.as_str()?)));
    let Some((setting, parent)) = parent else { return };
    let is_slice = parent.strip_suffix(".slice").is_some_and(|name| !name.is_empty());
    if !is_slice && !is_template(parent) {
        let message = format!("with systemd, `cgroup-parent` is a slice, and `{}` is none", shorten(parent));
        cx.report(setting.value_range(), message)
            .related(driver, "systemd manages the control groups")
            .help("Write a name such as `docker.slice`");
    }
}

fn labels(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let mut first = HashMap::new();
    for (label, range) in config.strings("labels") {
        let Some((name, value)) = label.split_once('=') else { continue };
        let (other, place) = *first.entry(name).or_insert((value, range));
        if other != value && !is_template(value) && !is_template(other) {
            cx.report(range, format!("the label `{}` has two values", shorten(name))).related(place, "the other value");
        }
    }
}

/// Nothing keeps the daemon from starting; the swarm does.
fn swarm(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(hint) = config.swarm_hint() else { return };
    let live = is(config, "live-restore", true).map(|it| (it, "`live-restore` cannot be used in a swarm"));
    let tables = config.setting("firewall-backend").filter(|it| it.as_str() == Some("nftables"));
    let can = config.feature("swarm-nftables") == Some(true) || config.bool("iptables") == Some(false);
    let tables = tables.filter(|_| !can).map(|it| (it, "nftables cannot be used in a swarm"));
    for (setting, message) in live.into_iter().chain(tables) {
        let mut report = cx.report(setting.range, message);
        report.category(Category::Correctness).level(Level::Warning);
        report.related(hint.range, "this is for a swarm");
        report.help("The node cannot join a swarm, and the daemon of one that is in a swarm does not start");
    }
}
