//! `flat-network`: services that all reach each other.

use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{SEPARATION, image_mentions};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "flat-network",
    summary: "All services are in one network, what is published and what is not",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(SEPARATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["kics:ce14a68b", "owasp:5"],
    docs: include_str!("flat_network.md"),
    on: &[On::Compose(project)],
};

/// So few services have nothing to be kept apart.
const FEW: usize = 3;

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    if project.is_partial || project.is_told_elsewhere() || project.services.len() < FEW {
        return;
    }
    let is_in_default = |service: &Service<'_>| service.lacks("networks") && service.lacks("network_mode");
    if !project.services.iter().all(is_in_default) {
        return;
    }
    let published = project.services.iter().find(|service| !service.ports().is_empty());
    let inner = project.services.iter().find(|service| service.ports().is_empty() && image_mentions(service, &STORES));
    let Some((published, inner)) = published.zip(inner) else { return };
    cx.report_at(inner.name_place, format!("`{}` is reached by all {} services, though most need not: there is one network", inner.name, project.services.len()))
        .help("Make a network for what is published and another for what is not, and put into both only who has to talk to both")
        .related_at(published.name_place, "this one is published");
}

/// Words in the names of images that keep data.
const STORES: [&str; 12] = [
    "postgres", "mysql", "mariadb", "mongo", "redis", "valkey", "elasticsearch", "opensearch", "memcached", "rabbitmq", "cassandra", "clickhouse",
];
