//! `missing-restart-policy`: a service that stays down.

use dlint_syntax::hash::HashSet;
use crate::compose::{Project, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::report_together;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-restart-policy",
    summary: "A service that stays down when it fails or the host restarts",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_restart_policy.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let jobs = jobs(project);
    let lacks = |service: &Service<'_>| {
        let has_policy = service.field("deploy").is_some_and(|deploy| deploy.value.mentions("restart_policy"));
        service.lacks("restart") && !has_policy && !service.is_for_swarm() && !jobs.contains(service.name.as_ref()) && service.profiles().is_empty()
    };
    let said = ("stays down when it fails or the host restarts", "stay down when they fail or the host restarts");
    if let Some(mut report) = report_together(cx, project, lacks, said) {
        report.help("Add `restart: unless-stopped`, or `restart: \"no\"` where it is meant to end");
    }
}

/// The names of the services that are meant to end: another one waits for that.
fn jobs(project: &Project<'_>) -> HashSet<String> {
    let waits = |condition: &Scalar| condition.is("service_completed_successfully");
    let all = project.services.iter().flat_map(Service::depends_on);
    all.filter(|it| it.condition.as_ref().is_some_and(waits)).filter_map(|it| it.service.known().map(str::to_owned)).collect()
}
