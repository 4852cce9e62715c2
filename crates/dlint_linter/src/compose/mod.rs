//! What a Compose file says, with the place of every value.
//!
//! [`Project`] has the [`Service`]s, and a service has an accessor for each key that a rule asks about. Nothing is read before it is
//! asked for, and what has the wrong type is as good as absent: that is said elsewhere, once.
//!
//! A value carries where it is written, in [`Service::document`]: `range` is the place that is at fault, and `alias` the `*name` or `<<` by
//! which it came to the service, if it is not written there. Values that depend on a variable without default are
//! [`Unknown`](dlint_syntax::dockerfile::Value::Unknown).

mod build;
mod command;
mod depends_on;
mod duration;
mod environment;
mod healthcheck;
mod host_path;
mod interpolate;
mod limits;
mod port;
mod scalar;
mod sections;
mod service;
mod size;
#[cfg(test)]
mod testing;
mod volume;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use dlint_syntax::dockerfile::Environment;
use dlint_syntax::yaml::{Entry, View};

pub use build::Build;
pub use command::{Command, CommandForm};
pub use depends_on::{Dependency, Extends};
pub use duration::parse_duration;
pub use environment::Pair;
pub use healthcheck::Healthcheck;
pub use host_path::{HostPath, HostPathWay, normalize_host_path};
pub use interpolate::{Interpolation, InvalidFormat, NoEnvironment, Operator, VariableRef, interpolate};
pub use limits::{Bound, Limit, Resource};
pub use port::{Port, PortError, PortErrorKind, Protocol};
pub use scalar::{Field, Reader, Scalar};
pub use service::Service;
pub use size::parse_size;
pub use volume::{Mount, MountError, MountErrorKind, MountKind};

use crate::document::Document;
use sections::Sections;

/// Which of Compose's two ways an entry of a list is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Syntax {
    /// As one scalar.
    Short,
    /// As a mapping.
    Long,
}

/// A Compose file as a whole.
pub struct Project<'a> {
    /// The document.
    pub document: &'a Document,
    /// The top-level mapping; of the first document if the file has several.
    pub root: View<'a>,
    /// The services, in file order. Two documents in a file may both have one of the same name.
    pub services: Vec<Service<'a>>,
    /// Whether the file is only a part of a project: an override, a fragment without any image or build, or a file
    /// that includes others.
    pub is_partial: bool,
}

impl<'a> Project<'a> {
    /// Reads a Compose document of whose variables nothing is known; `None` if no part of it is a mapping.
    pub fn new(document: &'a Document) -> Option<Self> {
        Self::with_environment(document, &NoEnvironment)
    }

    /// Reads a Compose document with these variables; `None` if no part of it is a mapping.
    pub fn with_environment(document: &'a Document, env: &'a dyn Environment) -> Option<Self> {
        let roots: Vec<View<'a>> = document.yaml()?.roots().filter(|root| root.is_mapping()).collect();
        let root = *roots.first()?;
        let reader = Reader::new(env);
        let entries: Vec<Entry<'a>> = roots
            .iter()
            .filter_map(|root| reader.field(*root, "services"))
            .flat_map(|services| services.value.entries())
            .filter(|entry| !scalar::is_reset(entry.value))
            .collect();
        let says_what_runs =
            |entry: &Entry<'a>| entry.value.get("image").or_else(|| entry.value.get("build")).is_some();
        let is_partial = is_override(document)
            || roots.iter().any(|root| root.entry("include").is_some())
            || !entries.iter().any(says_what_runs);
        let repeated = repeated_names(&entries);
        let sections = Rc::new(Sections::new(roots));
        let services = entries
            .iter()
            .filter_map(|entry| {
                let field = Field::new(entry);
                let name = entry.name()?;
                Some(Service {
                    document,
                    name,
                    name_range: field.key_range,
                    body: field.value,
                    alias: field.alias,
                    reader,
                    is_in_fragment: is_partial || repeated.contains(name),
                    partial: OnceCell::new(),
                    sections: Rc::clone(&sections),
                })
            })
            .collect();
        Some(Self { document, root, services, is_partial })
    }

    /// The service of that name; the last one if there are several.
    pub fn service(&self, name: &str) -> Option<&Service<'a>> {
        self.services.iter().rev().find(|service| service.name == name)
    }
}

/// Whether a file's name says that it is laid over another one.
fn is_override(document: &Document) -> bool {
    let name = document.path().file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    name.contains(".override.") || name.contains("-override")
}

fn repeated_names<'a>(entries: &[Entry<'a>]) -> HashSet<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut repeated = HashSet::new();
    for name in entries.iter().filter_map(Entry::name) {
        let count = counts.entry(name).or_default();
        *count += 1;
        if *count > 1 {
            repeated.insert(name);
        }
    }
    repeated
}

#[cfg(test)]
mod tests;
