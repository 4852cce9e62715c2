//! `added-capability`: a capability beyond those that Docker gives.

use serde::Deserialize;

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{DEFAULT_CAPABILITIES, SEPARATION, capabilities, capability};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "added-capability",
    summary: "A capability beyond those that Docker gives",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(SEPARATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["kics:ce76b7d0", "cis:5.4"],
    docs: include_str!("added_capability.md"),
    on: &[On::Service(service)],
};

/// Those that `dangerous-capability` tells of.
const DANGEROUS: [&str; 16] = [
    "ALL", "BPF", "DAC_READ_SEARCH", "IPC_LOCK", "LEASE", "NET_ADMIN", "PERFMON", "SYSLOG", "SYS_ADMIN", "SYS_BOOT", "SYS_MODULE",
    "SYS_NICE", "SYS_PTRACE", "SYS_RAWIO", "SYS_TIME", "CAP_ALL",
];

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Capabilities that may be given.
    pub allow: Vec<String>,
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for (name, written) in capabilities(service, "cap_add") {
        if cx.config.options.added_capability.allow.iter().any(|it| capability(it) == name) {
            continue;
        }
        if !DANGEROUS.contains(&name.as_str()) && !DEFAULT_CAPABILITIES.contains(&name.as_str()) {
            value::report(cx, &written, format!("`{name}` is more than Docker gives a container by default"))
                .help("Leave it out if the service works without it");
        }
    }
}
