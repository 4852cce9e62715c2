//! `ineffective-restart-policy`: a restart policy that restarts nothing.

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-restart-policy",
    summary: "A restart policy that another one overrides, or that has no condition",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ineffective_restart_policy.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    // Swarm takes `any` where there is no condition, and does not look at `restart`.
    if service.is_for_swarm() {
        return;
    }
    let deploy = service.field("deploy");
    let Some(field) = deploy.as_ref().and_then(|deploy| deploy.value.field("restart_policy")) else { return };
    if !field.value.is_mapping() {
        return;
    }
    let alias = field.alias.or(deploy.and_then(|deploy| deploy.alias));
    let restart = service.string("restart");
    let Some(condition) = field.value.get("condition") else {
        let message = "without a `condition` this policy means that the container is never restarted";
        let mut report = value::report_at(cx, field.key_place, alias, message);
        report.help("Add `condition: on-failure` or `condition: any`");
        if let Some(restart) = restart {
            report.related_at(restart.place, "it overrides this");
        }
        return;
    };
    let Some(restart) = restart else { return };
    if !is_same(&restart, condition.scalar().as_ref()) {
        value::report(cx, &restart, "`restart` is overridden by `deploy.restart_policy`")
            .help("Keep one of the two")
            .related_at(condition.place(), "this is what holds");
    }
}

/// Whether both say the same, or a variable decides.
fn is_same(restart: &Scalar, condition: Option<&Scalar>) -> bool {
    let (Some(restart), Some(condition)) = (restart.known(), condition.and_then(Scalar::known)) else { return true };
    match condition {
        "any" => ["always", "any", "unless-stopped"].contains(&restart),
        "none" => ["no", "none", ""].contains(&restart),
        other => restart.split(':').next() == Some(other),
    }
}
