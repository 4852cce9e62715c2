//! `undefined-reference`: a name that nothing in the project defines.

use std::collections::{HashMap, HashSet};

use dlint_syntax::suggest::nearest;

use crate::compose::{Project, Reference, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-reference",
    summary: "A name that nothing in the project defines",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("undefined_reference.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    if project.is_incomplete || project.is_partial {
        return;
    }
    let mut names: HashMap<&str, HashSet<String>> = HashMap::new();
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        for reference in service.references() {
            let known = names.entry(reference.section).or_insert_with(|| known(project, reference.section));
            if !known.contains(&reference.name) {
                report(service, &reference, known, cx);
            }
        }
    }
}

fn known(project: &Project<'_>, section: &str) -> HashSet<String> {
    let mut known: HashSet<String> = project.names(section).into_iter().map(std::borrow::Cow::into_owned).collect();
    if section == "networks" {
        known.insert("default".to_owned());
    }
    known
}

fn report(service: &Service<'_>, reference: &Reference, known: &HashSet<String>, cx: &mut Context<'_>) {
    let Reference { section, name, place, .. } = reference;
    let what = section.strip_suffix('s').unwrap_or(section);
    let mut sorted: Vec<&str> = known.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let message = format!("service `{}` names the {what} `{name}`, which the project does not define", service.name);
    let mut report = cx.report_at(*place, message);
    report.help(match nearest(name, sorted) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if *section == "volumes" && name.contains('/') => {
            format!("A folder of the host has to begin with `./` or `/`: `./{name}`")
        }
        None => format!("Define it under `{section}`"),
    });
}
