//! `ignored-secret-mode`: an owner or a mode of a secret that is not applied.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-secret-mode",
    summary: "An owner or a mode of a secret or config that Docker Compose does not apply",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ignored_secret_mode.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if service.is_for_swarm() {
        return;
    }
    for (section, title) in [("secrets", "secret"), ("configs", "config")] {
        let Some(list) = service.field(section) else { continue };
        for item in list.value.items() {
            let declared = item.scalar_of("source").and_then(|source| service.top_level(section, source.known()?));
            let Some(file) = declared.and_then(|declared| declared.value.field("file")) else { continue };
            let ignored: Vec<_> = ["uid", "gid", "mode"].iter().filter_map(|key| item.field(key)).collect();
            let Some(first) = ignored.first() else { continue };
            let names: Vec<&str> = ignored.iter().map(|field| field.name.as_ref()).collect();
            let verb = if names.len() == 1 { "is" } else { "are" };
            let message = format!(
                "{} {verb} ignored, because the {title} is a mounted file that keeps its own owner and mode",
                crate::text::list(&names, "and")
            );
            value::report_at(cx, first.place, item.via().or(list.alias), message)
                .help("Set them on the file itself (`chown`, `chmod`)")
                .related_at(file.place, "the file");
        }
    }
}
