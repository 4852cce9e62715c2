//! `unawaited-healthcheck`: a service that starts before the one that it needs is ready, which has a health check.

use crate::build::{Built, built_stage};
use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::{Health, StageNode};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unawaited-healthcheck",
    summary: "A service starts without waiting for the health check of one that it needs",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unawaited_healthcheck.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    // Swarm takes no notice of `depends_on`.
    if project.is_for_swarm() {
        return;
    }
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        for dependency in service.depends_on() {
            if dependency.condition.as_ref().is_some_and(|it| !it.is("service_started")) {
                continue;
            }
            let Some(other) = dependency.service.known().and_then(|name| project.service(name)) else { continue };
            if !is_checked(other, cx) {
                continue;
            }
            let place = dependency.condition.as_ref().map_or(dependency.place, |it| it.place);
            let message = format!("service `{}` does not wait until `{}` is healthy, which has a health check", service.name, other.name);
            value::report_at(cx, place, dependency.alias, message)
                .help("Write `condition: service_healthy`, unless the service tries again until the other one answers")
                .related_at(other.name_place, "the service that is needed");
        }
    }
}

/// Whether it is certain that a service has a health check.
fn is_checked(service: &Service<'_>, cx: &Context<'_>) -> bool {
    if let Some(check) = service.healthcheck() {
        if check.disabled().is_some() {
            return false;
        }
        if check.test.is_some() {
            return true;
        }
    }
    let Some(Built { document, stage, .. }) = built_stage(service, cx) else { return false };
    StageNode::of(&document, stage).is_some_and(|node| node.health() == Health::Checked)
}
