//! `ineffective-limit`: a limit that limits nothing.

use crate::compose::{Limit, LimitEffect, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-limit",
    summary: "A resource limit that limits nothing",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0026"],
    docs: include_str!("ineffective_limit.md"),
    on: &[On::Service(service)],
};

/// The engine refuses less memory than this for a container.
const LEAST_MEMORY: u64 = 6 * 1024 * 1024;

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let limits = service.limits();
    for (resource, all) in [("memory", &limits.memory), ("CPU", &limits.cpu), ("processes", &limits.pids)] {
        // Where two keys say it, one that holds is enough.
        if all.iter().any(|limit| !matches!(limit.effect, LimitEffect::Unlimited)) {
            continue;
        }
        for limit in all {
            report(cx, limit, format!("`{}` does not limit {resource}", limit.text), "Set a positive limit");
        }
    }
    for limit in &limits.memory {
        if let LimitEffect::Bounded(Some(bytes)) = limit.effect
            && bytes < LEAST_MEMORY
        {
            report(cx, limit, format!("`{}` is less memory than the engine accepts", limit.text), "Set 6m or more");
        }
    }
}

fn report(cx: &mut Context<'_>, limit: &Limit, message: String, help: &str) {
    let mut report = cx.report(limit.range, message);
    report.help(help);
    if let Some(alias) = limit.alias {
        report.related(alias, "comes in here");
    }
}
