//! `unused-resource`: a network, volume, secret or config that no service names.


use dlint_syntax::hash::{HashSet, HashSetExt};
use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unused-resource",
    summary: "A network, volume, secret or config that no service names",
    category: Category::Maintainability,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unused_resource.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let may_be_used_elsewhere = project.is_incomplete || project.is_partial || project.is_included();
    if may_be_used_elsewhere || project.is_told_elsewhere() || project.services.is_empty() {
        return;
    }
    let mut used: HashSet<(&str, String)> = HashSet::new();
    for service in &project.services {
        used.extend(service.references().iter().map(|it| (it.section, it.name.clone())));
        if has_unknown(service) {
            return;
        }
    }
    for (section, what) in [("networks", "network"), ("volumes", "volume"), ("secrets", "secret"), ("configs", "config")] {
        let Some(entries) = project.root.get(section).map(|it| it.fields()) else { continue };
        for entry in entries {
            let is_implied = section == "networks" && entry.name == "default";
            if is_implied || used.contains(&(section, entry.name.to_string())) {
                continue;
            }
            cx.report_at(entry.key_place, format!("no service uses the {what} `{}`", entry.name))
                .help("Remove it, or name it in the service that needs it; Compose does not create it");
        }
    }
}

/// Whether a variable decides what a service names.
fn has_unknown(service: &Service<'_>) -> bool {
    service.mounts().iter().any(|mount| mount.source.as_ref().is_some_and(|source| source.known().is_none()))
        || ["networks", "secrets", "configs"].iter().any(|key| service.list(key).iter().any(|it| it.known().is_none()))
}
