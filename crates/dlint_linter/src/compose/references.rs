//! What services name: other services, networks, volumes and the like, each with where it is named.

use super::environment::Pair;
use super::load::ProblemKind;
use super::node::Node;
use super::place::Place;
use super::scalar::Scalar;
use super::volume::MountKind;
use super::{Project, Service};
use crate::rule::Context;

/// The key of [`Reference`]s that the service needs to be built, and not to be started.
pub(super) const ADDITIONAL_CONTEXTS: &str = "build.additional_contexts";

/// A name that a service gives for something that the project has to define.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The section of the top level that has to have it: `networks`, `services`.
    pub section: &'static str,
    /// The name.
    pub name: String,
    /// Where it is written.
    pub place: Place,
    /// The key that names it.
    pub key: &'static str,
    /// Whether the project cannot do without it if it is a service that is not started.
    pub is_required: bool,
}

impl Service<'_> {
    /// Everything that the service names and whose name is known.
    pub fn references(&self) -> &[Reference] {
        self.known.references.get_or_init(|| self.read_references())
    }

    fn read_references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        let mut add = |section, key, name: Option<&str>, place| {
            // A volume without a name is one that nobody names; of others an empty name is looked for.
            if let Some(name) = name.filter(|name| !name.is_empty() || section != "volumes") {
                found.push(Reference { section, key, name: name.to_owned(), place, is_required: true });
            }
        };
        for (key, section) in [("networks", "networks"), ("models", "models")] {
            let Some(field) = self.field(key) else { continue };
            for entry in field.value.fields() {
                add(section, key, Some(&entry.name), entry.key_place);
            }
            for item in field.value.items().iter().filter_map(Node::scalar) {
                add(section, key, item.known(), item.place);
            }
        }
        for mount in self.mounts().iter().filter(|mount| mount.kind == MountKind::Volume) {
            if let Some(source) = &mount.source {
                add("volumes", "volumes", source.known(), source.place);
            }
        }
        let build = self.field("build").map(|field| field.value);
        let granted = [
            ("secrets", "secrets", self.field("secrets").map(|field| field.value)),
            ("configs", "configs", self.field("configs").map(|field| field.value)),
            ("secrets", "build.secrets", build.as_ref().and_then(|build| build.get("secrets"))),
        ];
        for (section, key, list) in granted {
            for item in list.map(|list| list.items()).unwrap_or_default() {
                if let Some(source) = item.scalar().or_else(|| item.scalar_of("source")) {
                    add(section, key, source.known(), source.place);
                }
            }
        }
        for (name, place, _) in self.implied_dependencies() {
            add("services", "a namespace, link or volume of another service", Some(&name), place);
        }
        for context in
            build.and_then(|build| build.get("additional_contexts")).map(|it| Pair::read_all(&it)).unwrap_or_default()
        {
            let Some(value) = context.value else { continue };
            let name = value.known().and_then(|text| text.strip_prefix("service:"));
            add("services", ADDITIONAL_CONTEXTS, name, value.place);
        }
        for dependency in self.depends_on() {
            let Some(name) = dependency.service.known() else { continue };
            let is_required = dependency.required.is_none_or(|it| it.boolean() == Some(true));
            let place = dependency.service.place;
            found.push(Reference { section: "services", key: "depends_on", name: name.to_owned(), place, is_required });
        }
        found
    }
}

/// Reports what went wrong of a kind while the project was put together.
pub(crate) fn report_problems(project: &Project<'_>, kind: ProblemKind, cx: &mut Context<'_>) {
    for problem in project.problems.iter().filter(|problem| problem.kind == kind) {
        let mut report = cx.report_at(problem.place, problem.message.as_str());
        if let Some(help) = &problem.help {
            report.help(help.as_str());
        }
        for (place, message) in &problem.related {
            report.related_at(*place, message.as_str());
        }
    }
}

/// A scalar that names a file, with the place that it is looked for from.
pub(crate) struct NamedFile {
    pub(crate) name: Scalar,
    pub(crate) path: std::path::PathBuf,
    /// The key that names it.
    pub(crate) key: &'static str,
}

/// The files that a project names beside its Compose files, and that have to be there: variables, labels, secrets, configs.
pub(crate) fn named_files(project: &Project<'_>) -> Vec<NamedFile> {
    let mut found = Vec::new();
    let mut add = |node: &Node<'_>, key| {
        let Some(name) = node.scalar() else { return };
        let Some(text) =
            name.known().filter(|text| !text.is_empty() && !text.starts_with('~') && !text.contains("://"))
        else {
            return;
        };
        found.push(NamedFile { path: node.join(text), name, key });
    };
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        for (key, list) in [("env_file", service.field("env_file")), ("label_file", service.field("label_file"))] {
            let Some(value) = list.map(|field| field.value) else { continue };
            for item in if value.is_sequence() { value.items() } else { vec![value] } {
                let is_optional = item.scalar_of("required").is_some_and(|it| it.boolean() == Some(false));
                if !is_optional {
                    add(&item.get("path").unwrap_or(item), key);
                }
            }
        }
    }
    for section in ["secrets", "configs"] {
        for entry in project.root.get(section).map(|it| it.fields()).unwrap_or_default() {
            if let Some(file) = entry.value.get("file") {
                add(&file, if section == "secrets" { "a secret" } else { "a config" });
            }
        }
    }
    found
}
