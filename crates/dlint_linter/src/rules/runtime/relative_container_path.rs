//! `relative-container-path`: a path in the container that does not begin at its root.

use crate::compose::{Place, Scalar, Service};
use crate::diagnostic::{Category, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "relative-container-path",
    summary: "A path in the container that is not absolute",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("relative_container_path.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for mount in service.mounts() {
        if let Some(target) = &mount.target {
            check(target, mount.alias.or(target.alias), "mount", cx);
        }
    }
    for entry in service.strings("tmpfs") {
        let end = entry.known().map_or(0, |text| text.find(':').unwrap_or(text.len()));
        if entry.known().is_some() {
            check(&entry.part(0..end), entry.alias, "mount", cx);
        }
    }
    if let Some(folder) = service.string("working_dir") {
        check(&folder, folder.alias, "use", cx);
    }
}

fn check(path: &Scalar, alias: Option<Place>, verb: &str, cx: &mut Context<'_>) {
    let Some(text) = path.known().filter(|text| !text.is_empty() && !is_absolute(text)) else { return };
    let message = format!("Docker refuses to {verb} `{text}`, because a path in a container has to be absolute", text = shorten(text));
    let mut report = value::report_at(cx, path.place, alias, message);
    report.help("Write the path from the root of the container's file system");
    let clean = text.trim_start_matches("./");
    if !clean.starts_with('.')
        && !clean.contains('\\')
        && alias.is_none()
        && let Some(edit) = value::replace(path, &format!("/{clean}"))
    {
        report.fix(Fix::unsafe_(format!("Replace with `/{clean}`", clean = shorten(clean)), vec![edit]));
    }
}

/// Whether a path is absolute, in a Linux container or in a Windows one.
fn is_absolute(path: &str) -> bool {
    let mut chars = path.chars();
    path.starts_with(['/', '\\']) || (chars.next().is_some_and(char::is_alphabetic) && chars.next() == Some(':'))
}
