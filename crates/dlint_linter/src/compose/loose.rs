//! References that lead nowhere: to what the project does not define, or to a service that is not started.
//!
//! Source: compose-go's `loader`, which checks what services refer to when those of other profiles are taken out of the project; the
//! whole project, and not each included file by itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_syntax::TextRange;
use dlint_syntax::hash::{HashMap, HashMapExt, HashSet};

use super::context::{self, normalize};
use super::place::Sources;
use super::references::{ADDITIONAL_CONTEXTS, Reference};
use super::{Project, Service};
use crate::check::Files;
use crate::document::Document;
use crate::language::Language;
use crate::rule::{Context, Report};

/// Why a reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LooseKind {
    /// Nothing of that name is defined.
    Undefined,
    /// The service is there, and is not started with the one that names it.
    Disabled,
}

/// A reference that leads nowhere.
pub(crate) struct Loose {
    pub(crate) kind: LooseKind,
    /// Who refers, by its place among the services of the project.
    service: usize,
    pub(crate) reference: Reference,
    /// Whether Compose refuses the project where its command line names no profile.
    pub(crate) is_refused: bool,
    /// Where the project begins that includes the checked file, and the line of it by which it does.
    included_by: Option<(Arc<Document>, TextRange)>,
}

impl Loose {
    /// Who refers. `project` is the one that gave it.
    pub(crate) fn service<'p, 'a>(&self, project: &'p Project<'a>) -> &'p Service<'a> {
        &project.services[self.service]
    }

    /// Reports it where it is written.
    pub(crate) fn report<'d>(&self, message: String, cx: &'d mut Context<'_>) -> Report<'d> {
        let place = self.reference.place;
        // What only an extended file says is not checked there: it is no project.
        let extended =
            cx.sources().extended(place.file).is_some_and(|document| context::is_fragment(document, cx.files));
        let mut report = if extended { cx.report_through(place, message) } else { cx.report_at(place, message) };
        if let Some((document, range)) = &self.included_by {
            report.aside_in(document, *range, "the project that includes this file");
        }
        report
    }
}

/// The references that lead nowhere in a project, by file and place, for the checks of the files that it includes.
#[derive(Debug, Default)]
pub struct Unresolved(HashMap<(PathBuf, TextRange), Found>);

#[derive(Debug, Clone, Copy)]
struct Found {
    kind: LooseKind,
    is_refused: bool,
    entry: Option<TextRange>,
}

impl Unresolved {
    /// Reads the project that begins at a path.
    pub fn read(files: &dyn Files, root: &Path) -> Self {
        let Some(document) = files.document(root, Language::Compose) else { return Self::default() };
        let sources = Sources::new(&document);
        let Some(project) = Project::load(&sources, files) else { return Self::default() };
        let found = project.loose().into_iter().map(|loose| {
            let place = loose.reference.place;
            let entry = sources.entry(place.file);
            let found = Found { kind: loose.kind, is_refused: loose.is_refused, entry };
            ((normalize(sources.document(place.file).path()), place.range), found)
        });
        Self(found.collect())
    }
}

impl Project<'_> {
    /// The references that lead nowhere, and that are to be told of in the checked file. Worked out once, with the files that are given first.
    pub(crate) fn loose_references(&self, files: &dyn Files) -> &[Loose] {
        self.loose.get_or_init(|| self.find_loose(files))
    }

    fn find_loose(&self, files: &dyn Files) -> Vec<Loose> {
        let mut found = self.loose();
        if found.is_empty() || !self.is_included() {
            return found;
        }
        // What is not in the file may be in a file that includes it, which tells of other files than this one.
        let roots = context::roots(self.document.path(), files);
        let is_told = roots.iter().any(|root| files.is_checked(root.path()));
        let all: Vec<Arc<Unresolved>> = roots.iter().map(|root| files.unresolved(root.path())).collect();
        found.retain_mut(|loose| {
            let place = loose.reference.place;
            if is_told && place.in_checked().is_none() {
                return false;
            }
            let key = (normalize(self.sources.document(place.file).path()), place.range);
            let stands: Option<Vec<Found>> = all.iter().map(|root| root.0.get(&key).copied()).collect();
            let Some((first, root)) = stands.and_then(|all| all.into_iter().next()).zip(roots.first()) else {
                return false;
            };
            (loose.kind, loose.is_refused) = (first.kind, first.is_refused);
            loose.included_by = first.entry.map(|entry| (Arc::clone(root), entry));
            true
        });
        found
    }

    fn loose(&self) -> Vec<Loose> {
        if self.is_incomplete || self.is_partial {
            return Vec::new();
        }
        let mut names: HashMap<&str, HashSet<String>> = HashMap::new();
        let mut found = Vec::new();
        for (index, service) in self.services.iter().enumerate() {
            let starts = self.starts(service);
            for reference in service.references() {
                let known = names.entry(reference.section).or_insert_with(|| self.known(reference.section));
                let mut add = |kind, reference: &Reference, is_refused| {
                    let reference = reference.clone();
                    found.push(Loose { kind, service: index, reference, is_refused, included_by: None });
                };
                if !known.contains(&reference.name) {
                    add(LooseKind::Undefined, reference, starts == Some(true));
                } else if reference.section == "services"
                    && reference.is_required
                    && let Some(other) = self.service(&reference.name)
                    && self.starts(other) == Some(false)
                    && (starts == Some(true) || (starts == Some(false) && !service.may_run_with(other)))
                {
                    add(LooseKind::Disabled, reference, starts == Some(true));
                }
            }
        }
        found
    }

    /// The names that a section defines.
    pub(crate) fn known(&self, section: &str) -> HashSet<String> {
        let mut known: HashSet<String> =
            self.entries(section).into_iter().map(|entry| entry.name.into_owned()).collect();
        if section == "networks" {
            known.insert("default".to_owned());
        }
        known
    }
}

impl Service<'_> {
    /// The services that this one waits for before it starts, and that may not wait for it in turn.
    pub(crate) fn needs(&self) -> impl Iterator<Item = &Reference> {
        self.references().iter().filter(|it| it.section == "services" && it.key != ADDITIONAL_CONTEXTS)
    }
}
