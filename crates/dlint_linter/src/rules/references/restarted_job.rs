//! `restarted-job`: a service that another waits for to be done, and that is always started again.

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "restarted-job",
    summary: "A service that another waits for to be done, and that is always started again",
    category: Category::Reliability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("restarted_job.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    if !cx.mentions("service_completed_successfully") {
        return;
    }
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        for dependency in service.depends_on() {
            let Some(condition) = dependency.condition.filter(|it| it.is("service_completed_successfully")) else {
                continue;
            };
            let Some(other) = dependency.service.known().and_then(|name| project.service(name)) else { continue };
            let Some(restart) = other.restart().filter(|it| it.is("always") || it.is("unless-stopped")) else { continue };
            let policy = restart.known().unwrap_or_default();
            let message = format!(
                "service `{}` waits until `{}` is done, which `restart: {policy}` starts again each time",
                service.name, other.name
            );
            cx.report_at(condition.place, message)
                .help(format!("Give `{}` the policy `on-failure`, or `no`", other.name))
                .related_at(restart.place, "the policy");
        }
    }
}
