//! `disabled-dependency`: a service needs one that is not started with it.

use crate::compose::{LooseKind, Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "disabled-dependency",
    summary: "A service that needs one of a profile that it does not belong to",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("disabled_dependency.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for loose in project.loose_references(cx.files).iter().filter(|it| it.kind == LooseKind::Disabled) {
        let (service, name) = (&loose.service(project).name, &loose.reference.name);
        let other = project.service(name);
        let profiles = other.and_then(Service::profile_names).unwrap_or_default();
        let profiles = match profiles.as_slice() {
            [] => "some profiles".to_owned(),
            [one] => format!("the profile `{one}`"),
            more => format!("the profiles `{}`", more.join("`, `")),
        };
        let message = if loose.is_refused {
            format!("service `{service}` is always started, and needs `{name}`, which is only started with {profiles}")
        } else {
            format!("service `{service}` needs `{name}`, which is only started with {profiles}, and shares no profile with it")
        };
        let mut report = loose.report(message, cx);
        if !loose.is_refused {
            report.level(Level::Warning);
        }
        report.help(if loose.reference.key == "depends_on" {
            "Give both the same profiles, or write `required: false` for the dependency"
        } else {
            "Give both the same profiles"
        });
        if let Some(other) = other {
            report.related_at(other.name_place, "the service that is needed");
        }
    }
}
