//! `dangerous-capability`: a capability that reaches out of the container.

use serde::Deserialize;

use crate::compose::{MountKind, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{
    AVAILABILITY, DISCLOSURE, ESCAPE, INTEGRITY, MITIGATION, NEIGHBOURS, ROOT_TAKEOVER, TAKEOVER, capabilities, capability, devices,
    image_mentions,
};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dangerous-capability",
    summary: "A capability that reaches out of the container",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(TAKEOVER),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0024", "compose-lint:CL-0011", "compose-lint:CL-0027", "compose-lint:CL-0028", "compose-lint:CL-0029", "compose-lint:CL-0030", "kics:ce76b7d0", "cis:5.4", "owasp:3"],
    docs: include_str!("dangerous_capability.md"),
    on: &[On::Service(service)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Capabilities that may be given.
    pub allow: Vec<String>,
    /// Capabilities that may not be given, be they harmless.
    pub forbid: Vec<String>,
}

/// What a capability gives, and how bad that is.
struct Danger(&'static str, Level, Cvss);

fn danger(name: &str, service: &Service<'_>) -> Option<Danger> {
    Some(match name {
        "ALL" => Danger("gives the container every right on the host", Level::Error, TAKEOVER),
        "SYS_ADMIN" => Danger("lets the container mount file systems, and with them leave for the host", Level::Error, TAKEOVER),
        "SYS_MODULE" => Danger("lets the container load code into the host's kernel", Level::Error, TAKEOVER),
        "SYS_RAWIO" => Danger("lets the container write to the host's memory and disks", Level::Error, TAKEOVER),
        "BPF" => Danger("lets the container run programs in the host's kernel", Level::Warning, ESCAPE),
        "NET_ADMIN" if is_in_host_network(service) => {
            Danger("lets the container change the host's own addresses, routes and firewall", Level::Warning, INTEGRITY)
        }
        "NET_ADMIN" => {
            let level = if is_network_program(service) { Level::Info } else { Level::Warning };
            Danger("lets the container change its network: take its neighbours' addresses, and read what they send", level, NEIGHBOURS)
        }
        "SYS_PTRACE" if service.scalar("pid").is_some_and(|pid| pid.is("host")) => {
            Danger("with `pid: host` lets the container take over every process of the host", Level::Error, ROOT_TAKEOVER)
        }
        "SYS_PTRACE" => Danger("lets every process of the container read and change every other", Level::Info, MITIGATION),
        "DAC_READ_SEARCH" if service.mounts().iter().any(|mount| mount.kind == MountKind::Bind) => {
            Danger("lets the container read every file of a host's disk of which it has one folder", Level::Error, ROOT_TAKEOVER)
        }
        "DAC_READ_SEARCH" => Danger("lets the container read every file that it sees, whoever owns it", Level::Warning, MITIGATION),
        "SYS_BOOT" => Danger("lets the container restart the host", Level::Warning, AVAILABILITY),
        "SYS_TIME" => Danger("lets the container set the host's clock", Level::Warning, INTEGRITY),
        "PERFMON" => Danger("lets the container watch the host's kernel", Level::Warning, DISCLOSURE),
        "SYSLOG" => Danger("lets the container read the log of the host's kernel", Level::Warning, DISCLOSURE),
        "SYS_NICE" => Danger("lets the container take processor time from everything else on the host", Level::Info, AVAILABILITY),
        "IPC_LOCK" => Danger("lets the container hold memory that the host cannot swap out", Level::Info, AVAILABILITY),
        "LEASE" => Danger("lets the container hold up whoever opens a file", Level::Info, AVAILABILITY),
        _ => return None,
    })
}

/// What compose-lint calls it.
fn codes(name: &str) -> &'static [&'static str] {
    match name {
        "NET_ADMIN" | "BPF" | "SYS_BOOT" => &["compose-lint:CL-0011"],
        "ALL" | "SYS_ADMIN" | "SYS_MODULE" | "SYS_RAWIO" => &["compose-lint:CL-0024"],
        "SYS_PTRACE" | "DAC_READ_SEARCH" => &["compose-lint:CL-0027"],
        "PERFMON" | "SYS_TIME" => &["compose-lint:CL-0028"],
        "SYS_NICE" | "IPC_LOCK" | "LEASE" => &["compose-lint:CL-0029"],
        "SYSLOG" => &["compose-lint:CL-0030"],
        _ => &[],
    }
}

fn is_in_host_network(service: &Service<'_>) -> bool {
    service.network_mode().is_some_and(|mode| mode.is("host"))
}

/// Whether the service makes networks: a VPN, a DHCP server.
fn is_network_program(service: &Service<'_>) -> bool {
    let has_tunnel = |path: &str| path == "/dev/net/tun";
    devices(service).iter().any(|(path, ..)| has_tunnel(path))
        || service.host_paths().iter().any(|host| has_tunnel(&host.path))
        || image_mentions(service, &["vpn", "firezone", "wireguard", "wg-easy", "gluetun", "tailscale", "netbird", "zerotier", "pihole", "dhcp", "openconnect"])
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let options = &cx.config.options.dangerous_capability;
    for (name, written) in capabilities(service, "cap_add") {
        let is_in = |list: &[String]| list.iter().any(|it| capability(it) == name);
        if is_in(&options.forbid) {
            value::report(cx, &written, format!("`{name}` is a capability that this project forbids")).level(Level::Error);
            continue;
        }
        if is_in(&options.allow) {
            continue;
        }
        let Some(Danger(gives, level, cvss)) = danger(&name, service) else { continue };
        value::report(cx, &written, format!("`{name}` {gives}")).level(level).cvss(cvss).codes(codes(&name)).help(match name.as_str() {
            "ALL" => "Name the capabilities that are needed, and no others",
            "NET_ADMIN" => "Leave it out unless the service is a VPN, a firewall or a DHCP server; keep one that is in a network of its own",
            "SYS_PTRACE" => "Leave it out where nobody debugs: a debugger can have it in an override file",
            "SYS_MODULE" => "Load the module on the host; a container that needs it finds it loaded",
            _ => "Leave it out if the service works without it",
        });
    }
}
