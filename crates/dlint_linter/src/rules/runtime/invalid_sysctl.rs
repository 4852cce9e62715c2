//! `invalid-sysctl`: a kernel parameter that a container cannot set.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-sysctl",
    summary: "A kernel parameter that a container cannot have for itself",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_sysctl.md"),
    on: &[On::Service(service)],
};

/// The parameters of the IPC namespace. Source: runc's validator, `sysctl(2)`; `ipc_namespaces(7)`.
const IPC: [&str; 8] = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let shares = |key: &str| service.scalar(key).filter(|mode| mode.is("host"));
    for pair in service.pairs("sysctls") {
        let Some(key) = pair.key.known() else { continue };
        let name = key.replace('/', ".");
        let is_ipc = IPC.contains(&name.as_str()) || name.starts_with("fs.mqueue.");
        let host = match name.as_str() {
            _ if is_ipc => shares("ipc"),
            _ if name.starts_with("net.") => shares("network_mode"),
            "kernel.domainname" => shares("uts"),
            _ => {
                let message = format!("`{key}` is the host's alone, so the container is not created", key = shorten(key));
                let mut report = value::report_at(cx, pair.key.place, pair.alias, message);
                report.help(match name.as_str() {
                    "kernel.hostname" => "Use the key `hostname`",
                    _ => "Set it on the host (`sysctl -w`, or a file in `/etc/sysctl.d`)",
                });
                continue;
            }
        };
        if let Some(host) = host {
            let message = format!("`{key}` cannot be set where the namespace is the host's", key = shorten(key));
            value::report_at(cx, pair.key.place, pair.alias, message)
                .help("Set it on the host, or give the container a namespace of its own")
                .related_at(host.place, "the host's is taken here");
        }
    }
}
