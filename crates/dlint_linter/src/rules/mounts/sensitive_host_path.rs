//! `sensitive-host-path`: a path of the host that a container should not see or change.

use serde::Deserialize;

use crate::compose::{HostPath, HostPathWay, Service};
use crate::diagnostic::{Category, Level};
use crate::host_paths::{Danger, danger};
use crate::isolation::{DISCLOSURE, is_monitor};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::rules::mounts::docker_socket_mount::gives_socket;
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sensitive-host-path",
    summary: "A container sees or changes a path that is the host's own",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(DISCLOSURE),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0013", "compose-lint:CL-0025", "kics:1c1325ff", "cis:5.6", "owasp:8"],
    docs: include_str!("sensitive_host_path.md"),
    on: &[On::Service(service)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Paths of the host that may be mounted, with what lies under them.
    pub allow: Vec<String>,
    /// Paths of the host that may not be mounted, with what lies under them.
    pub forbid: Vec<String>,
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for host in service.host_paths() {
        // A secret from a file is how a secret should come to a container.
        if matches!(host.way, HostPathWay::Secret | HostPathWay::Config) || gives_socket(&host.path) {
            continue;
        }
        let options = &cx.config.options.sensitive_host_path;
        let is_in = |list: &[String]| list.iter().any(|path| host.is_at_or_under(path.trim_end_matches('/')));
        let danger = if is_in(&options.forbid) {
            Danger { gives: "which this project forbids", level: Level::Error, cvss: DISCLOSURE }
        } else if is_in(&options.allow) {
            continue;
        } else {
            let Some(danger) = danger(host, is_monitor(service)) else { continue };
            danger
        };
        report(service, host, &danger, cx);
    }
}

fn report(service: &Service<'_>, host: &HostPath, danger: &Danger, cx: &mut Context<'_>) {
    let message = format!("service `{}` gets `{}`, {}", service.name, shorten(&host.path), danger.gives);
    let mut report = value::report_at(cx, host.place, host.alias, message);
    let is_written = host.read_only == Some(false) && danger.level == Level::Error;
    report.level(danger.level).cvss(danger.cvss);
    // compose-lint has a check for what gives the host away when it is written, and one for the rest.
    report.codes(if is_written { &["compose-lint:CL-0025"] } else { &["compose-lint:CL-0013"] });
    report.help(match host.path.as_str() {
        "/dev/shm" => "Set `shm_size`, or share memory with one container by `ipc: service:NAME`",
        _ if is_written => {
            "Mount the one file or folder that is needed, and add `:ro` if it is only read"
        }
        "/lib/modules" | "/usr/lib/modules" => "Add `:ro`: loading a module only reads it",
        _ => "Mount the one file or folder that is needed",
    });
    if let Some(declared) = host.declared {
        report.related_at(declared, "the path is written here");
    }
}
