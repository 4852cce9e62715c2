//! `legacy-bridge`: a container in the network that all others of the host share.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::SEPARATION;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "legacy-bridge",
    summary: "A container is in the network that all others of the host share",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(SEPARATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:5.30"],
    docs: include_str!("legacy_bridge.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if let Some(mode) = service.network_mode().filter(|mode| mode.is("bridge")) {
        let message = format!("service `{}` is in the default network of the host, where every container that names none can reach it, \
                               and where services do not find each other by name", service.name);
        value::report(cx, &mode, message).help("Delete the key: the project then has a network of its own");
    }
}
