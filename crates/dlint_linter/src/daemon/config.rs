//! What a `daemon.json` says, with the place of every value.

use std::rc::Rc;

use dlint_syntax::TextRange;
use dlint_syntax::hash::HashMap;
use dlint_syntax::yaml::{Entry, View};

use super::key::{Key, Object, State, Type};
use super::value::{Json, name_of};
use super::{keys, read};
use crate::document::Document;

/// A `daemon.json`, read as the daemon reads it.
///
/// Invariant: everything in it comes from text that is JSON. What is not is as good as absent; there is an error for
/// it.
pub struct DaemonConfig<'a> {
    /// The document.
    pub document: &'a Document,
    /// The value of the file.
    pub root: View<'a>,
    /// The top-level entries, in file order, also those that a later one of the same name replaces.
    pub entries: Vec<Setting<'a>>,
    /// The values that have the type that they have to have, in file order: what a rule about values looks at.
    pub values: Vec<Known<'a>>,
    /// The keys that no version of the daemon knows at their place.
    pub unknown: Vec<Unknown<'a>>,
    /// The values that have the wrong type.
    pub mistyped: Vec<Mistyped<'a>>,
}

/// An entry of an object.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The key.
    pub name: &'a str,
    /// The key, with its quotes.
    pub key_range: TextRange,
    /// From the key to the end of the value.
    pub range: TextRange,
    /// The value.
    pub value: View<'a>,
}

/// A value of the type that its key wants.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    /// The path of names to the value, with dots: `builder.gc.enabled`, `log-opts.max-size`, `hosts`. Items of a list
    /// have the list's.
    pub path: Rc<str>,
    /// The key.
    pub key: &'static Key,
    /// The type that the value has.
    pub ty: &'static Type,
    /// The key, with its quotes: of the value, or of the list that it is in.
    pub key_range: TextRange,
    /// The value.
    pub value: View<'a>,
}

/// A key that is not known at its place.
#[derive(Debug, Clone)]
pub struct Unknown<'a> {
    /// The path of the object that it is in; empty for the top level.
    pub parent: Rc<str>,
    /// The object that it is in; none for the top level.
    pub object: Option<&'static Object>,
    /// The key and what it holds.
    pub setting: Setting<'a>,
    /// Whether the daemon refuses to start because of it. Otherwise it says nothing of it.
    pub is_refused: bool,
}

/// A value of the wrong type.
#[derive(Debug, Clone)]
pub struct Mistyped<'a> {
    /// The path of names to the value, as in [`Known::path`]; empty for the whole file.
    pub path: Rc<str>,
    /// The type that it has to have.
    pub expected: &'static Type,
    /// Whether it is an item of a list.
    pub is_item: bool,
    /// The value.
    pub value: View<'a>,
}

impl<'a> Setting<'a> {
    pub(super) fn new(entry: &Entry<'a>) -> Option<Self> {
        let name = name_of(entry)?;
        Some(Self { name, key_range: entry.key.range(), range: entry.range(), value: entry.value })
    }

    /// The value, as JSON.
    pub fn json(&self) -> Json<'a> {
        Json::of(self.value)
    }

    /// Where the value is written.
    pub fn value_range(&self) -> TextRange {
        self.value.range()
    }

    /// The value, if it is `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self.json() {
            Json::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The value, if it is a string that is not empty: an empty string is as good as an absent key.
    pub fn as_str(&self) -> Option<&'a str> {
        match self.json() {
            Json::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The strings of the value, if it is an array, with their places; empty ones too.
    pub fn strings(&self) -> impl Iterator<Item = (&'a str, TextRange)> + use<'a> {
        let items = if self.json() == Json::Array { Some(self.value.items()) } else { None };
        items.into_iter().flatten().filter_map(|item| match Json::of(item) {
            Json::String(text) => Some((text, item.range())),
            _ => None,
        })
    }

    /// The entries of the value, if it is an object, in file order.
    pub fn members(&self) -> Vec<Setting<'a>> {
        if self.json() == Json::Object { settings_of(self.value) } else { Vec::new() }
    }

    /// The entry of the value of that name, ignoring case as Go does, if it is an object; the last one if there are
    /// several.
    pub fn member(&self, name: &str) -> Option<Setting<'a>> {
        let members = self.members();
        members.into_iter().rev().find(|member| member.name.eq_ignore_ascii_case(name) && member.json() != Json::Null)
    }
}

/// The entries of an object whose keys are strings.
pub(super) fn settings_of(object: View<'_>) -> Vec<Setting<'_>> {
    object.own_entries().filter_map(|entry| Setting::new(&entry)).collect()
}

impl<'a> DaemonConfig<'a> {
    /// Reads a `daemon.json`; `None` if it has no value. `null` is the same as an empty object.
    pub fn new(document: &'a Document) -> Option<Self> {
        let root = document.yaml()?.root()?;
        let mut config =
            Self { document, root, entries: Vec::new(), values: Vec::new(), unknown: Vec::new(), mistyped: Vec::new() };
        read::read(&mut config);
        Some(config)
    }

    /// The entry of that name that counts, the last one, unless it is `null`.
    pub fn setting(&self, name: &str) -> Option<&Setting<'a>> {
        self.entries.iter().rev().find(|entry| entry.name == name).filter(|entry| entry.json() != Json::Null)
    }

    /// The entries of the object under that name. Where the name stands several times, the daemon puts the objects
    /// together.
    pub fn members(&self, name: &str) -> Vec<Setting<'a>> {
        let all: Vec<Setting<'a>> =
            self.entries.iter().filter(|entry| entry.name == name).flat_map(Setting::members).collect();
        let last: HashMap<&str, usize> = all.iter().enumerate().map(|(index, member)| (member.name, index)).collect();
        all.into_iter().enumerate().filter(|(index, member)| last[member.name] == *index).map(|(_, it)| it).collect()
    }

    /// The value of a key, if it is `true` or `false`.
    pub fn bool(&self, name: &str) -> Option<bool> {
        self.setting(name)?.as_bool()
    }

    /// The value of a key, if it is a string that is not empty.
    pub fn string(&self, name: &str) -> Option<&'a str> {
        self.setting(name)?.as_str()
    }

    /// The strings in the array of a key, with their places.
    pub fn strings(&self, name: &str) -> impl Iterator<Item = (&'a str, TextRange)> + use<'a> {
        self.setting(name).copied().into_iter().flat_map(|setting| setting.strings())
    }

    /// The value of a boolean key that counts: what is written, or its default.
    pub fn is_on(&self, name: &str) -> bool {
        let default = || keys::find(name).and_then(|key| key.default) == Some("true");
        self.bool(name).unwrap_or_else(default)
    }
}

/// What became of the top-level key of a name.
pub(super) enum Place {
    /// It is read, with this type.
    Read(&'static Key),
    /// It is no longer read, or never was.
    Retired,
    /// It is not known.
    Unknown,
}

pub(super) fn place(name: &str) -> Place {
    match keys::find(name) {
        Some(key) => Place::Read(key),
        None if keys::find_retired(name).is_some() || keys::flag_name(name).is_some() => Place::Retired,
        None => Place::Unknown,
    }
}

impl Key {
    /// Whether the daemon does anything with the key's value.
    pub fn is_read(&self) -> bool {
        matches!(self.state, State::Current | State::Deprecated { .. })
    }
}
