//! `missing-healthcheck`: nothing tells Docker whether the service works.

use dlint_syntax::hash::HashSet;
use crate::build::{Built, built_stage};

use crate::compose::{Project, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::image::{Reference, known};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::{Health, StageNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-healthcheck",
    summary: "Nothing tells Docker whether the service still works",
    category: Category::Reliability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3057", "trivy:DS-0026", "checkov:CKV_DOCKER_2", "cis:4.6", "cis:5.27", "kics:Healthcheck Instruction Missing"],
    docs: include_str!("missing_healthcheck.md"),
    on: &[On::Stage(stage), On::Compose(project)],
};

const HELP: &str = "Add a `HEALTHCHECK` that asks the service for something it must be able to answer";

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if node.stage.is_final && lacks_healthcheck(node) {
        cx.report(node.place(), "the image has no `HEALTHCHECK`, so Docker only sees whether its process exists").help(HELP);
    }
}

/// Whether containers of the stage are services that nothing checks.
fn lacks_healthcheck(node: &StageNode<'_>) -> bool {
    let base_has_one = node.base_image().is_some_and(|base| known::has_healthcheck(&base) || is_serverless(&base));
    node.health() == Health::Unset && node.is_service() && !base_has_one
}

/// Platforms that watch their functions themselves and do not read Docker's health checks.
fn is_serverless(base: &Reference<'_>) -> bool {
    ["public.ecr.aws/lambda/", "amazon/aws-lambda-", "mcr.microsoft.com/azure-functions/", "openfaas/"]
        .iter()
        .any(|prefix| base.name.starts_with(prefix))
}

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let jobs = services_that_end(project);
    for service in &project.services {
        if service.lacks("healthcheck") && !jobs.contains(service.name.as_ref()) {
            check_service(service, cx);
        }
    }
}

/// The names of the services that are meant to end: another one waits for that.
fn services_that_end(project: &Project<'_>) -> HashSet<String> {
    let waits = |condition: &Scalar| condition.is("service_completed_successfully");
    project
        .services
        .iter()
        .flat_map(Service::depends_on)
        .filter(|dependency| dependency.condition.as_ref().is_some_and(waits))
        .filter_map(|dependency| dependency.service.known().map(str::to_owned))
        .collect()
}

fn check_service(service: &Service<'_>, cx: &mut Context<'_>) {
    if service.build().is_some() {
        let Some(Built { document, stage, told_elsewhere }) = built_stage(service, cx) else { return };
        let Some(node) = StageNode::of(&document, stage) else { return };
        if !told_elsewhere && lacks_healthcheck(&node) {
            cx.report_at(service.name_place, format!("service `{}` has no health check", service.name))
                .help("Add `healthcheck` here, or `HEALTHCHECK` to its Dockerfile")
                .related_in(&document, node.place(), "this stage has none either");
        }
        return;
    }
    let Some(image) = service.image() else { return };
    if image.known().is_some_and(|text| !known::has_healthcheck(&Reference::new(text))) {
        cx.report_at(service.name_place, format!("service `{}` has no health check", service.name))
            .help("Add `healthcheck` with a command that asks the service for something it must be able to answer");
    }
}
