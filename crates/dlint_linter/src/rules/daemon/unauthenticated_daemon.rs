//! `unauthenticated-daemon`: a daemon that takes orders from whoever connects.

use crate::daemon::{DaemonConfig, Listener, TlsMode};
use crate::diagnostic::{Category, Level};
use crate::isolation::ROOT_TAKEOVER;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unauthenticated-daemon",
    summary: "The daemon takes orders from whoever connects",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.7", "owasp:1"],
    docs: include_str!("unauthenticated_daemon.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let tls = config.tls();
    if tls == TlsMode::Verified {
        return;
    }
    let switch = config.setting("tlsverify").or_else(|| config.setting("tls")).copied();
    for (listener, place) in config.listeners() {
        if !matches!(listener, Listener::Tcp { .. }) {
            continue;
        }
        let (who, cvss) = if listener.is_reachable() {
            ("whoever reaches this address", None)
        } else {
            ("every program and account of the host", Some(ROOT_TAKEOVER))
        };
        let how = if tls == TlsMode::Off { "without a password" } else { "without a certificate" };
        let mut report = cx.report(place, format!("{who} is root on the host, {how}"));
        report.help("Leave TCP out and use `ssh://` from afar, or set `tlsverify` to `true` with `tlscacert`, `tlscert` and `tlskey`");
        if let Some(cvss) = cvss {
            report.cvss(cvss);
        }
        if let Some(switch) = switch {
            report.related(switch.range, "clients are not verified");
        }
    }
}
