//! `host-network`: a container that uses the host's network as it is.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{NEIGHBOURS, is_monitor};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "host-network",
    summary: "A container is in the network of its host",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(NEIGHBOURS),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0008", "kics:071a71ff", "cis:5.10", "owasp:5"],
    docs: include_str!("host_network.md"),
    on: &[On::Service(service)],
};

const HELP: &str = "Publish the ports that are needed with `ports`; the container then reaches the host as `host.docker.internal` where `extra_hosts` \
                    has `host.docker.internal:host-gateway`";

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let gets = "reaches everything that listens on the host, on `localhost` too, and opens its own ports on every interface";
    if let Some(mode) = service.network_mode().filter(|mode| mode.is("host")) {
        let mut report = value::report(cx, &mode, format!("service `{}` {gets}", service.name));
        report.help(HELP);
        if is_monitor(service) {
            report.level(Level::Info);
        }
    }
    let Some(networks) = service.field("networks") else { return };
    let named = networks.value.fields().into_iter().map(|field| (field.name.to_string(), field.key_place));
    let listed = networks.value.scalars().into_iter().filter_map(|name| Some((name.known()?.to_owned(), name.place)));
    for (name, place) in named.chain(listed) {
        let Some(network) = service.top_level("networks", &name) else { continue };
        let external = network.value.get("external");
        let is_external = external.as_ref().is_some_and(|it| it.is_mapping() || it.scalar().is_some_and(|it| it.is_true()));
        let real = external.and_then(|it| it.scalar_of("name")).or_else(|| network.value.scalar_of("name"));
        if is_external && real.map_or(name == "host", |real| real.is("host")) {
            value::report_at(cx, place, networks.alias, format!("service `{}` {gets}", service.name)).help(HELP);
        }
    }
}
