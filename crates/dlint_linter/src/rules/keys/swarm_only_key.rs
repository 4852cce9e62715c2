//! `swarm-only-key`: a key that only Swarm heeds.

use crate::compose::{SWARM_KEYS, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "swarm-only-key",
    summary: "A key of `deploy` that Docker Compose ignores",
    category: Category::Correctness,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("swarm_only_key.md"),
    on: &[On::Service(service)],
};

/// What else only Swarm heeds, below `deploy`.
const NESTED: [(&[&str], &str); 4] = [
    (&["restart_policy"], "delay"),
    (&["restart_policy"], "window"),
    (&["resources", "reservations"], "cpus"),
    (&["resources", "reservations"], "generic_resources"),
];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(deploy) = service.field("deploy") else { return };
    let mut report = |field: &crate::compose::Field<'_>, path: &str| {
        value::report_at(cx, field.key_place, field.alias.or(deploy.alias), format!("Docker Compose ignores `deploy.{path}`"))
            .help("Only `docker stack deploy` heeds it; delete it if the file is not for Swarm");
    };
    for key in SWARM_KEYS.iter().chain(&["labels"]) {
        let Some(field) = deploy.value.field(key) else { continue };
        // It says what is the case anyway.
        if *key != "mode" || !field.value.scalar().is_some_and(|mode| mode.is("replicated")) {
            report(&field, key);
        }
    }
    for (parents, key) in NESTED {
        let parent = parents.iter().try_fold(deploy.value.clone(), |node, parent| node.get(parent));
        if let Some(field) = parent.and_then(|parent| parent.field(key)) {
            report(&field, &format!("{}.{key}", parents.join(".")));
        }
    }
}
