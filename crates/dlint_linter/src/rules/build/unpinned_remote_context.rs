//! `unpinned-remote-context`: what is built, or a part of the project, comes from an address that does not say which state of it.

use crate::compose::{Node, Pair, Project, Scalar};
use crate::diagnostic::{Category, Level};
use crate::remote::{Remote, reference_in};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unpinned-remote-context",
    summary: "A build context or Compose file from a repository, without a commit",
    category: Category::Security,
    level: Level::Info,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:H/UI:N/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unpinned_remote_context.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for root in &project.written {
        for item in root.get("include").map(|list| list.items()).unwrap_or_default() {
            let paths = if item.is_mapping() { item.get("path").map(|it| it.one_or_many()) } else { None };
            for path in paths.unwrap_or_else(|| item.scalar().into_iter().collect()) {
                check(&path, "what is included from here", cx);
            }
        }
        for service in root.get("services").map(|services| services.fields()).unwrap_or_default() {
            if let Some(file) = service.value.get("extends").and_then(|extends| extends.scalar_of("file")) {
                check(&file, "what is extended from here", cx);
            }
            if let Some(build) = service.value.get("build") {
                contexts(&build, cx);
            }
        }
    }
}

fn contexts(build: &Node<'_>, cx: &mut Context<'_>) {
    let context = if build.is_mapping() { build.scalar_of("context") } else { build.scalar() };
    let more = build.get("additional_contexts").map(|it| Pair::read_all(&it)).unwrap_or_default();
    for context in context.into_iter().chain(more.into_iter().filter_map(|pair| pair.value)) {
        check(&context, "what is built from here", cx);
    }
}

fn check(address: &Scalar, what: &str, cx: &mut Context<'_>) {
    let text = address.text();
    let (part, help) = match Remote::of_compose(text) {
        // A variable may hold a commit.
        Some(Remote::Repository { has_commit: false }) if address.part(reference_in(text)).known().is_some() => {
            (reference_in(text), "Name the full commit after a `#`")
        }
        Some(Remote::Artifact { has_digest: false }) if address.known().is_some() => {
            (0..text.len(), "Name the digest of the artifact: `oci://NAME@sha256:…`")
        }
        _ => return,
    };
    cx.report_at(address.part(part).place, format!("{what} can change from one day to the next")).help(help);
}
