//! Every key of `daemon.json`: the one place where facts about keys are written.
//!
//! Rules, hover and completion all read these tables. Source: the flags and structures of `dockerd` (moby), tried out
//! with `dockerd --validate`, and Docker's reference of `dockerd`. The words are our own.

mod build;
mod containers;
mod engine;
mod images;
mod logs;
mod network;
mod retired;
#[cfg(test)]
mod tests;

use super::key::Key;

/// The keys by topic; those of a topic are in alphabetical order.
static TOPICS: [&[Key]; 6] = [build::KEYS, containers::KEYS, engine::KEYS, images::KEYS, logs::KEYS, network::KEYS];

/// The keys that today's `dockerd` reads, by topic, and in alphabetical order within one.
pub fn all() -> impl Iterator<Item = &'static Key> + Clone {
    TOPICS.iter().copied().flatten()
}

/// The key that is written so; names are case-sensitive.
pub fn find(name: &str) -> Option<&'static Key> {
    TOPICS.iter().find_map(|keys| keys.binary_search_by(|key| key.name.cmp(name)).ok().map(|index| &keys[index]))
}

/// A key that older versions read: what became of it is in its state.
pub fn find_retired(name: &str) -> Option<&'static Key> {
    retired::KEYS.iter().find(|key| key.name == name)
}

/// Keys that older versions read.
pub fn retired() -> &'static [Key] {
    retired::KEYS
}

/// The key at a path of names: `["builder", "gc", "enabled"]`. In maps and lists, the names and indices of the author's
/// choice are left out: `["runtimes", "path"]`.
pub fn at(path: &[&str]) -> Option<&'static Key> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(find(first)?, |key, name| key.children().iter().find(|child| child.name == *name))
}

/// A name that the daemon accepts, because it has a flag of that name, and then does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlagName {
    /// The name.
    pub name: &'static str,
    /// The path of the key that does what the flag does; none if no key does.
    pub key: Option<&'static str>,
}

/// The names that are flags of `dockerd` and not keys of the file. The daemon compares the file's keys with the names
/// of its flags, and then decodes them by other names.
pub fn flag_name(name: &str) -> Option<FlagName> {
    retired::FLAG_NAMES.iter().find(|(flag, _)| *flag == name).map(|(name, key)| FlagName { name, key: *key })
}

/// Whether `dockerd` takes a name for known where it compares the keys of the file with its flags. It looks one level
/// into objects, and there too.
pub(crate) fn is_accepted(name: &str) -> bool {
    find(name).is_some()
        || flag_name(name).is_some()
        || find_retired(name).is_some_and(|key| !matches!(key.state, super::key::State::Removed { .. }))
}
