//! `unbounded-restart`: a container that is restarted without end after each failure.

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unbounded-restart",
    summary: "A container is restarted without end after each failure",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["kics:2fc99041", "cis:5.15", "owasp:7"],
    docs: include_str!("unbounded_restart.md"),
    on: &[On::Service(service)],
};

/// More attempts than this are as good as none too many. Source: CIS Docker Benchmark 1.6, 5.15.
const MOST: u64 = 5;

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if service.is_for_swarm() {
        return;
    }
    let help = "Write `on-failure:5`, or fewer; a program that fails again and again takes the host's time and hides why";
    let policy = service.field("deploy").and_then(|deploy| deploy.value.get("restart_policy"));
    if let Some(policy) = policy {
        let Some(condition) = policy.scalar_of("condition").filter(|it| it.is("on-failure") || it.is("any")) else { return };
        let attempts = policy.scalar_of("max_attempts");
        if attempts.as_ref().is_some_and(|it| it.known().is_none_or(|text| text.parse().is_ok_and(is_bounded))) {
            return;
        }
        value::report(cx, &condition, format!("service `{}` is restarted without end", service.name)).help("Set `max_attempts` to 5 or fewer, with the condition `on-failure`");
        return;
    }
    let Some(restart) = service.string("restart") else { return };
    let Some(text) = restart.known() else { return };
    let is_endless = match text.split_once(':') {
        Some(("on-failure", count)) => count.parse().is_ok_and(|count| !is_bounded(count)),
        None => ["always", "on-failure", "unless-stopped"].contains(&text),
        Some(_) => false,
    };
    if is_endless {
        report(&restart, &service.name, help, cx);
    }
}

/// 0 is no bound at all.
fn is_bounded(count: u64) -> bool {
    (1..=MOST).contains(&count)
}

fn report(restart: &Scalar, name: &str, help: &str, cx: &mut Context<'_>) {
    value::report(cx, restart, format!("service `{name}` is restarted without end")).help(help);
}
