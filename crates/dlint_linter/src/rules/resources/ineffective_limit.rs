//! `ineffective-limit`: a limit that limits nothing.

use crate::compose::{Bound, Limit, Resource, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

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
    for (resource, title) in [(Resource::Memory, "memory"), (Resource::Cpu, "CPU"), (Resource::Pids, "processes")] {
        let all = || limits.iter().filter(|limit| limit.resource == resource);
        // Where two keys say it, one that holds is enough.
        if all().all(|limit| limit.bound == Bound::Unlimited) {
            for limit in all() {
                report(cx, limit, &format!("does not limit {title}"), "Set a positive limit");
            }
        }
    }
    for limit in limits.iter().filter(|limit| limit.resource == Resource::Memory && limit.bound == Bound::Bounded) {
        if limit.value.as_ref().and_then(Scalar::size).is_some_and(|bytes| bytes < LEAST_MEMORY) {
            report(cx, limit, "is less memory than the engine accepts", "Set `6m` or more");
        }
    }
    swap(service, cx);
}

/// Memory is limited, and what does not fit is written to the disk without end.
fn swap(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(swap) = service.scalar("memswap_limit").filter(|swap| swap.is("-1")) else { return };
    if service.bound(Resource::Memory) == Some(Bound::Bounded) {
        value::report(cx, &swap, format!("service `{}` may take all of the host's swap when its memory is used up", service.name))
            .level(Level::Info)
            .help("Set it to the same as `mem_limit` for no swap at all, or to more for that much");
    }
}

fn report(cx: &mut Context<'_>, limit: &Limit, what: &str, help: &str) {
    let key = limit.path.rsplit('.').next().unwrap_or(limit.path);
    let value = limit.value.as_ref().and_then(Scalar::known).unwrap_or_default();
    let mut report = cx.report_at(limit.place, format!("`{key}: {value}` {what}"));
    report.help(help);
    if let Some(alias) = limit.alias {
        report.related_at(alias, "comes in here");
    }
}
