//! `shared-propagation`: a mount through which mounts of the container come to the host.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::OPERATOR;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shared-propagation",
    summary: "What a container mounts appears on the host",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(OPERATOR),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0017", "kics:baa452f0", "cis:5.20"],
    docs: include_str!("shared_propagation.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for mount in service.mounts() {
        let Some(propagation) = mount.propagation.as_ref().filter(|it| it.is("shared") || it.is("rshared")) else { continue };
        let message = format!("what service `{}` mounts in this folder appears on the host, and in other containers that have it", service.name);
        value::report_at(cx, propagation.place, mount.alias, message)
            .help("Leave it out, or write `rslave`, by which the host's mounts come to the container and not the other way");
    }
}
