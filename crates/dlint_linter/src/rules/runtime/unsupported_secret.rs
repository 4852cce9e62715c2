//! `unsupported-secret`: a secret or config that Docker Compose cannot provide.

use crate::compose::{Place, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unsupported-secret",
    summary: "A secret or config that only Swarm can provide",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unsupported_secret.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    if service.is_for_swarm() {
        return;
    }
    for (section, title) in [("secrets", "secret"), ("configs", "config")] {
        let Some(list) = service.field(section) else { continue };
        for item in list.value.items() {
            let Some(source) = item.scalar().or_else(|| item.scalar_of("source")) else { continue };
            let declared = source.known().and_then(|name| service.top_level(section, name));
            let Some((declared, (place, what))) = declared.and_then(|it| reason(&it.value).map(|reason| (it, reason)))
            else {
                continue;
            };
            let message = format!("{title} `{}` is {what}, which only Swarm has", declared.name);
            value::report_at(cx, source.place, source.alias.or(list.alias), message)
                .help("Docker Compose reads it from a `file` or from `environment`")
                .related_at(place, "declared here");
        }
    }
}

/// What Docker Compose refuses when it creates a container.
fn reason(declared: &crate::compose::Node<'_>) -> Option<(Place, &'static str)> {
    // A mapping is the old way to name one that exists.
    if let Some(external) = declared.field("external")
        && (external.value.is_mapping() || external.value.scalar().is_some_and(|value| value.is_true()))
    {
        return Some((external.place, "external"));
    }
    if let Some(driver) = declared.field("template_driver") {
        return Some((driver.place, "a template"));
    }
    let driver = declared.field("driver")?;
    // Without a file, it is refused when the file is read.
    declared.field("file").or_else(|| declared.field("environment")).map(|_| (driver.place, "from a driver"))
}
