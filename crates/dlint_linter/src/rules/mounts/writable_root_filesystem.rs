//! `writable-root-filesystem`: a service that may change its own programs.

use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::isolation::{FILES, report_together};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "writable-root-filesystem",
    summary: "A service may change the files of its image",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(FILES),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0007", "semgrep:writable-filesystem-service", "cis:5.13", "owasp:8"],
    docs: include_str!("writable_root_filesystem.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let may_write = |service: &Service<'_>| {
        let is_set = service.scalar("read_only").is_some_and(|it| it.boolean() != Some(false));
        !service.is_partial() && !is_set
    };
    if let Some(mut report) = report_together(cx, project, may_write, ("may change its own programs", "may change their own programs")) {
        report.help("Set `read_only: true`, and give a `tmpfs` or a volume to each folder that the service writes: `/tmp`, `/run`, its data");
    }
}
