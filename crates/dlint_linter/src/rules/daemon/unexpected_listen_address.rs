//! `unexpected-listen-address`: the daemon listens where the configuration does not allow it.

use serde::Deserialize;

use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Level};
use crate::isolation::ROOT_TAKEOVER;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::{list, shorten};
use crate::wildcard;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unexpected-listen-address",
    summary: "The daemon listens on an address that is not among the allowed ones",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(ROOT_TAKEOVER),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.7", "owasp:1"],
    docs: include_str!("unexpected_listen_address.md"),
    on: &[On::Daemon(daemon)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The addresses that `hosts` may have (`unix:///var/run/docker.sock`, `tcp://10.0.0.5:2376`); `*` stands for any characters. Where there
    /// are none, all may be used.
    pub allow: Vec<String>,
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let allowed = &cx.config.options.unexpected_listen_address.allow;
    if allowed.is_empty() {
        return;
    }
    for (text, place) in config.strings("hosts") {
        // An empty one is the default, a socket that only root and the group of Docker can use.
        if is_template(text) || text.trim().is_empty() {
            continue;
        }
        let written = text.trim();
        let full = if written.contains("://") { written.to_owned() } else { format!("tcp://{written}") };
        if allowed.iter().any(|pattern| wildcard::matches(pattern, &full) || pattern == written) {
            continue;
        }
        cx.report(place, format!("the daemon listens on `{}`, which is not among the allowed addresses", shorten(written)))
            .help(format!("It may listen on {}", list(allowed, "or")));
    }
}
