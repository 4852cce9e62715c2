//! `oom-immunity`: a service that the kernel spares when memory runs out.

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "oom-immunity",
    summary: "A service that the kernel spares when memory runs out",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("oom_immunity.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if let Some(disable) = service.scalar("oom_kill_disable").filter(Scalar::is_true) {
        let message = format!("when memory runs out, the kernel kills others for service `{}`, and the host may hang", service.name);
        value::report(cx, &disable, message).help("Delete the key, and set `mem_limit` to what the service needs");
    }
    let Some(score) = service.scalar("oom_score_adj") else { return };
    if let Some(number) = score.known().and_then(|text| text.parse::<i32>().ok()).filter(|number| *number < 0) {
        let message = format!("when memory runs out, the kernel kills others before service `{}`", service.name);
        let mut report = value::report(cx, &score, message);
        report.help("Delete the key, unless the host cannot do without this service; bound it with `mem_limit`");
        // Only the last step spares it for good.
        if number > -1000 {
            report.level(Level::Info);
        }
    }
}
