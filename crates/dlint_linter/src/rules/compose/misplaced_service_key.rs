//! `misplaced-service-key`: a key of a service that is out of order.

use serde::Deserialize;

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::layout::{misplaced, written_services};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "misplaced-service-key",
    summary: "A key of a service that is out of order",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:service-keys-order"],
    docs: include_str!("misplaced_service_key.md"),
    on: &[On::Compose(project)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The keys in the order that is wanted; what is not named comes after them, in alphabetical order.
    pub order: Vec<String>,
}

/// The order where none is configured: what it is, what it needs, what it keeps, how it is set up, how it is reached, what it runs.
const ORDER: [&str; 22] = [
    "image",
    "build",
    "container_name",
    "depends_on",
    "volumes",
    "volumes_from",
    "configs",
    "secrets",
    "environment",
    "env_file",
    "ports",
    "networks",
    "network_mode",
    "extra_hosts",
    "command",
    "entrypoint",
    "working_dir",
    "restart",
    "healthcheck",
    "logging",
    "labels",
    "user",
];

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let configured = &cx.config.options.misplaced_service_key.order;
    let order: Vec<&str> = if configured.is_empty() { ORDER.to_vec() } else { configured.iter().map(String::as_str).collect() };
    for service in written_services(project).into_iter().flatten().filter(|it| it.value.alias().is_none()) {
        let is_placed = |name: &str| name != "<<" && !name.starts_with("x-");
        let entries = service.value.own_entries().filter_map(|entry| Some((entry.name()?, entry.key.range())));
        let entries: Vec<_> = entries.filter(|(name, _)| is_placed(name)).collect();
        let rank = |name: &str| order.iter().position(|it| *it == name).unwrap_or(order.len());
        let keys: Vec<(usize, &str)> = entries
            .iter()
            .map(|&(name, _)| (rank(name), if rank(name) == order.len() { name } else { "" }))
            .collect();
        let Some((at, before)) = misplaced(&keys) else { continue };
        let ((name, place), (other, other_place)) = (entries[at], entries[before]);
        cx.report(place, format!("`{name}` belongs before `{other}`"))
            .help("Write the keys of all services in one order")
            .related(other_place, "it belongs before this one");
    }
}
