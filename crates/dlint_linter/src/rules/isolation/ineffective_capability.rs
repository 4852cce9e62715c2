//! `ineffective-capability`: a capability that is given or taken without effect.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{DEFAULT_CAPABILITIES, capabilities, drops_all, is_privileged};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-capability",
    summary: "A capability that is given or taken without effect",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ineffective_capability.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for key in ["cap_add", "cap_drop"] {
        let Some(field) = service.field(key).filter(|field| is_privileged(service) && !field.value.items().is_empty()) else { continue };
        value::report_at(cx, field.key_place, field.alias, format!("`{key}` has no effect on a privileged container, which has every capability"))
            .help("Delete it, or better `privileged`")
            .level(if key == "cap_drop" { Level::Warning } else { Level::Info });
    }
    if is_privileged(service) || service.is_partial() || drops_all(service) != Some(false) {
        return;
    }
    let dropped = capabilities(service, "cap_drop");
    for (name, written) in capabilities(service, "cap_add") {
        if DEFAULT_CAPABILITIES.contains(&name.as_str()) && !dropped.iter().any(|(other, _)| *other == name) {
            value::report(cx, &written, format!("`{name}` changes nothing: Docker gives it to every container"))
                .help("Drop the others with `cap_drop: [ALL]`, or delete it");
        }
    }
}
