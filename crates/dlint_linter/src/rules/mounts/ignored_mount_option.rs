//! `ignored-mount-option`: an option that does not fit the kind of mount.

use crate::compose::{Mount, MountKind, Node, Service, Syntax};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-mount-option",
    summary: "An option of a mount that has no effect on this kind of mount",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ignored_mount_option.md"),
    on: &[On::Service(service)],
};

/// The blocks of the long syntax that are for one type each.
const BLOCKS: [&str; 4] = ["bind", "volume", "tmpfs", "image"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(volumes) = service.field("volumes") else { return };
    for item in volumes.value.items() {
        let Ok(mount) = Mount::read(&item) else { continue };
        match mount.syntax {
            Syntax::Short => short(&mount, cx),
            Syntax::Long => long(&item, cx),
        }
    }
}

fn short(mount: &Mount, cx: &mut Context<'_>) {
    for option in &mount.options {
        let Some(text) = option.known() else { continue };
        let kind = match (mount.kind, text) {
            (MountKind::Volume, "z" | "Z") => "a named volume, which Docker labels itself",
            (MountKind::Volume, "private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave") => "a named volume",
            (MountKind::Bind, "nocopy") => "a bind mount, into which nothing is copied",
            _ => continue,
        };
        let message = format!("`{text}` has no effect on {kind}");
        let mut report = value::report_at(cx, option.place, mount.alias, message);
        report.help("Delete the option");
        // Compose warns, and nothing is amiss.
        if matches!(text, "z" | "Z") {
            report.level(Level::Info);
        }
    }
}

fn long(item: &Node<'_>, cx: &mut Context<'_>) {
    let Some(kind) = item.scalar_of("type") else { return };
    let Some(name) = kind.known().filter(|name| BLOCKS.contains(name)) else { return };
    for block in BLOCKS.into_iter().filter(|block| *block != name) {
        // An empty block says nothing.
        let Some(field) = item.field(block).filter(|field| !field.value.fields().is_empty()) else { continue };
        let message = format!("`{block}` has no effect on a mount of the type `{name}`");
        value::report_at(cx, field.key_place, field.alias.or(item.via()), message)
            .help(format!("Change the type to `{block}`, or delete the block"))
            .related_at(kind.place, "the type");
    }
}
