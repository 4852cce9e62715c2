//! `unbounded-tmpfs`: a file system in memory that may take all of it.

use crate::compose::{Bound, Node, Project, Resource, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{AVAILABILITY, report_together};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unbounded-tmpfs",
    summary: "A file system in memory that may take all of it",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(AVAILABILITY),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["owasp:7"],
    docs: include_str!("unbounded_tmpfs.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let grows = |service: &Service<'_>| {
        let is_bounded = matches!(service.bound(Resource::Memory), Some(Bound::Bounded | Bound::Unknown));
        !is_bounded && !service.is_partial() && (has_short(service) || has_long(service))
    };
    let said = ("has a file system in memory that may take all of it", "have file systems in memory that may take all of it");
    if let Some(mut report) = report_together(cx, project, grows, said) {
        report.help("Give it a size (`/tmp:size=64m`, or `tmpfs.size`), or limit the memory of the service, which it counts to");
    }
}

/// `tmpfs: /run`
fn has_short(service: &Service<'_>) -> bool {
    service.list("tmpfs").iter().any(|entry| entry.known().is_some_and(|text| !text.contains("size=") || text.contains("size=0")))
}

/// An entry of `volumes` with the type `tmpfs`.
fn has_long(service: &Service<'_>) -> bool {
    let is_open = |mount: &Node<'_>| {
        mount.scalar_of("type").is_some_and(|kind| kind.is("tmpfs")) && mount.get("tmpfs").is_none_or(|tmpfs| tmpfs.get("size").is_none())
    };
    service.field("volumes").is_some_and(|volumes| volumes.value.items().iter().any(is_open))
}
