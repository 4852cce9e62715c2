//! `host-namespace`: a namespace that is shared with the host.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::isolation::{NAMESPACE, OPERATOR, ROOT, is_monitor};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "host-namespace",
    summary: "A container shares a namespace with the host",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(NAMESPACE),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0010", "kics:4f31dd9f", "kics:baa3890f", "kics:8af7162d", "cis:5.16", "cis:5.17", "cis:5.21", "cis:5.31"],
    docs: include_str!("host_namespace.md"),
    on: &[On::Service(service), On::Daemon(daemon)],
};

/// Each key, what its `host` gives, and how bad that is.
const KEYS: [(&str, &str, Level, Cvss); 5] = [
    ("pid", "sees every process of the host, with its arguments and environment, and may send it signals", Level::Warning, NAMESPACE),
    ("ipc", "reads and writes the shared memory of every program of the host", Level::Warning, NAMESPACE),
    ("cgroup", "sees the control groups of every container of the host", Level::Info, READS),
    ("userns_mode", "is left out of the daemon's user namespaces: root in it is root of the host", Level::Info, ROOT),
    ("uts", "has the host's name for its own, and may change it if it gets `SYS_ADMIN`", Level::Info, OPERATOR),
];

const READS: Cvss = Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N");

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for (key, gives, level, cvss) in KEYS {
        let Some(mode) = service.scalar(key).filter(|mode| mode.is("host")) else { continue };
        // It is what such a program is for.
        let is_meant = key == "pid" && is_monitor(service);
        let mut report = value::report(cx, &mode, format!("with `{key}: host` service `{}` {gives}", service.name));
        report.level(if is_meant { Level::Info } else { level }).cvss(cvss).help(match key {
            "pid" if is_meant => "A program that watches the host's processes needs it: give it nothing to write to, and no network but its own",
            "pid" => "Delete the key; to look into one other container, write `pid: service:NAME`",
            "ipc" => "Delete the key; to share memory with one other container, write `ipc: service:NAME` here and `ipc: shareable` there",
            _ => "Delete the key, unless the container is there to manage the host",
        });
    }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if let Some(mode) = config.setting("default-cgroupns-mode").filter(|mode| mode.as_str() == Some("host")) {
        cx.report(mode.value_range(), "every container sees the control groups of all others, unless it says otherwise")
            .cvss(READS)
            .help("Delete the key, and write `cgroup: host` for the container that needs it");
    }
}
