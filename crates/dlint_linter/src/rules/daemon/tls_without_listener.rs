//! `tls-without-listener`: TLS is set up, and no address is named on which it is used.

use crate::daemon::{DaemonConfig, Listener, TlsMode};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "tls-without-listener",
    summary: "TLS is on, and the file names no address on which the daemon uses it",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.7"],
    docs: include_str!("tls_without_listener.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(switch) = config.setting("tlsverify").or_else(|| config.setting("tls")) else { return };
    if config.tls() == TlsMode::Off || config.is_for_windows() {
        return;
    }
    let written = config.strings("hosts").count();
    if written == 0 {
        if config.setting("hosts").is_some_and(|hosts| hosts.value.items().next().is_some()) {
            return;
        }
        // Source: `ParseHost` in moby, `daemon/pkg/opts/hosts.go`.
        cx.report(switch.range, "TLS is on without `hosts`: unless it is started with `-H`, the daemon listens on `tcp://localhost:2376` alone, and not on its socket")
            .level(Level::Hint)
            .help("Name the socket and the address in `hosts`, or both with `-H`");
        return;
    }
    // With TLS, an empty one stands for a TCP address.
    if config.strings("hosts").any(|(text, _)| text.trim().is_empty()) {
        return;
    }
    let listeners = config.listeners();
    // What cannot be read is told elsewhere.
    if listeners.len() == written && !listeners.iter().any(|(listener, _)| matches!(listener, Listener::Tcp { .. })) {
        cx.report(switch.range, "TLS is on, and no address in `hosts` uses it: a socket of the host has none")
            .help("Name the address in `hosts`: `tcp://ADDRESS:2376`, or leave TLS out");
    }
}
