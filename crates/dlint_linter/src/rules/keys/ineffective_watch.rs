//! `ineffective-watch`: a rule of `develop.watch` that does nothing.

use crate::compose::{Node, Service, normalize_host_path};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-watch",
    summary: "A rule of `develop.watch` that has no effect, or at which watching stops",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ineffective_watch.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let watch = service.field("develop").and_then(|develop| develop.value.get("watch"));
    for item in watch.map(|watch| watch.items()).unwrap_or_default() {
        let Some(action) = item.string_of("action") else { continue };
        match action.known() {
            Some("rebuild") if service.lacks("build") => {
                value::report(cx, &action, "there is nothing to rebuild, because the service has no `build`")
                    .help("Add a `build`, or use another action")
                    .level(Level::Error);
            }
            Some("sync+exec") if item.get("exec").is_none_or(|exec| !exec.mentions("command")) => {
                value::report(cx, &action, "there is no command to execute")
                    .help("Add `exec: {command: …}`, or use `sync`")
                    .level(Level::Error);
                mounted(&item, service, cx);
            }
            Some("sync" | "sync+restart" | "sync+exec") => mounted(&item, service, cx),
            _ => {}
        }
    }
}

/// What is mounted needs no copying, and Compose does not watch it for that.
fn mounted(item: &Node<'_>, service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(path) = item.string_of("path") else { return };
    let Some(watched) = path.known().map(normalize_host_path) else { return };
    for mount in service.mounts() {
        let Some(source) = mount.host_source().filter(|_| mount.folder() == item.folder()) else { continue };
        if source.known().is_some_and(|source| is_in(&watched, &normalize_host_path(source))) {
            value::report(cx, &path, "this is not watched, because a mount holds it already")
                .help("Delete the mount, or watch it with `restart` or `rebuild`")
                .related_at(mount.place, "the mount");
            return;
        }
    }
}

/// Whether a path is a folder or lies in it.
fn is_in(path: &str, folder: &str) -> bool {
    if folder == "." {
        return !path.starts_with(['/', '~']) && !path.starts_with("..");
    }
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
