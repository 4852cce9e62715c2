//! `unmasked-system-paths`: a container that sees what Docker hides of `/proc` and `/sys`.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{ESCAPE, is_privileged, security_options};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unmasked-system-paths",
    summary: "A container sees what Docker hides of `/proc` and `/sys`",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(ESCAPE),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unmasked_system_paths.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let options = security_options(service).unwrap_or_default();
    let is_told = is_privileged(service);
    if let Some(option) = options.iter().find(|it| it.name == "systempaths" && it.argument.as_deref() == Some("unconfined") && !is_told) {
        let message = format!("service `{}` sees and writes what Docker hides of `/proc` and `/sys`: the host's memory, keys and switches", service.name);
        value::report(cx, &option.written, message).help("Delete the entry: what needs those paths manages the host, not a container");
    }
}
