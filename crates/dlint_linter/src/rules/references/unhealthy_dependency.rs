//! `unhealthy-dependency`: a service waits for another to be healthy that has no health check.

use dlint_syntax::dockerfile::Base;

use crate::build::{Built, built_stage};
use crate::compose::{Project, Service};
use crate::image::{Reference, known};
use crate::stage::{Health, StageNode};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unhealthy-dependency",
    summary: "A service waits for another to be healthy that has no health check",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unhealthy_dependency.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        for dependency in service.depends_on() {
            // Compose goes on without one that is not required.
            if dependency.required.as_ref().is_some_and(|it| it.boolean() != Some(true)) {
                continue;
            }
            let Some(condition) = dependency.condition.filter(|it| it.is("service_healthy")) else { continue };
            let Some(other) = dependency.service.known().and_then(|name| project.service(name)) else { continue };
            let Some(why) = never_healthy(other, cx) else { continue };
            let message = format!("service `{}` waits for `{}` to be healthy, which {why}", service.name, other.name);
            cx.report_at(condition.place, message)
                .help(format!("Give `{}` a `healthcheck`, or wait for `service_started`", other.name))
                .related_at(other.name_place, "the service that is waited for");
        }
    }
}

/// Why a service can never be healthy, if that is certain.
fn never_healthy(service: &Service<'_>, cx: &Context<'_>) -> Option<&'static str> {
    if let Some(check) = service.healthcheck() {
        if check.disabled().is_some() {
            return Some("switches its health check off");
        }
        if check.test.is_some() {
            return None;
        }
    }
    if service.is_partial() {
        return None;
    }
    let Some(Built { document, stage, .. }) = built_stage(service, cx) else {
        let image = service.image().filter(|_| service.lacks("build"))?;
        return known::has_no_healthcheck(&Reference::new(image.known()?)).then_some("has no health check, and its image has none");
    };
    let node = StageNode::of(&document, stage)?;
    match node.health() {
        Health::Disabled(_) => Some("switches its health check off in its Dockerfile"),
        // Of other bases, only the registry knows.
        Health::Unset
            if *node.model.root_base(node.stage) == Base::Scratch
                || node.base_image().is_some_and(|image| known::has_no_healthcheck(&image)) =>
        {
            Some("has no health check")
        }
        _ => None,
    }
}
