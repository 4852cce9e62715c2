//! `unpinned-remote-context`: what is built, or a part of the project, comes from an address that does not say which state of it.

use crate::compose::{Pair, Project, Scalar, included_paths};
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
    for item in project.written.iter().filter_map(|root| root.get("include")).flat_map(|list| list.items()) {
        for path in included_paths(&item) {
            check(&path, "what is included from here", cx);
        }
    }
    for service in &project.services {
        let Some(own) = &service.own else { continue };
        if let Some(file) = own.get("extends").and_then(|extends| extends.scalar_of("file")) {
            check(&file, "what is extended from here", cx);
        }
        let context = service.build().and_then(|build| build.context.as_ref());
        let more = service.field("build").and_then(|build| build.value.get("additional_contexts"));
        let more = more.map(|contexts| Pair::read_all(&contexts)).unwrap_or_default();
        for context in context.into_iter().chain(more.iter().filter_map(|pair| pair.value.as_ref())) {
            check(context, "what is built from here", cx);
        }
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
