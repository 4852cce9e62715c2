//! `foreign-namespace`: a namespace of a container that Compose does not know of.


use dlint_syntax::hash::HashMap;
use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "foreign-namespace",
    summary: "A service is tied to a container that Compose does not know",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("foreign_namespace.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut names: Option<HashMap<String, String>> = None;
    for service in &project.services {
        for key in ["network_mode", "pid", "ipc"] {
            let Some(mode) = service.scalar(key) else { continue };
            let Some(container) = mode.known().and_then(|mode| mode.strip_prefix("container:")) else { continue };
            let names = names.get_or_insert_with(|| container_names(project));
            let why = "each time that one is made anew, this one loses it";
            match names.get(container) {
                Some(name) => value::report(cx, &mode, format!("Compose does not know that `{}` is the container of service `{name}`: {why}", shorten(container)))
                    .help(format!("Write `service:{name}`")),
                None => value::report(cx, &mode, format!("service `{}` is tied to the container `{}`, which is not of this project: {why}", service.name, shorten(container)))
                    .help("Put both into one project, and write `service:NAME`"),
            };
        }
    }
}

/// The services by the names that the project gives to their containers.
fn container_names(project: &Project<'_>) -> HashMap<String, String> {
    let name = |service: &Service<'_>| Some((service.scalar("container_name")?.known()?.to_owned(), service.name.to_string()));
    project.services.iter().filter_map(name).collect()
}
