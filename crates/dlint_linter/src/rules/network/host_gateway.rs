//! `host-gateway`: a name for the host.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::SEPARATION;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "host-gateway",
    summary: "A container has a name for the host, and reaches it",
    category: Category::Security,
    level: Level::Hint,
    default: false,
    cvss: Some(SEPARATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("host_gateway.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(hosts) = service.field("extra_hosts") else { return };
    let in_mapping = hosts.value.fields().into_iter().flat_map(|field| field.value.one_or_many());
    // In a list it is `NAME=ADDRESS` or `NAME:ADDRESS`.
    let in_list = hosts.value.scalars().into_iter().filter_map(|item| {
        let at = item.known()?.find(['=', ':'])?;
        Some(item.part(at + 1..item.known()?.len()))
    });
    for address in in_mapping.chain(in_list).filter(|address| address.is("host-gateway")) {
        let message = format!("service `{}` reaches what the host offers in Docker's network", service.name);
        value::report_at(cx, address.place, address.alias.or(hosts.alias), message)
            .help("Leave it out if the service does without it");
    }
}
