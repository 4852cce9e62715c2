//! Where the services, networks, volumes, secrets, configs and models of Compose files are defined and named, in all files that belong
//! together.
//!
//! Names are those of a project: of the files that are laid over each other or included. A file of which services are extended has names of
//! its own, unless it belongs to the project in another way.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_linter::check::Files;
use dlint_linter::compose::{Build, FileId, Place, Project, Service, Sources, normalize_path};
use dlint_linter::{Document, Language, NoFiles};
use dlint_syntax::TextRange;
use dlint_syntax::yaml::{View, Yaml};

use super::navigation::{Spot, What, stages};

/// An entry of a section of the top level.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Entry {
    /// The section.
    pub(super) section: &'static str,
    /// Its name.
    pub(super) name: String,
    /// The file that has names of its own; empty for the project of the document that was asked about.
    pub(super) scope: PathBuf,
}

/// The sections whose entries services name.
const SECTIONS: [&str; 6] = ["services", "networks", "volumes", "secrets", "configs", "models"];

/// How many folders upwards files are looked for that include or extend one, and how many of them.
const LEVELS: usize = 4;
const MOST_USERS: usize = 50;

/// What the project of a document defines and names.
pub(super) fn own(document: &Document, files: &dyn Files) -> Vec<Spot> {
    let mut finder = Finder { asked: document, files, found: Vec::new() };
    finder.project(document, None, Path::new(""));
    finder.found
}

/// What else has to do with an entry of the project: in files that include or extend the document, and in the file that the entry is of.
pub(super) fn of_others(document: &Document, files: &dyn Files, entry: &Entry) -> Vec<Spot> {
    let mut finder = Finder { asked: document, files, found: Vec::new() };
    if entry.scope.as_os_str().is_empty() {
        finder.users();
    } else if let Some(other) = files.document(&entry.scope, Language::Compose) {
        finder.project(&other, Some(&other), &entry.scope);
    }
    finder.found
}

struct Finder<'f> {
    asked: &'f Document,
    files: &'f dyn Files,
    found: Vec<Spot>,
}

impl Finder<'_> {
    fn add(&mut self, document: Option<&Arc<Document>>, range: TextRange, is_definition: bool, entry: Entry) {
        // The document that was asked about may be read on the way of another.
        let document = document.filter(|it| it.path() != self.asked.path()).cloned();
        self.found.push(Spot { document, range, is_definition, what: What::Entry(entry) });
    }

    /// Gathers a project by one of its files. `own` is that file, where it is not the one that was asked about, `scope` whose names it has.
    fn project(&mut self, document: &Document, own: Option<&Arc<Document>>, scope: &Path) {
        let sources = Sources::new(document);
        let Some(project) = Project::load(&sources, self.files) else { return };
        self.written(document, own, scope);
        let parts = parts(&project, self.files);
        for part in parts.iter().filter(|part| !part.is_extended) {
            self.written(&part.document, Some(&part.document), scope);
            self.named_alone(&part.document, Some(&part.document), scope);
        }
        if !parts.is_empty() {
            self.named_alone(document, own, scope);
        }
        let shared = |place: Place| sources.shared(place.file).or(own);
        for service in &project.services {
            for reference in service.references() {
                let entry = Entry { section: reference.section, name: reference.name.clone(), scope: scope.to_owned() };
                self.add(shared(reference.place), reference.place.range, false, entry);
            }
        }
        if own.is_none() {
            self.targets(&project, &sources);
        }
    }

    /// What a file says itself: what it defines, and what its services extend.
    fn written(&mut self, document: &Document, shared: Option<&Arc<Document>>, scope: &Path) {
        let folder = document.path().parent().unwrap_or(Path::new(""));
        for root in document.yaml().into_iter().flat_map(Yaml::roots) {
            for section in SECTIONS {
                for entry in root.get(section).into_iter().flat_map(View::own_entries) {
                    let name = entry.name().unwrap_or_default().to_owned();
                    self.add(shared, entry.key.range(), true, Entry { section, name, scope: scope.to_owned() });
                }
            }
            for service in root.get("services").into_iter().flat_map(View::own_entries) {
                let Some(extends) = service.value.get("extends") else { continue };
                let Some((named, scope)) = self.extended(extends, folder, scope) else { continue };
                let Some(name) = named.text().filter(|name| !name.contains('$')).map(str::to_owned) else { continue };
                self.add(shared, named.range(), false, Entry { section: "services", name, scope });
            }
        }
    }

    /// What the services of a file name in the file itself: of the project it may be no part, where another file says something else
    /// instead.
    fn named_alone(&mut self, document: &Document, shared: Option<&Arc<Document>>, scope: &Path) {
        let sources = Sources::new(document);
        let Some(alone) = Project::load(&sources, &NoFiles) else { return };
        for reference in alone.services.iter().flat_map(Service::references) {
            let range = reference.place.range;
            // What variables say depends on other files.
            let is_written =
                document.text().get(std::ops::Range::<usize>::from(range)).is_some_and(|it| !it.contains('$'));
            if is_written && reference.place.file == FileId::CHECKED {
                let (section, name) = (reference.section, reference.name.clone());
                self.add(shared, range, false, Entry { section, name, scope: scope.to_owned() });
            }
        }
    }

    /// What is extended: where its name is, and of which file it is.
    fn extended<'y>(&self, extends: View<'y>, folder: &Path, scope: &Path) -> Option<(View<'y>, PathBuf)> {
        let named = if extends.text().is_some() { extends } else { extends.get("service")? };
        let Some(file) = extends.get("file") else { return Some((named, scope.to_owned())) };
        let path = normalize_path(&folder.join(file.text()?));
        let is_asked = path == normalize_path(self.asked.path());
        Some((named, if is_asked { PathBuf::new() } else { path }))
    }

    /// The files that include the document, or extend its services.
    fn users(&mut self) {
        let asked = self.asked.path();
        let Some(name) = asked.file_name().and_then(|name| name.to_str()) else { return };
        let sources = Sources::new(self.asked);
        let project = Project::load(&sources, self.files);
        let known: Vec<&Path> = project.iter().flat_map(|it| it.sources.others()).map(Document::path).collect();
        let folders = asked.ancestors().skip(1).take(LEVELS);
        let all = folders.flat_map(|folder| self.files.compose_files(folder));
        let users: Vec<Arc<Document>> = all
            .filter(|path| path != asked && !known.contains(&path.as_path()))
            .filter_map(|path| self.files.document(&path, Language::Compose))
            .filter(|it| it.text().contains(name) || it.text().contains("include"))
            .take(MOST_USERS)
            .collect();
        for user in users {
            let sources = Sources::new(&user);
            let Some(project) = Project::load(&sources, self.files) else { continue };
            let parts = parts(&project, self.files);
            let Some(part) = parts.iter().find(|part| part.document.path() == asked) else { continue };
            if part.is_extended {
                // Its own names are others; but what it extends is ours.
                self.written(&user, Some(&user), user.path());
            } else {
                self.project(&user, Some(&user), Path::new(""));
            }
        }
    }

    /// The stages that services build.
    fn targets(&mut self, project: &Project<'_>, sources: &Sources<'_>) {
        let mut built = Vec::new();
        for build in project.services.iter().filter_map(|service| service.build()) {
            let Some(target) = &build.target else { continue };
            if let Some(dockerfile) = self.dockerfile(build)
                && let Some((_, model)) = dockerfile.dockerfile()
                && let Some(stage) = build.target_stage(model)
            {
                let what = What::Stage(dockerfile.path().display().to_string(), stage.index);
                let document = sources.shared(target.place.file).cloned();
                self.found.push(Spot { document, range: target.place.range, is_definition: false, what });
                built.push(dockerfile);
            }
        }
        built.sort_by(|a, b| a.path().cmp(b.path()));
        built.dedup_by(|a, b| a.path() == b.path());
        for dockerfile in &built {
            if let Some((file, model)) = dockerfile.dockerfile() {
                self.found.extend(stages(file, model, &dockerfile.path().display().to_string(), Some(dockerfile)));
            }
        }
    }

    fn dockerfile(&self, build: &Build) -> Option<Arc<Document>> {
        self.files.document(&build.dockerfile_path()?, Language::Dockerfile)
    }
}

/// A file of a project other than the one by which it is read.
struct Part {
    document: Arc<Document>,
    /// Whether it is there only because its services are extended.
    is_extended: bool,
}

/// The other files of a project.
fn parts(project: &Project<'_>, files: &dyn Files) -> Vec<Part> {
    let documents: Vec<Arc<Document>> =
        project.sources.others().filter_map(|it| files.document(it.path(), Language::Compose)).collect();
    let all = || std::iter::once(project.document).chain(documents.iter().map(|it| &**it));
    let extended: HashSet<PathBuf> = all().flat_map(extended_files).collect();
    if extended.is_empty() {
        return documents.into_iter().map(|document| Part { document, is_extended: false }).collect();
    }
    // A file that says something of the whole is a part of it.
    let mut parts: HashSet<PathBuf> = all().flat_map(included_files).collect();
    for section in SECTIONS {
        let fields = project.root.get(section).map(|it| it.fields()).unwrap_or_default();
        let places = fields.iter().map(|field| project.sources.document(field.key_place.file).path());
        parts.extend(places.map(normalize_path));
    }
    let is_extended = |path: &Path| {
        let path = normalize_path(path);
        extended.contains(&path) && !parts.contains(&path)
    };
    documents.into_iter().map(|document| Part { is_extended: is_extended(document.path()), document }).collect()
}

fn roots(document: &Document) -> impl Iterator<Item = View<'_>> {
    document.yaml().into_iter().flat_map(Yaml::roots)
}

fn beside(document: &Document, file: &str) -> PathBuf {
    normalize_path(&document.path().parent().unwrap_or(Path::new("")).join(file))
}

/// The files of which a document extends services.
fn extended_files(document: &Document) -> impl Iterator<Item = PathBuf> {
    let services = roots(document).filter_map(|root| root.get("services")).flat_map(View::own_entries);
    services.filter_map(|service| Some(beside(document, service.value.get("extends")?.get("file")?.text()?)))
}

/// The files that a document includes.
fn included_files(document: &Document) -> impl Iterator<Item = PathBuf> {
    let items = roots(document).filter_map(|root| root.get("include")).flat_map(View::items);
    let paths = items.flat_map(|item| {
        let path = item.get("path").unwrap_or(item);
        std::iter::once(path).chain(path.items()).filter_map(View::text).collect::<Vec<_>>()
    });
    paths.map(|path| beside(document, path))
}
