//! `unencrypted-docker-host`: Docker's API is used without TLS.

use crate::compose::{Pair, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{ROOT_TAKEOVER, image_name};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unencrypted-docker-host",
    summary: "Docker's API is used, or offered, without TLS",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(ROOT_TAKEOVER),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unencrypted_docker_host.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let environment = service.environment();
    let find = |key: &str| environment.iter().find(|pair| pair.key.is(key));
    let is_empty = |pair: &Pair| pair.value.as_ref().is_some_and(|value| value.is(""));
    if let Some(pair) = find("DOCKER_TLS_CERTDIR").filter(|pair| is_empty(pair) && is_docker_in_docker(service)) {
        let message = format!("service `{}` offers Docker's API to its whole network, without a password", service.name);
        value::report_at(cx, pair.place, pair.alias, message)
            .help("Leave the variable at `/certs`, share `/certs/client` with the clients, and let them use port 2376");
    }
    let Some(host) = find("DOCKER_HOST").and_then(|pair| pair.value.as_ref()) else { return };
    let Some(address) = host.known().and_then(|text| text.strip_prefix("tcp://")) else { return };
    let name = address.split([':', '/']).next().unwrap_or_default();
    // In the project's own network that is what a proxy for the socket is for.
    let is_near = !name.contains('.') && !["localhost", ""].contains(&name);
    let has_tls = ["DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_TLS"].into_iter().any(|key| find(key).is_some());
    if !is_near && !has_tls {
        value::report(cx, host, format!("service `{}` talks to Docker without TLS: whoever is on the way controls that host", service.name))
            .help("Use port 2376 with `DOCKER_TLS_VERIFY=1` and `DOCKER_CERT_PATH`, or `ssh://`");
    }
}

fn is_docker_in_docker(service: &Service<'_>) -> bool {
    image_name(service).is_some_and(|name| name == "docker")
        && service.image().is_some_and(|image| image.known().is_some_and(|text| text.contains("dind")))
}
