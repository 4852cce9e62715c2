//! Reading a project as Compose does: files over each other, `include`, `extends`.
//!
//! Source: Compose file reference, "include", "extends", "Merge Compose files"; the order is that of compose-go's `loader`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Environment;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::yaml::{Kind, View};

use super::context::{included_paths, normalize};
use super::dotenv::Variables;
use super::merge::{Clash, Merger};
use super::node::{Field, Layer, Node};
use super::place::{FileId, Place, Sources};
use super::scalar::Scalar;
use super::schema;
use crate::check::{FileKind, Files};
use crate::language::Language;
use crate::remote::is_remote;

/// How many files a project may have, and how deep `include` and `extends` may be nested. Real projects stay below a hundred and
/// below ten.
const MAX_FILES: usize = 1000;
const MAX_DEPTH: usize = 50;

/// How often files may be included in all: those that include each other crosswise lead to one another in more ways than can be walked.
const MAX_INCLUSIONS: usize = 500;

/// What went wrong while the files of a project were put together.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Where it is written.
    pub place: Place,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<(Place, String)>,
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// Files include each other in a circle, or services extend each other.
    Cycle,
    /// A file that `include`, `extends` or `env_file` names is not there, or is none.
    MissingFile,
    /// A file outside of the project, which is not read.
    OutsideProject,
    /// `extends` names no service, or one that is not there.
    UndefinedService,
    /// A list is laid over a mapping, or the like.
    Clash,
    /// A file that is included has no content.
    Empty,
    /// A file that is included is a list, or a single value.
    NoMapping,
    /// Something that an included file defines is defined again.
    Redefinition,
    /// There are more files, levels or entries than dlint follows.
    Limit,
}

/// What a project is read with.
pub(super) struct Loader<'a> {
    sources: &'a Sources<'a>,
    files: &'a dyn Files,
    merger: Merger<'a>,
    pub(super) problems: Vec<Problem>,
    /// Whether a part of the project cannot be read, so that what is not found may be there.
    pub(super) is_incomplete: bool,
    /// Where in the checked document the reader is that follows an `include` or `extends` out of it.
    entry: Option<TextRange>,
    extended: HashMap<(FileId, PathBuf, String), Node<'a>>,
    /// How often a file was included.
    inclusions: usize,
    /// What each included project says.
    pub(super) included: Vec<Node<'a>>,
}

/// The services of a file, by name.
struct Named<'a>(BTreeMap<String, Field<'a>>);

impl<'a> Named<'a> {
    fn new(fields: &[Field<'a>]) -> Self {
        Self(fields.iter().map(|field| (field.name.to_string(), field.clone())).collect())
    }
}

/// A service in the chain of those that extend each other.
struct Link {
    file: FileId,
    name: String,
    place: Place,
}

impl<'a> Loader<'a> {
    pub(super) fn new(sources: &'a Sources<'a>, files: &'a dyn Files) -> Self {
        Self {
            sources,
            files,
            merger: Merger::default(),
            problems: Vec::new(),
            is_incomplete: false,
            entry: None,
            extended: HashMap::new(),
            inclusions: 0,
            included: Vec::new(),
        }
    }

    /// The project that files make, the later over the earlier; none if nothing of them can be read.
    pub(super) fn load(&mut self, files: &[FileId], env: &Rc<dyn Environment>, folder: &Path) -> Option<Node<'a>> {
        let node = self.stack(files, env, folder, &mut Vec::new());
        for clash in std::mem::take(&mut self.merger.clashes) {
            self.tell_clash(&clash);
        }
        if self.merger.is_exhausted() {
            let place = node.as_ref().map_or(Place::checked(TextRange::default()), Node::place);
            self.limit(place, "this project is larger than dlint follows: not all that is merged into it was read");
        }
        node
    }

    fn stack(
        &mut self,
        files: &[FileId],
        env: &Rc<dyn Environment>,
        folder: &Path,
        included: &mut Vec<(FileId, Place)>,
    ) -> Option<Node<'a>> {
        let folder: Rc<Path> = Rc::from(folder);
        let mut result: Option<Node<'a>> = None;
        for &file in files {
            let layer = Layer { file, env: Rc::clone(env), folder: Rc::clone(&folder) };
            for root in self.sources.document(file).yaml()?.roots() {
                let node = Node::written(root, layer.clone());
                if !node.is_mapping() {
                    continue;
                }
                let node = self.apply_includes(node, included);
                let node = self.apply_extends(node);
                result = Some(match result {
                    Some(base) => self.merger.merge(&base, &node, &[]),
                    None => node,
                });
            }
        }
        result
    }

    fn tell_clash(&mut self, clash: &Clash<'_>) {
        let Clash { path, base, over } = clash;
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        let is_right = |node: &Node<'_>| {
            let Some(entry) = schema::at(&keys) else { return true };
            match node.kind() {
                Kind::Mapping => entry.shape.mapping.is_some(),
                Kind::Sequence => entry.shape.list.is_some(),
                Kind::Scalar => entry.shape.scalar.is_some() || node.is_null(),
                Kind::Unknown => true,
            }
        };
        // A value of the wrong type is told of as that.
        if !is_right(over) || (base.place().file == FileId::CHECKED && !is_right(base)) {
            return;
        }
        let what = |node: &Node<'_>| match node {
            it if it.is_mapping() => "a mapping",
            it if it.is_sequence() => "a list",
            it if it.is_null() => "nothing",
            _ => "a single value",
        };
        let path = path.join(".");
        let message = if what(over) == what(base) {
            let wanted = if over.is_sequence() { "a mapping" } else { "a list" };
            format!("`{path}` is {} here, and only {wanted} can be laid over what is there", what(over))
        } else {
            format!("`{path}` is {} here, which cannot be laid over {}", what(over), what(base))
        };
        self.problems.push(Problem {
            kind: ProblemKind::Clash,
            place: over.place(),
            message,
            help: Some("Write both in the same form".to_owned()),
            related: vec![(base.place(), "what it is laid over".to_owned())],
        });
    }

    fn limit(&mut self, place: Place, message: &str) {
        self.is_incomplete = true;
        if !self.problems.iter().any(|problem| problem.kind == ProblemKind::Limit) {
            let message = message.to_owned();
            let problem = Problem { kind: ProblemKind::Limit, place, message, help: None, related: Vec::new() };
            self.problems.push(problem);
        }
    }

    fn problem(&mut self, kind: ProblemKind, place: Place, message: String) -> &mut Problem {
        self.problems.push(Problem { kind, place, message, help: None, related: Vec::new() });
        self.problems.last_mut().expect("just pushed")
    }

    /// Follows a reference out of a document: everything that is read meanwhile came in there.
    fn enter<T>(&mut self, place: Place, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.entry;
        self.entry = outer.or_else(|| place.in_checked());
        let result = read(self);
        self.entry = outer;
        result
    }

    /// The file that a scalar names; none if it cannot be read, of which is told.
    fn open(&mut self, name: &Scalar, folder: &Path, what: &str) -> Option<FileId> {
        let Some(text) = name.known() else {
            self.is_incomplete = true;
            return None;
        };
        if is_remote(text) || text.starts_with('~') {
            self.is_incomplete = true;
            return None;
        }
        let path = folder.join(text);
        if self.sources.count() >= MAX_FILES {
            self.limit(name.place, "this project has more files than dlint follows");
            return None;
        }
        if normalize(&path) == normalize(self.sources.document(FileId::CHECKED).path()) {
            return Some(FileId::CHECKED);
        }
        if let Some(document) = self.files.document(&path, Language::Compose) {
            return Some(self.sources.add(document, self.entry, what == "is extended"));
        }
        self.is_incomplete = true;
        match self.files.kind(&path) {
            FileKind::Missing => {
                let message = format!("the file `{text}` that {what} is not there");
                self.problem(ProblemKind::MissingFile, name.place, message);
            }
            FileKind::Folder | FileKind::Other => {
                let message = format!("`{text}` is not a file");
                self.problem(ProblemKind::MissingFile, name.place, message).help =
                    Some("Name the Compose file itself".to_owned());
            }
            FileKind::Outside => {
                let message = format!("`{text}` lies outside of the project, so it is not read");
                self.problem(ProblemKind::OutsideProject, name.place, message);
            }
            FileKind::File | FileKind::Unknown => {}
        }
        None
    }

    // `include`

    /// The file with what it includes below it.
    fn apply_includes(&mut self, node: Node<'a>, included: &mut Vec<(FileId, Place)>) -> Node<'a> {
        let Some(list) = node.get("include").filter(Node::is_sequence) else { return node };
        let mut below: Option<Node<'a>> = None;
        for item in list.items() {
            let Some(project) = self.enter(item.place(), |loader| loader.include(&item, included)) else { continue };
            let imported = imported(&project);
            below = Some(match below {
                Some(before) => {
                    self.tell_redefinitions(&before, &imported, &item);
                    self.import(&before, &imported)
                }
                None => imported,
            });
        }
        let Some(below) = below else { return node };
        self.tell_redefinitions(&below, &node, &node);
        self.import(&below, &node)
    }

    fn import(&mut self, below: &Node<'a>, over: &Node<'a>) -> Node<'a> {
        self.merger.is_inclusion = true;
        let merged = self.merger.merge(below, over, &[]);
        self.merger.is_inclusion = false;
        merged
    }

    fn include(&mut self, item: &Node<'a>, included: &mut Vec<(FileId, Place)>) -> Option<Node<'a>> {
        let folder = item.folder().to_owned();
        let paths = included_paths(item);
        let mut files = Vec::new();
        for path in &paths {
            files.push(self.open(path, &folder, "is included")?);
        }
        let (&main, first) = (files.first()?, paths.first()?);
        let own = (item.place().file, item.place());
        if main == own.0 || included.iter().any(|(file, _)| *file == main) {
            let mut related: Vec<(Place, String)> =
                included.iter().map(|(_, place)| (*place, "is included here".to_owned())).collect();
            related.retain(|(place, _)| *place != first.place);
            // Each file of the circle tells it where it goes on.
            let from = included.iter().position(|(file, _)| *file == main).unwrap_or(included.len());
            let is_in = own.0 == FileId::CHECKED || included[from..].iter().any(|(file, _)| *file == FileId::CHECKED);
            let place = self.entry.filter(|_| is_in).map_or(first.place, Place::checked);
            related.retain(|(other, _)| *other != place);
            if place != first.place {
                related.push((first.place, "comes back here".to_owned()));
            }
            if !self.problems.iter().any(|it| it.kind == ProblemKind::Cycle && it.place == place) {
                let message = "these files include each other in a circle".to_owned();
                self.problem(ProblemKind::Cycle, place, message).related = related;
            }
            return None;
        }
        if included.len() >= MAX_DEPTH {
            self.limit(first.place, "files are included deeper than dlint follows");
            return None;
        }
        if self.inclusions >= MAX_INCLUSIONS {
            self.limit(first.place, "files are included more often than dlint follows");
            return None;
        }
        self.inclusions += 1;
        let name = first.known()?;
        let project = match item.scalar_of("project_directory") {
            Some(directory) => folder.join(directory.known()?),
            None => folder.join(name).parent().unwrap_or(Path::new("")).to_owned(),
        };
        let env = self.environment_of(item, &folder, &project);
        included.push(own);
        let node = self.stack(&files, &env, &project, included);
        included.pop();
        self.included.extend(node.clone());
        self.tell_what_is_no_mapping(&files, first.place, name);
        node
    }

    /// Compose wants a mapping in each document of an included file. Such a file tells it itself if it is checked.
    fn tell_what_is_no_mapping(&mut self, files: &[FileId], place: Place, name: &str) {
        for &file in files {
            let document = self.sources.document(file);
            let Some(yaml) = document.yaml().filter(|yaml| yaml.errors().is_empty()) else { continue };
            if self.files.is_checked(document.path()) {
                continue;
            }
            for root in yaml.roots() {
                if root.is_null() {
                    let message = match yaml.documents().len() {
                        1 => format!("the file `{name}` that is included is empty"),
                        _ => format!("a document of the file `{name}` that is included is empty"),
                    };
                    self.problem(ProblemKind::Empty, place, message);
                } else if let Some(found) = schema::described_unless_mapping(root) {
                    let first = root.items().next().map_or(root.range(), View::range);
                    let message = format!("the file `{name}` that is included has to be a mapping, and is {found}");
                    let problem = self.problem(ProblemKind::NoMapping, place, message);
                    problem.related.push((Place { file, range: first }, "it is written here".to_owned()));
                }
            }
        }
    }

    /// The variables of an included file: those of the file that includes it, and its own where those have none.
    fn environment_of(&mut self, item: &Node<'a>, folder: &Path, project: &Path) -> Rc<dyn Environment> {
        let outer = Rc::clone(&item.layer().env);
        let mut texts = Vec::new();
        match item.get("env_file") {
            Some(list) => {
                for file in list.one_or_many() {
                    let Some(name) = file.known().filter(|name| *name != "/dev/null") else { continue };
                    let path = folder.join(name);
                    match self.files.text(&path) {
                        Some(text) => texts.push(text),
                        None => match self.files.kind(&path) {
                            FileKind::Missing => {
                                let message = format!("the file `{name}` of variables is not there");
                                self.problem(ProblemKind::MissingFile, file.place, message);
                            }
                            FileKind::Folder => {
                                let message = format!("`{name}` is not a file of variables, but a folder");
                                self.problem(ProblemKind::MissingFile, file.place, message);
                            }
                            _ => {}
                        },
                    }
                }
            }
            None => texts.extend(self.files.text(&project.join(".env"))),
        }
        let mut own = Variables::default();
        own.add_texts(texts.iter().map(AsRef::as_ref), &*outer);
        Rc::new(Nested { outer, own })
    }

    /// Older versions of Compose refuse what is defined in two files, unless both say the same.
    fn tell_redefinitions(&mut self, below: &Node<'a>, over: &Node<'a>, at: &Node<'a>) {
        for section in ["services", "networks", "volumes", "secrets", "configs"] {
            let (Some(lower), Some(upper)) = (below.get(section), over.get(section)) else { continue };
            for field in upper.fields() {
                let Some(other) = lower.field(&field.name) else { continue };
                if is_same(&other.value, &field.value) {
                    continue;
                }
                let place = if field.key_place.file == at.place().file { field.key_place } else { at.place() };
                let message = format!("`{}` of `{section}` is defined again, over an included file", field.name);
                let problem = self.problem(ProblemKind::Redefinition, place, message);
                problem.help =
                    Some("Compose before 5.3 refuses this; give it another name, or use `extends`".to_owned());
                problem.related.push((other.key_place, "it is defined here".to_owned()));
            }
        }
    }

    // `extends`

    /// The file with what its services extend below them.
    fn apply_extends(&mut self, node: Node<'a>) -> Node<'a> {
        let Some(section) = node.field("services") else { return node };
        let services = section.value.clone();
        let fields = services.fields();
        if !fields.iter().any(|field| field.value.mentions("extends")) {
            return node;
        }
        let by_name = Named::new(&fields);
        let extended = fields.iter().map(|field| {
            let value = self.extend(&by_name, field, &mut Vec::new());
            field.with_value(value)
        });
        let extended = Node::mapping(&services, extended.collect(), services.removed());
        let all = node
            .fields()
            .into_iter()
            .map(|field| if field.name == "services" { field.with_value(extended.clone()) } else { field });
        let all = all.collect();
        Node::mapping(&node, all, node.removed())
    }

    /// A service over what it extends. What cannot be followed stays in it as `extends`.
    fn extend(&mut self, services: &Named<'a>, field: &Field<'a>, chain: &mut Vec<Link>) -> Node<'a> {
        let service = &field.value;
        let Some(extends) = service.field("extends") else { return service.clone() };
        let (file, folder) = (field.key_place.file, extends.value.folder().to_owned());
        let memo = (file, folder.clone(), field.name.to_string());
        if let Some(done) = self.extended.get(&memo) {
            return done.clone();
        }
        let Some(reference) = extends.value.scalar().or_else(|| extends.value.scalar_of("service")) else {
            let message = format!("`extends` of service `{}` names no service", field.name);
            self.problem(ProblemKind::UndefinedService, extends.key_place, message).help =
                Some("Add `service: NAME`".to_owned());
            return service.clone();
        };
        if let Some(at) = chain.iter().position(|link| link.file == file && link.name == field.name) {
            let mut related: Vec<(Place, String)> =
                chain[at..].iter().map(|link| (link.place, format!("`{}` extends another here", link.name))).collect();
            let message = "these services extend each other in a circle".to_owned();
            let mut places = std::iter::once(reference.place).chain(chain[at..].iter().map(|link| link.place));
            let place = places.find(|place| place.in_checked().is_some()).unwrap_or(reference.place);
            related.retain(|(other, _)| *other != place);
            self.problem(ProblemKind::Cycle, place, message).related = related;
            return service.clone();
        }
        if chain.len() >= MAX_DEPTH {
            self.limit(reference.place, "services extend each other deeper than dlint follows");
            return service.clone();
        }
        chain.push(Link { file, name: field.name.to_string(), place: reference.place });
        let base = self.base(services, &extends, &reference, &folder, chain);
        chain.pop();
        let Some(base) = base else { return service.clone() };
        self.merger.is_extension = true;
        let merged = self.merger.merge(&base, service, &["services", &field.name]);
        self.merger.is_extension = false;
        // What could not be followed below cannot be known here either.
        let is_resolved = !base.mentions("extends");
        let fields = merged.fields().into_iter().filter(|field| !is_resolved || field.name != "extends").collect();
        let merged = Node::mapping(&merged, fields, merged.removed());
        self.extended.insert(memo, merged.clone());
        merged
    }

    /// The service that is extended.
    fn base(
        &mut self,
        services: &Named<'a>,
        extends: &Field<'a>,
        reference: &Scalar,
        folder: &Path,
        chain: &mut Vec<Link>,
    ) -> Option<Node<'a>> {
        let file = extends.value.scalar_of("file");
        let Some(name) = reference.known().map(str::to_owned) else {
            self.is_incomplete = true;
            return None;
        };
        let Some(file) = file else {
            let Some(field) = services.0.get(&name) else {
                self.undefined(reference, &name, services, "this file");
                return None;
            };
            return Some(self.extend(services, field, chain));
        };
        let shown = file.known().unwrap_or_default().to_owned();
        self.enter(file.place, |loader| {
            let id = loader.open(&file, folder, "is extended")?;
            let folder = folder.join(&shown).parent().unwrap_or(Path::new("")).to_owned();
            let layer = Layer { file: id, env: Rc::clone(&extends.value.layer().env), folder: Rc::from(folder) };
            let mut others: Option<Node<'a>> = None;
            for root in loader.sources.document(id).yaml()?.roots() {
                let node = Node::written(root, layer.clone());
                if let Some(section) = node.get("services") {
                    others = Some(match others {
                        Some(before) => loader.merger.merge(&before, &section, &["services"]),
                        None => section,
                    });
                }
            }
            let Some(others) = others.map(|services| Named::new(&services.fields())) else {
                let message = format!("`{shown}` has no services, so `{name}` cannot be extended");
                loader.problem(ProblemKind::UndefinedService, reference.place, message);
                return None;
            };
            let Some(field) = others.0.get(&name) else {
                loader.undefined(reference, &name, &others, &format!("`{shown}`"));
                return None;
            };
            Some(loader.extend(&others, field, chain))
        })
    }

    fn undefined(&mut self, reference: &Scalar, name: &str, services: &Named<'a>, place: &str) {
        let near = dlint_syntax::suggest::nearest(name, services.0.keys().map(String::as_str)).map(str::to_owned);
        let message = format!("service `{name}`, which is extended here, is not in {place}");
        let problem = self.problem(ProblemKind::UndefinedService, reference.place, message);
        problem.help = near.map(|near| format!("Did you mean `{near}`?"));
    }
}

/// What a project gets from one that it includes: nothing of its name, and none of its `x-` fields.
fn imported<'a>(included: &Node<'a>) -> Node<'a> {
    let is_imported =
        |name: &str| matches!(name, "services" | "networks" | "volumes" | "secrets" | "configs" | "models" | "jobs");
    let fields = included.fields().into_iter().filter(|field| is_imported(&field.name)).collect();
    Node::mapping(included, fields, BTreeSet::new())
}

/// The variables of a file over those of the file that it is included by, which come first.
struct Nested {
    outer: Rc<dyn Environment>,
    own: Variables,
}

impl Environment for Nested {
    fn get(&self, name: &str) -> dlint_syntax::dockerfile::Lookup {
        use dlint_syntax::dockerfile::Lookup;
        match self.outer.get(name) {
            Lookup::Set(text) => Lookup::Set(text),
            // The shell may still set it, but then nobody would write it into the file.
            Lookup::Unset => match self.own.get(name) {
                Lookup::Unknown if !self.own.has(name) => Lookup::Unset,
                found => found,
            },
            Lookup::Unknown => self.own.get(name),
        }
    }
}

/// Whether two values say the same, wherever they are written.
pub(super) fn is_same(one: &Node<'_>, other: &Node<'_>) -> bool {
    if one.place() == other.place() {
        return true;
    }
    if one.is_mapping() && other.is_mapping() {
        let (left, right) = (one.fields(), other.fields());
        let names: BTreeSet<_> = left.iter().map(|field| &field.name).collect();
        return names.len() == right.len()
            && right.iter().all(|field| one.get(&field.name).is_some_and(|value| is_same(&value, &field.value)));
    }
    if one.is_sequence() && other.is_sequence() {
        let (left, right) = (one.items(), other.items());
        return left.len() == right.len() && left.iter().zip(&right).all(|(left, right)| is_same(left, right));
    }
    one.scalar().map(|it| it.value) == other.scalar().map(|it| it.value)
}
