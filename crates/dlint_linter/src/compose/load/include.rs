//! `include`.

use std::collections::BTreeSet;
use std::path::Path;
use std::rc::Rc;

use dlint_syntax::dockerfile::Environment;
use dlint_syntax::yaml::View;

use super::{Loader, MAX_DEPTH, MAX_INCLUSIONS, ProblemKind, is_same};
use crate::check::FileKind;
use crate::compose::context::included_paths;
use crate::compose::dotenv::Variables;
use crate::compose::node::Node;
use crate::compose::place::{FileId, Place};
use crate::compose::schema;

impl<'a> Loader<'a> {
    /// The file with what it includes below it.
    pub(super) fn apply_includes(&mut self, node: Node<'a>, included: &mut Vec<(FileId, Place)>) -> Node<'a> {
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
