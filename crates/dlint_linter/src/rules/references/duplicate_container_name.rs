//! `duplicate-container-name`: two services whose containers have the same name.


use dlint_syntax::hash::{HashMap, HashMapExt};
use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-container-name",
    summary: "Two services whose containers have the same name",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:no-duplicate-container-names"],
    docs: include_str!("duplicate_container_name.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut by_name: HashMap<String, Vec<&Service<'_>>> = HashMap::new();
    for service in &project.services {
        let Some(name) = service.scalar("container_name") else { continue };
        let Some(text) = name.known().filter(|text| !text.is_empty()) else { continue };
        let earlier = by_name.entry(text.to_owned()).or_default();
        if service.own.is_some()
            && let Some(other) = earlier.iter().find(|other| other.may_run_with(service))
        {
            let message = format!("services `{}` and `{}` give their containers the same name", other.name, service.name);
            let mut report = cx.report_at(name.place, message);
            report.help("Leave `container_name` out, and Compose makes a name of its own");
            if let Some(first) = other.scalar("container_name") {
                report.related_at(first.place, "the name is given here already");
            }
        }
        earlier.push(service);
    }
}
