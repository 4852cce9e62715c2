//! What a Compose file says, with the place of every value.
//!
//! [`Project`] is read as Compose reads it: files over each other, `include` and `extends` followed. It has the [`Service`]s, and a
//! service has an accessor for each key that a rule asks about. Nothing is read before it is asked for, and what has the wrong type is as
//! good as absent: that is said elsewhere, once.
//!
//! A value carries its [`Place`]: the file and the range that is at fault, and `alias`, the `*name` or `<<` by which it came to the
//! service, if it is not written there. Values that depend on a variable without default are
//! [`Unknown`](dlint_syntax::dockerfile::Value::Unknown).

mod build;
pub mod canonical;
mod command;
mod command_line;
mod context;
mod depends_on;
pub mod dotenv;
mod duration;
mod environment;
mod healthcheck;
mod host_path;
mod inline;
mod interpolate;
mod limits;
mod lists;
mod load;
mod loose;
mod merge;
mod node;
mod place;
mod port;
mod profiles;
mod references;
mod scalar;
pub mod schema;
mod sections;
mod service;
mod size;
#[cfg(test)]
mod testing;
mod unique;
mod variable;
mod volume;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use dlint_syntax::dockerfile::{Environment, Value};
use dlint_syntax::hash::HashMap;

pub use build::Build;
pub use command::{Command, CommandForm};
pub use command_line::{CommandLine, CommandLineError, split_command_line};
pub use depends_on::{Dependency, Extends};
pub use duration::parse_duration;
pub use environment::Pair;
pub use healthcheck::Healthcheck;
pub use host_path::{HostPath, HostPathWay, normalize_host_path};
pub use inline::Inline;
pub use interpolate::{Interpolation, InvalidFormat, NoEnvironment, Operator, VariableRef, interpolate};
pub use limits::{Bound, Limit, Resource};
pub use lists::{DoubledList, UniqueList, is_same_entry};
pub use load::{Problem, ProblemKind};
pub use loose::Unresolved;
pub(crate) use loose::{Loose, LooseKind};
pub(crate) use node::is_reset;
pub use node::{Field, Layer, Node};
pub use place::{FileId, Place, Sources};
pub use port::{Port, PortError, PortErrorKind, Protocol};
pub use references::Reference;
pub(crate) use references::{named_files, report_problems};
pub use scalar::Scalar;
pub use schema::{Fault, FaultKind};
pub(crate) use sections::SWARM_KEYS;
use service::Known;
pub use service::Service;
pub use size::parse_size;
pub use variable::WrittenVariable;
pub use volume::{Mount, MountError, MountErrorKind, MountKind};

use crate::check::Files;
use crate::document::Document;
pub use context::References;
pub use context::normalize as normalize_path;
use context::{Included, Part, Role};
pub(crate) use context::{included_paths, is_alone};
use dotenv::Variables;
use load::Loader;
use profiles::Profiles;
use sections::Sections;

/// Which of Compose's two ways an entry of a list is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// As one scalar.
    Short,
    /// As a mapping.
    Long,
}

/// What a command line may say of a project: the options of `docker compose`.
#[derive(Default)]
pub struct Invocation {
    /// The variables that the shell sets.
    pub shell: Variables,
    /// The files that are laid over the first (`-f`). Where there is one, Compose looks for none by itself.
    pub over: Vec<Arc<Document>>,
    /// The project's folder (`--project-directory`), where it is not that of the first file.
    pub directory: Option<PathBuf>,
    /// The files of variables (`--env-file`) that are read instead of the folder's `.env`.
    pub env_files: Vec<PathBuf>,
}

/// A project as Compose reads it, seen from the file that is checked.
#[allow(clippy::struct_excessive_bools, reason = "each says another thing of the project")]
pub struct Project<'a> {
    /// The document that is checked.
    pub document: &'a Document,
    /// All documents of the project.
    pub sources: &'a Sources<'a>,
    /// The top level of the project: of all files together.
    pub root: Node<'a>,
    /// The top level of each YAML document in the checked file, as it is written there.
    pub written: Vec<Node<'a>>,
    /// The services, those of the lowest file first.
    pub services: Vec<Service<'a>>,
    /// Whether the file is only a part of a project that cannot be told: laid over another file, extended by one, or a fragment
    /// without any image, build or provider.
    pub is_partial: bool,
    /// Whether a part of the project cannot be read (it is remote, outside, missing, or a variable decides), so that what is not found
    /// may be there.
    pub is_incomplete: bool,
    /// What went wrong while the files were put together, in all files.
    pub problems: Vec<Problem>,
    /// The project's folder, as the paths of documents are given.
    pub folder: PathBuf,
    /// Whether the file has the name of the lowest file of a project, so that what it lacks is missing although it looks like a part.
    is_base: bool,
    lowest: FileId,
    is_included: bool,
    profiles: Profiles,
    by_name: OnceCell<HashMap<String, usize>>,
    /// The top levels of the projects that it includes.
    included: Vec<Node<'a>>,
    faults: OnceCell<Vec<Fault>>,
    doubled: OnceCell<Vec<DoubledList<'a>>>,
    as_written: OnceCell<Vec<WrittenService<'a>>>,
    loose: OnceCell<Vec<Loose>>,
    sections: Rc<Sections<'a>>,
}

/// A service as the checked file has it.
pub struct WrittenService<'a> {
    /// Its entry in `services`.
    pub entry: Field<'a>,
    /// The entries in it.
    pub fields: Vec<Field<'a>>,
}

impl<'a> WrittenService<'a> {
    /// The entry with this key.
    pub fn field(&self, key: &str) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.name == key)
    }

    /// The value with this key.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.field(key).map(|field| &field.value)
    }
}

impl<'a> Project<'a> {
    /// Reads the project of the document that `sources` is for; `None` if no part of it is a mapping.
    pub fn load(sources: &'a Sources<'a>, files: &'a dyn Files) -> Option<Self> {
        Self::load_with(sources, files, &Invocation::default())
    }

    /// The same as a command line would have it.
    pub fn load_with(sources: &'a Sources<'a>, files: &'a dyn Files, invocation: &Invocation) -> Option<Self> {
        let document = sources.document(FileId::CHECKED);
        let Role { files: parts, is_fragment, includer, included } = if invocation.over.is_empty() {
            context::role(document, files)
        } else {
            let over = invocation.over.iter().cloned().map(Part::Other);
            let files = std::iter::once(Part::Checked).chain(over).collect();
            Role { files, is_fragment: false, includer: None, included: Included::default() }
        };
        let ids: Vec<FileId> = parts
            .into_iter()
            .map(|part| match part {
                Part::Checked => FileId::CHECKED,
                Part::Other(other) => sources.add(other, None, false),
            })
            .collect();
        let lowest = *ids.first()?;
        let folder_of = |document: &Document| document.path().parent().unwrap_or(Path::new("")).to_owned();
        let directory = invocation.directory.clone().or(included.directory);
        let folder = directory.unwrap_or_else(|| folder_of(sources.document(lowest)));
        let mut variables = invocation.shell.clone();
        if invocation.env_files.is_empty() {
            let outer = includer.as_ref().map(|document| folder_of(document).join(".env"));
            let own = included.env_files.unwrap_or_else(|| vec![folder.join(".env")]);
            for path in outer.into_iter().chain(own) {
                if let Some(text) = files.text(&path) {
                    variables.add_text(&text);
                }
            }
        } else {
            let texts: Vec<_> = invocation.env_files.iter().filter_map(|path| files.text(path)).collect();
            variables.add_texts(texts.iter().map(AsRef::as_ref), &invocation.shell);
        }
        if !variables.has("COMPOSE_PROJECT_NAME")
            && let Some(name) = name_of(sources, &ids, &variables)
        {
            variables.set("COMPOSE_PROJECT_NAME", Value::Known(name.into()));
        }
        let profiles = Profiles::of(&variables);
        let env: Rc<dyn Environment> = Rc::new(variables);
        let mut loader = Loader::new(sources, files);
        let root = loader.load(&ids, &env, &folder)?;
        let layer = Layer { file: FileId::CHECKED, env: Rc::clone(&env), folder: Rc::from(folder.as_path()) };
        let written: Vec<Node<'a>> =
            document.yaml()?.roots().map(|view| Node::written(view, layer.clone())).filter(Node::is_mapping).collect();
        if written.is_empty() {
            return None;
        }
        let own: Vec<Field<'a>> =
            written.iter().filter_map(|root| root.get("services")).flat_map(|it| it.fields()).collect();
        let merged = root.get("services").map(|services| services.fields()).unwrap_or_default();
        let says_what_runs =
            |field: &Field<'a>| ["image", "build", "provider"].iter().any(|key| field.value.mentions(key));
        let is_alone = ids.len() == 1 && lowest == FileId::CHECKED && includer.is_none();
        let is_base = !is_fragment && context::is_base(document.path());
        let is_partial = is_fragment || (is_alone && !merged.iter().any(says_what_runs));
        // Of several YAML documents the last that has a service says it.
        let own_bodies: HashMap<&str, &Node<'a>> = own.iter().map(|it| (it.name.as_ref(), &it.value)).collect();
        let sections = Rc::new(Sections::new(root.clone()));
        let services = merged.into_iter().map(|field| {
            let own = own_bodies.get(field.name.as_ref()).map(|&body| body.clone());
            Service {
                sources,
                home: Rc::clone(&field.key.layer().folder),
                name_place: field.key_place,
                alias: field.alias,
                body: field.value,
                name: field.name,
                own,
                folder: folder.clone(),
                is_in_fragment: is_partial,
                known: Known::default(),
                sections: Rc::clone(&sections),
            }
        });
        Some(Self {
            document,
            sources,
            written,
            services: services.collect(),
            root,
            is_partial,
            is_incomplete: loader.is_incomplete,
            problems: loader.problems,
            included: loader.included,
            folder,
            is_base,
            lowest,
            is_included: includer.is_some(),
            profiles,
            by_name: OnceCell::new(),
            faults: OnceCell::new(),
            doubled: OnceCell::new(),
            as_written: OnceCell::new(),
            loose: OnceCell::new(),
            sections,
        })
    }

    /// The services as they are written in the checked file.
    pub fn services_as_written(&self) -> &[WrittenService<'a>] {
        self.as_written.get_or_init(|| {
            let services = self.written.iter().filter_map(|root| root.get("services")).flat_map(|it| it.fields());
            services.map(|entry| WrittenService { fields: entry.value.fields(), entry }).collect()
        })
    }

    /// The lists of the checked file in which Compose keeps one of several entries.
    pub fn doubled_lists(&self) -> &[DoubledList<'a>] {
        self.doubled.get_or_init(|| DoubledList::all(self))
    }

    /// The service of that name.
    pub fn service(&self, name: &str) -> Option<&Service<'a>> {
        let index = || self.services.iter().enumerate().map(|(at, service)| (service.name.to_string(), at)).collect();
        self.by_name.get_or_init(index).get(name).map(|&at| &self.services[at])
    }

    /// The entry of a top-level section (`volumes`, `secrets`) with this name.
    pub fn top_level(&self, section: &str, name: &str) -> Option<Field<'a>> {
        self.sections.field(section, name)
    }

    /// Whether no file says anything that Compose takes for a project.
    pub fn is_empty(&self) -> bool {
        let says_nothing = |name: &str| matches!(name, "include" | "version");
        self.problems.is_empty()
            && !self.is_incomplete
            && self.root.fields().iter().all(|field| says_nothing(&field.name))
    }

    /// Whether the project begins in another file than the checked one: it is laid over that, or included by it.
    pub fn is_told_elsewhere(&self) -> bool {
        self.lowest != FileId::CHECKED
    }

    /// The document at which the project begins.
    pub(crate) fn lowest_document(&self) -> &'a Document {
        self.sources.document(self.lowest)
    }

    /// Whether the file has the name of the lowest file of a project, and nothing is known of files below it.
    pub(crate) fn is_base(&self) -> bool {
        self.is_base
    }

    /// Whether another file includes the checked one, so that what this refers to may be defined there.
    pub fn is_included(&self) -> bool {
        self.is_included
    }

    /// Whether a service is started where the command line names no profile; `None` where a variable decides.
    pub fn starts(&self, service: &Service<'_>) -> Option<bool> {
        self.profiles.start(service)
    }

    /// Whether the project is written for Swarm; see [`Service::is_for_swarm`].
    pub fn is_for_swarm(&self) -> bool {
        self.sections.is_for_swarm()
    }

    /// What Compose refuses of the checked file as it is written, and of what the project makes of it. Worked out when first asked for.
    pub fn faults(&self) -> &[Fault] {
        self.faults.get_or_init(|| schema::faults(self))
    }

    /// The entries of a top-level section, in order.
    pub fn entries(&self, section: &str) -> Vec<Field<'a>> {
        self.root.get(section).map(|it| it.fields()).unwrap_or_default()
    }
}

/// What the project is called, as far as its files say: the top-level `name`, in the form that Compose brings it into. The name of a
/// folder is the last resort of Compose, which depends on where the project lies.
pub fn project_name(project: &Project<'_>) -> Option<(String, Option<Place>)> {
    let name = project.root.scalar_of("name")?;
    Some((normalized_name(name.known()?), Some(name.place)))
}

/// Source: Compose file reference, "name".
pub(crate) fn normalized_name(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let kept: String = lower.chars().filter(|c| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_')).collect();
    kept.trim_start_matches(['-', '_']).to_owned()
}

/// The project's name as the last of its files says it, before they are read: it is itself a variable in them.
fn name_of(sources: &Sources<'_>, files: &[FileId], variables: &Variables) -> Option<String> {
    let name = |file: &FileId| {
        let root = sources.document(*file).yaml()?.roots().filter_map(|root| root.get("name")?.text()).last()?;
        match interpolate(root, variables).value() {
            Value::Known(name) => Some(normalized_name(&name)),
            Value::Unknown => None,
        }
    };
    files.iter().rev().find_map(name)
}

#[cfg(test)]
mod tests;
