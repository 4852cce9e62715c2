//! What Compose knows of keys: one table of facts for the rules, for hover and for completion.
//!
//! [`at`] finds what belongs at a path. The table follows the newest specification; what Docker Compose 2.40 does not know yet has
//! its version in [`Key::since`].
//!
//! Source: the Compose file reference, and the JSON schema of compose-go, for names, types and versions.

mod consistency;
mod fault;
mod format;
mod keys;
mod merged;
mod project;
mod report;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod validate;
mod when;

pub use fault::{Fault, FaultKind};
pub use shape::{Format, List, Mapping, Names, PULL_POLICIES, Scalar, Shape, Types};
pub use table::TOP;

use consistency::consistency;
pub(crate) use format::TextFault;
use keys::keys;
use merged::validate_merged;
pub(crate) use project::faults;
pub(crate) use report::report;
pub(crate) use shape::join;
pub(crate) use validate::described_unless_mapping;
use validate::validate;

/// Where the pages of the reference are.
pub const REFERENCE: &str = "https://docs.docker.com/reference/compose-file/";

/// A key of an object.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value may be.
    pub shape: Shape,
    /// Whether the object must have it.
    pub required: bool,
    /// What it is for, in one or two sentences of Markdown.
    pub description: &'static str,
    /// The version of Docker Compose that brought it; none for what has been there always, or where it is not known.
    pub since: Option<&'static str>,
    /// What to write instead of a key that should no longer be used.
    pub instead: Option<&'static str>,
    /// Its place in the reference, below [`REFERENCE`].
    page: &'static str,
}

impl Key {
    /// The address of its description in the reference.
    pub fn link(&self) -> String {
        format!("{REFERENCE}{}", self.page)
    }
}

/// A mapping whose keys have names that Compose knows.
#[derive(Debug)]
pub struct Object {
    /// What it is, with an article: "a service".
    pub name: &'static str,
    /// Its keys, in the order of their names.
    pub keys: &'static [Key],
    /// Another object whose keys it has too.
    pub base: Option<Base>,
    /// Whether keys that start with `x-` are for other programs.
    pub extensions: bool,
    /// Whether Compose takes no notice of a key that it does not know. It refuses the file otherwise.
    pub is_open: bool,
    /// Whether Compose misses its required keys only when it puts the project together.
    pub is_read_late: bool,
}

/// An object whose keys another one has too.
#[derive(Debug, Clone, Copy)]
pub struct Base {
    /// The object.
    pub object: fn() -> &'static Object,
    /// The keys that the other one does not have.
    pub without: &'static [&'static str],
}

impl Object {
    /// The key with this name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        if let Ok(index) = self.keys.binary_search_by(|key| key.name.cmp(name)) {
            return Some(&self.keys[index]);
        }
        let base = self.base?;
        if base.without.contains(&name) { None } else { (base.object)().key(name) }
    }

    /// Whether Compose takes a key of this name that it does not know.
    pub fn is_free(&self, name: &str) -> bool {
        self.is_open || self.extensions && name.starts_with("x-")
    }

    /// All keys: its own, then those of its base that it does not have itself.
    pub fn all_keys(&self) -> impl Iterator<Item = &'static Key> + Clone + use<> {
        let own = self.keys;
        let is_own = move |name: &str| own.binary_search_by(|key| key.name.cmp(name)).is_ok();
        let inherited = self.base.into_iter().flat_map(move |base| {
            let is_left = move |key: &&Key| !base.without.contains(&key.name) && !is_own(key.name);
            (base.object)().keys.iter().filter(is_left)
        });
        own.iter().chain(inherited)
    }
}

/// What belongs at a path.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The key that the path ends with; none at the top level, for an item of a list, and for a name that is free (of a service, of an
    /// environment variable).
    pub key: Option<&'static Key>,
    /// What may stand there.
    pub shape: &'static Shape,
}

impl Entry {
    /// The object, where a mapping with known keys may stand.
    pub fn object(&self) -> Option<&'static Object> {
        match self.shape.mapping {
            Some(Mapping::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// The values that a scalar may have, where they can be counted.
    pub fn values(&self) -> &'static [&'static str] {
        self.shape.scalar.map_or(&[], |scalar| scalar.values())
    }

    /// One step down: to a key, to any name where names are free, or with `[]` to the items of a list.
    fn step(&self, name: &str) -> Option<Self> {
        if name == "[]" {
            return self.shape.list.map(|list| Self { key: None, shape: &list.item });
        }
        match self.shape.mapping? {
            Mapping::Object(object) => object.key(name).map(|key| Self { key: Some(key), shape: &key.shape }),
            Mapping::Free { value, .. } => Some(Self { key: None, shape: value }),
        }
    }
}

/// What belongs at a path from the top level: `["services", "web", "ports", "[]", "target"]`, with `[]` for an item of a list. Nothing
/// if no such place is known.
pub fn at(path: &[&str]) -> Option<Entry> {
    path.iter().try_fold(Entry { key: None, shape: &TOP }, |entry, name| entry.step(name))
}
