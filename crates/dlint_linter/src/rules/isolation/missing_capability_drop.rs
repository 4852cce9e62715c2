//! `missing-capability-drop`: a service that keeps capabilities it may not need.

use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{SEPARATION, drops_all, is_privileged, report_together};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-capability-drop",
    summary: "A service keeps the capabilities that Docker gives by default",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(SEPARATION),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0006", "kics:ce76b7d0", "cis:5.4", "owasp:3"],
    docs: include_str!("missing_capability_drop.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let keeps = |service: &Service<'_>| !service.is_partial() && !is_privileged(service) && drops_all(service) == Some(false);
    if let Some(mut report) = report_together(cx, project, keeps, SAID) {
        report.help("Drop them with `cap_drop: [ALL]`, and give back with `cap_add` what is needed");
    }
}

const SAID: (&str, &str) =
    ("keeps the 14 capabilities that Docker gives by default", "keep the 14 capabilities that Docker gives by default");
