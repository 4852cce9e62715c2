//! `docker-api-port`: Docker's API answers without asking who is there.

use crate::compose::{Port, Protocol, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::ROOT_TAKEOVER;
use crate::ports::{exposed, has_network};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::rules::network::ssh_port::exposed_words;
use crate::severity::Cvss;
use crate::stage::StageNode;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "docker-api-port",
    summary: "The port of Docker's API without TLS is exposed or published",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.7"],
    docs: include_str!("docker_api_port.md"),
    on: &[On::Stage(stage), On::Service(service)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    for (word, text) in exposed_words(node) {
        if exposed(&text).is_some_and(|port| port.protocol == "tcp" && !port.is_range() && port.contains(2375)) {
            cx.report(word.range, "port 2375 is Docker's API without TLS: whoever reaches it controls the \
                                   daemon, without a password")
                .help("Let the daemon listen on its socket, or with `--tlsverify` on port 2376");
        }
    }
}

/// Anybody in the world has the host.
const WORLD: Cvss = Cvss::new("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H");

/// Whether a port of a service is Docker's API without TLS.
pub(crate) fn is_docker_api(port: &Port) -> bool {
    let is = |ports: Option<std::ops::RangeInclusive<u16>>| ports.is_some_and(|ports| (*ports.start(), *ports.end()) == (2375, 2375));
    port.protocol() == Some(Protocol::Tcp) && (is(port.target_ports()) || is(port.published_ports()))
}

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for port in service.ports().iter().filter(|port| has_network(service) && is_docker_api(port)) {
        let is_local = port.is_loopback() == Some(true);
        let who = if is_local { "whoever has an account on the host" } else { "whoever reaches it" };
        let message = format!("service `{}` publishes Docker's API without TLS: {who} controls the daemon, without a password", service.name);
        let mut report = value::report_at(cx, port.place, port.alias, message);
        report.help("Leave the port out, and let the clients use the service's network; from outside use port 2376 with `--tlsverify`");
        if is_local {
            report.cvss(ROOT_TAKEOVER);
        } else if port.is_wildcard() == Some(true) {
            report.cvss(WORLD).level(Level::Error);
        }
    }
}
