//! Reading a project as Compose does: files over each other, `include`, `extends`.
//!
//! Source: Compose file reference, "include", "extends", "Merge Compose files"; the order is that of compose-go's `loader`.

mod extends;
mod include;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Environment;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::yaml::Kind;

use super::context::normalize;
use super::merge::{Clash, Merger};
use super::node::{Layer, Node};
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
