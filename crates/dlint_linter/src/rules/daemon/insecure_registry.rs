//! `insecure-registry`: images from a registry that anybody may pretend to be.

use crate::daemon::net::Prefix;
use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Level};
use crate::daemon::net::is_local;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::text::shorten;
use dlint_syntax::TextRange;

/// The rule.
pub const RULE: Rule = Rule {
    name: "insecure-registry",
    summary: "Images come from a registry that anybody may pretend to be",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.5", "owasp:13"],
    docs: include_str!("insecure_registry.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for (text, place) in config.strings("insecure-registries") {
        if is_template(text) || text.is_empty() {
            continue;
        }
        let name = text.trim().trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        if let Some(network) = Prefix::parse(name) {
            if !network.network().is_loopback() {
                wide(&network, place, cx);
            }
            continue;
        }
        if !is_local(name) {
            cx.report(place, format!("images from `{}` come without TLS, or with any certificate: whoever is on the way can put others in their place", shorten(name)))
                .help("Give the registry a certificate; one of your own authority goes into `/etc/docker/certs.d/HOST/ca.crt`");
        }
    }
}

/// How many bits the network of one site has at least.
fn wide(network: &Prefix, place: TextRange, cx: &mut Context<'_>) {
    let is_wide = network.length < network.bits() - 8;
    let mut report = cx.report(place, format!("images from every registry in `{network}` come without TLS, or with any certificate"));
    report.help("Name the one registry, or better give it a certificate");
    if is_wide {
        report.level(Level::Error);
    }
}
