//! `insecure-registry`: images from a registry that anybody may pretend to be.

use crate::beside;
use crate::compose::Project;
use crate::daemon::net::Prefix;
use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Level};
use crate::daemon::net::is_local;
use crate::image::of_service;
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
    on: &[On::Daemon(daemon), On::Compose(project)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for (text, place) in config.strings("insecure-registries") {
        if is_template(text) || text.is_empty() {
            continue;
        }
        let name = bare(text);
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

/// A registry as the daemon reads it.
fn bare(text: &str) -> &str {
    text.trim().trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/')
}

/// Whether the daemon takes a registry, by host and port, for the one that its file names.
fn is_named(registry: &str, name: &str) -> bool {
    let host = registry.rsplit_once(':').map_or(registry, |(host, _)| host);
    match Prefix::parse(name) {
        Some(network) => host.trim_matches(['[', ']']).parse().is_ok_and(|address| network.contains(address)),
        None => registry.eq_ignore_ascii_case(name),
    }
}

/// How many services are looked at, and how many registries of the daemon: more than anybody has.
const MOST: usize = 500;

/// Images of the project from registries of which the daemon that belongs to it asks for no certificate.
fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let own = project.services.iter().filter(|service| service.own.is_some()).take(MOST);
    let images: Vec<_> = own.filter_map(of_service).filter(|image| image.reference().registry().is_some_and(|it| !is_local(it))).collect();
    if images.is_empty() {
        return;
    }
    let Some(document) = beside::daemon(&project.folder, cx.files) else { return };
    let Some(config) = DaemonConfig::new(&document) else { return };
    let mut told: Vec<String> = Vec::new();
    for image in &images {
        let Some(registry) = image.reference().registry() else { continue };
        let mut named = config.strings("insecure-registries").take(MOST);
        let Some((_, place)) = named.find(|(text, _)| !is_template(text) && is_named(registry, bare(text))) else { continue };
        if told.iter().any(|it| it == registry) {
            continue;
        }
        told.push(registry.to_owned());
        cx.report_at(image.name_at().unwrap_or(image.at), format!("the daemon takes images from `{}` without TLS, or with any certificate: whoever is on the way can put others in their place", shorten(registry)))
            .help("Give the registry a certificate, and take it out of `insecure-registries`")
            .aside_in(&document, place, "it is named here");
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
