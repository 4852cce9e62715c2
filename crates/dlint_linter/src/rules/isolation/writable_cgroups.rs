//! `writable-cgroups`: a container that may change its own limits.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{INTEGRITY, is_privileged, security_options};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "writable-cgroups",
    summary: "A container may change its own limits",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(INTEGRITY),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("writable_cgroups.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let options = security_options(service).unwrap_or_default();
    let Some(option) = options.iter().rfind(|it| it.name == "writable-cgroups") else { return };
    let is_on = option.argument.as_deref().is_none_or(|it| ["1", "t", "T", "TRUE", "true", "True"].contains(&it));
    if is_on && !is_privileged(service) {
        value::report(cx, &option.written, format!("service `{}` may change its control groups, and so the limits that it was given", service.name))
            .help("Delete the entry, unless the container starts others of its own");
    }
}
