//! `custom-cgroup-parent`: a container outside of the control group of the others.

use crate::compose::Service;
use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "custom-cgroup-parent",
    summary: "A container outside of the control group of the others",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:N/I:N/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["kics:4d9f44c6", "cis:2.10", "cis:5.25"],
    docs: include_str!("custom_cgroup_parent.md"),
    on: &[On::Service(service), On::Daemon(daemon)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if let Some(parent) = service.scalar("cgroup_parent").filter(|parent| parent.known().is_some_and(|it| !it.is_empty())) {
        value::report(cx, &parent, format!("service `{}` is under other limits than all other containers of the host", service.name))
            .help("Delete the key, unless that group is set up for it");
    }
}

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if let Some(parent) = config.setting("cgroup-parent").filter(|parent| parent.as_str().is_some()) {
        cx.report(parent.range, "all containers are under the limits of a group of your own").help("Delete the key, unless that group is set up for them");
    }
}
