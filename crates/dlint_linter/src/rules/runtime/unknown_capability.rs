//! `unknown-capability`: a capability that Linux does not have.

use dlint_syntax::suggest::nearest;

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-capability",
    summary: "A capability that Linux does not have",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_capability.md"),
    on: &[On::Service(service)],
};

/// The capabilities of Linux, without `CAP_`, and `ALL`. Source: `capabilities(7)`.
pub const CAPABILITIES: [&str; 42] = [
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "BPF",
    "CHECKPOINT_RESTORE",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "PERFMON",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "WAKE_ALARM",
];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for capability in ["cap_add", "cap_drop"].into_iter().flat_map(|key| service.strings(key)) {
        check(&capability, cx);
    }
}

fn check(capability: &Scalar, cx: &mut Context<'_>) {
    let Some(text) = capability.known() else { return };
    let upper = text.to_ascii_uppercase();
    // `CAP_ALL` is not `ALL`.
    let name = upper.strip_prefix("CAP_").unwrap_or(&upper);
    if CAPABILITIES.contains(&name) && upper != "CAP_ALL" {
        return;
    }
    let message = format!("`{text}` is no capability of Linux, so Docker refuses to create the container", text = shorten(text));
    let mut report = value::report(cx, capability, message);
    match nearest(name, CAPABILITIES) {
        Some("ALL") => value::propose_one(&mut report, capability, "ALL"),
        Some(near) if upper.starts_with("CAP_") => {
            value::propose_one(&mut report, capability, &format!("CAP_{near}"));
        }
        Some(near) => value::propose_one(&mut report, capability, near),
        None => {
            report.help("`man 7 capabilities` lists them");
        }
    }
}
