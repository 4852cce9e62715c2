//! `duplicate-mount-target`: two mounts at one path, of which the first is lost.


use dlint_syntax::hash::{HashMap, HashMapExt};
use crate::compose::{Mount, Node, Place, Project, Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-mount-target",
    summary: "Two mounts at the same path",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("duplicate_mount_target.md"),
    on: &[On::Compose(project), On::Service(service)],
};

/// A file that is laid over another may replace its mounts; within one list, nobody means to.
fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for volumes in project.services_as_written().iter().filter_map(|service| service.get("volumes")) {
        list(volumes, cx);
    }
}

fn list(volumes: &Node<'_>, cx: &mut Context<'_>) {
    let items = volumes.items();
    if items.len() < 2 {
        return;
    }
    let mounts = items.iter().filter_map(|item| Mount::read(item).ok());
    let mounts: Vec<(String, Mount)> = mounts.filter_map(|mount| Some((mount.identity()?, mount))).collect();
    let mut last: HashMap<&str, &Mount> = HashMap::new();
    for (target, mount) in &mounts {
        if let Some(lost) = last.insert(target, mount).filter(|lost| !is_same(lost, mount)) {
            let message = format!("this mount is not made, because a later one is at `{target}` too", target = shorten(target));
            value::report_at(cx, lost.place, lost.alias, message)
                .help("Give one of them another path, or delete one")
                .related_at(mount.place, "only this one is made");
        }
    }
}

/// Whether nothing is lost: both come from one source. `repeated-entry` tells of exact copies.
fn is_same(one: &Mount, other: &Mount) -> bool {
    let source = |mount: &Mount| mount.source.as_ref().map(|source| source.value.clone());
    one.kind == other.kind && source(one) == source(other)
}

/// What is left when Compose has dropped the mounts of the same name must not meet at one path.
fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let mut taken: Vec<(String, Place)> = Vec::new();
    let tmpfs = service.strings("tmpfs");
    // Of a list of texts, Compose keeps the last of those that are the same before an `=`.
    let key = |entry: &Scalar| entry.known().and_then(|text| text.split('=').next()).map(str::to_owned);
    for (index, entry) in tmpfs.iter().enumerate() {
        let Some(text) = entry.known().filter(|_| tmpfs[index + 1..].iter().all(|later| key(later) != key(entry))) else {
            continue;
        };
        let target = text.split(':').next().unwrap_or_default().to_owned();
        clash(&mut taken, target, entry.place, entry.alias, cx);
    }
    for mount in service.mounts() {
        if let Some(target) = mount.clean_target() {
            clash(&mut taken, target, mount.place, mount.alias, cx);
        }
    }
}

fn clash(taken: &mut Vec<(String, Place)>, target: String, place: Place, alias: Option<Place>, cx: &mut Context<'_>) {
    let Some((_, first)) = taken.iter().find(|(other, _)| *other == target) else {
        taken.push((target, place));
        return;
    };
    let message = format!("something is mounted at `{}` already, so Compose refuses the file", shorten(&target));
    value::report_at(cx, place, alias, message)
        .help("Give one of them another path, or delete one")
        .related_at(*first, "the other mount");
}
