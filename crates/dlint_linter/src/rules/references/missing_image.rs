//! `missing-image`: a service that says neither what it runs nor how it is built.

use std::path::Path;

use dlint_syntax::suggest::nearest;
use dlint_syntax::yaml::{ErrorKind, Yaml};

use crate::compose::{Project, Service, is_reset};
use crate::language::Language;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-image",
    summary: "A service that says neither what it runs nor how it is built",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_image.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    // In broken text, a key of a service may seem to be a service.
    let is_broken = cx.document.yaml().is_some_and(|yaml| yaml.errors().iter().any(|error| error.kind == ErrorKind::Syntax));
    let is_part = project.is_partial && (!project.is_base() || project.is_incomplete);
    if is_part || is_broken {
        return;
    }
    for service in project.services.iter().filter(|service| service.body.is_mapping()) {
        // What `!reset` takes away is mentioned, and is not there.
        let removed = service.body.removed();
        let says = |key| service.body.mentions(key) && !removed.contains(key);
        let is_empty = |key| service.string(key).is_some_and(|value| value.is(""));
        if (says("image") && !is_empty("image")) || says("build") || says("provider") || says("extends") {
            continue;
        }
        // Compose looks at a service only if its profile is switched on; one that never is serves others as a template.
        if project.starts(service) != Some(true) {
            continue;
        }
        if project.is_told_elsewhere() {
            // What a file below has of the service, that file's own check tells of.
            if service.own.is_some() && !project.is_incomplete && !is_defined_below(project, &service.name) {
                orphan(project, service, cx);
            }
        } else if !is_laid_over(&service.name, cx) {
            let mut report = cx.report_at(service.name_place, format!("service `{}` has neither an image nor a build", service.name));
            if project.is_partial {
                // Somebody may lay it over another file with `-f`.
                report.level(Level::Warning);
            }
            report.help("Add `image` or `build`");
        }
    }
}

/// A service that only the checked file has, which is laid over others.
fn orphan(project: &Project<'_>, service: &Service<'_>, cx: &mut Context<'_>) {
    let base = project.lowest_document();
    let name = &service.name;
    let others = project.services.iter().filter(|other| other.name != *name).map(|other| other.name.as_ref());
    let help = match nearest(name, others) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Add `image` or `build`".to_owned(),
    };
    let path = base.path().display();
    let message = format!("service `{name}` is laid over one that `{path}` does not have, and has neither an image nor a build");
    cx.report_at(service.name_place, message).help(help);
}

fn is_defined_below(project: &Project<'_>, name: &str) -> bool {
    project.sources.others().any(|document| {
        let mut roots = document.yaml().into_iter().flat_map(Yaml::roots);
        roots.any(|root| root.get("services").is_some_and(|services| services.get(name).is_some()))
    })
}

/// Whether a file beside this one defines the service, so that this one is meant to be laid over it.
fn is_laid_over(name: &str, cx: &Context<'_>) -> bool {
    let folder = cx.document.path().parent().unwrap_or(Path::new(""));
    let others = cx.files.compose_files(folder).into_iter().filter(|path| path != cx.document.path());
    others.filter_map(|path| cx.files.document(&path, Language::Compose)).any(|document| {
        let mut roots = document.yaml().into_iter().flat_map(Yaml::roots);
        roots.any(|root| {
            let service = root.get("services").and_then(|services| services.get(name));
            let says = |key| service.and_then(|service| service.get(key)).is_some_and(|value| !is_reset(value) && value.text() != Some(""));
            says("image") || says("build")
        })
    })
}
