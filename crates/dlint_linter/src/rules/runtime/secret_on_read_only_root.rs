//! `secret-on-read-only-root`: a secret or config that would have to be written into a read-only container.

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "secret-on-read-only-root",
    summary: "A secret or config without a file, for a service whose file system is read-only",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("secret_on_read_only_root.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(read_only) = service.scalar("read_only").filter(Scalar::is_true) else { return };
    if service.is_for_swarm() {
        return;
    }
    for (section, title, ways) in
        [("secrets", "secret", &["environment"][..]), ("configs", "config", &["environment", "content"])]
    {
        let Some(list) = service.field(section) else { continue };
        for item in list.value.items() {
            let Some(source) = item.scalar().or_else(|| item.scalar_of("source")) else { continue };
            let Some(declared) = source.known().and_then(|name| service.top_level(section, name)) else { continue };
            let Some(way) = ways.iter().find_map(|way| declared.value.field(way)) else { continue };
            let message = format!(
                "{title} `{}` comes from `{}` and cannot be written into a read-only container",
                declared.name, way.name
            );
            value::report_at(cx, source.place, source.alias.or(list.alias), message)
                .help("Take it from a `file`, which is mounted instead of written")
                .related_at(way.place, "declared here")
                .related_at(read_only.place, "read-only here");
        }
    }
}
