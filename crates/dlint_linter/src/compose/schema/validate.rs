//! What the schema of Compose refuses in a file as it is written.

mod scalar;

use std::borrow::Cow;

use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::suggest::{is_alike, nearest};
use dlint_syntax::yaml::{self, Kind, View};

use super::fault::{Fault, FaultKind};
use super::when::{Refused, is_read_anywhere};
use super::{Mapping, Object, Shape, TOP, join};
use crate::compose::node::{Layer, Node};
use crate::compose::place::Place;

/// Checks the top level of a YAML document. `is_whole`: nothing that is missing in it can stand in another file.
pub(crate) fn validate(root: &Node<'_>, is_whole: bool, faults: &mut Vec<Fault>) {
    let Some(view) = root.view() else { return };
    let is_sound = view.yaml().errors().is_empty();
    let layer = root.layer();
    Walk { layer, is_whole, is_sound, is_extended: false, faults, path: Vec::new() }.value(view, &TOP);
}

/// Checks the top level of a YAML document of which a service is extended, for what Compose refuses of the others too.
pub(super) fn validate_extended(root: &Node<'_>, faults: &mut Vec<Fault>) {
    let Some(view) = root.view() else { return };
    let mut found = Vec::new();
    let is_sound = view.yaml().errors().is_empty();
    let layer = root.layer();
    let mut walk = Walk { layer, is_whole: false, is_sound, is_extended: true, faults: &mut found, path: Vec::new() };
    walk.value(view, &TOP);
    faults.extend(found.into_iter().filter(|fault| matches!(fault.refused, Refused::InFile | Refused::InForm)));
}

pub(super) struct Walk<'w> {
    pub(super) layer: &'w Layer,
    pub(super) is_whole: bool,
    /// Whether all of the file could be read.
    pub(super) is_sound: bool,
    /// Whether a service of the file is extended, and the file is no part of the project.
    pub(super) is_extended: bool,
    pub(super) faults: &'w mut Vec<Fault>,
    pub(super) path: Vec<Cow<'static, str>>,
}

impl Walk<'_> {
    fn at(&self, range: dlint_syntax::TextRange) -> Place {
        Place { file: self.layer.file, range }
    }

    fn fault(&mut self, kind: FaultKind, range: dlint_syntax::TextRange, message: String) -> &mut Fault {
        let place = self.at(range);
        let mut fault = Fault::new(kind, place, message);
        if self.is_read_anywhere(kind, None) {
            fault.refused = Refused::InForm;
        }
        self.faults.push(fault);
        self.faults.last_mut().expect("just pushed")
    }

    fn is_read_anywhere(&self, kind: FaultKind, key: Option<&str>) -> bool {
        self.is_extended && is_read_anywhere(kind, &self.path, key)
    }

    /// The place in words, from the last key whose name Compose knows: "`deploy.replicas`".
    fn subject(&self) -> String {
        match self.path.split_last() {
            None => "a Compose file".to_owned(),
            Some((last, before)) if last == "[]" => {
                format!("an item of `{}`", before.last().map_or("", AsRef::as_ref))
            }
            Some((last, _)) => format!("`{last}`"),
        }
    }

    pub(super) fn value(&mut self, view: View<'_>, shape: &'static Shape) {
        let view = view.resolve();
        if is_reset(view) {
            return;
        }
        match view.kind() {
            Kind::Unknown => {}
            Kind::Mapping => match shape.mapping {
                Some(Mapping::Object(object)) => self.object(view, object),
                Some(Mapping::Free { names, value, is_loose }) => {
                    for entry in view.entries() {
                        let Some(name) = key_name(&entry) else { continue };
                        if names.allow(name) {
                            self.step(Cow::Owned(name.to_owned()), entry.value, value);
                        } else if is_loose {
                            self.path.push(Cow::Owned(name.to_owned()));
                            self.form(entry.value, value);
                            self.path.pop();
                        } else {
                            let message = format!("`{name}` cannot be a name in {}", self.subject());
                            self.fault(FaultKind::UnknownKey, entry.key.range(), message).help =
                                Some("Use letters, digits, `.`, `_` and `-`".to_owned());
                        }
                    }
                }
                None => self.wrong(view, shape, "a mapping"),
            },
            Kind::Sequence => {
                let Some(list) = shape.list else { return self.wrong(view, shape, "a list") };
                for item in view.items() {
                    self.step(Cow::Borrowed("[]"), item, &list.item);
                }
                if list.unique {
                    self.unique(view);
                }
            }
            Kind::Scalar => self.scalar(view, shape),
        }
    }

    /// Checks only whether a value is of a form that Compose can read: all that it looks at where a name is not what its schema knows.
    fn form(&mut self, view: View<'_>, shape: &'static Shape) {
        let view = view.resolve();
        match (view.kind(), view.scalar()) {
            _ if is_reset(view) => {}
            (Kind::Mapping, _) if shape.mapping.is_none() => self.wrong(view, shape, "a mapping"),
            (Kind::Sequence, _) if shape.list.is_none() => self.wrong(view, shape, "a list"),
            (Kind::Scalar, Some(scalar))
                if scalar != yaml::Scalar::Null && shape.scalar.is_none_or(|it| !it.types.allow(scalar)) =>
            {
                self.wrong(view, shape, scalar.described());
            }
            _ => {}
        }
    }

    fn step(&mut self, name: Cow<'static, str>, view: View<'_>, shape: &'static Shape) {
        self.path.push(name);
        let is_whole = self.is_whole;
        // What a service does not say, the one that it extends may say.
        self.is_whole &= !(self.path.len() == 2 && self.path[0] == "services" && view.entry("extends").is_some());
        self.value(view, shape);
        self.is_whole = is_whole;
        self.path.pop();
    }

    fn object(&mut self, view: View<'_>, object: &'static Object) {
        for entry in view.entries() {
            let Some(name) = key_name(&entry) else { continue };
            if let Some(key) = object.key(name) {
                self.step(Cow::Borrowed(key.name), entry.value, &key.shape);
            } else if object.is_free(name) {
                self.variables(entry.value);
            } else if !is_reset(entry.value) {
                self.unknown(entry.key.range(), name, object);
                let is_service = entry.value.get("image").or_else(|| entry.value.get("build")).is_some();
                if let Some(fault) = self.faults.last_mut().filter(|_| is_service && self.path.is_empty()) {
                    fault.help.get_or_insert_with(|| "A service stands under `services`, indented".to_owned());
                }
            }
        }
        if !self.is_whole && !self.is_extended {
            return;
        }
        for key in object.all_keys().filter(|key| key.required) {
            if !self.is_whole && !self.is_read_anywhere(FaultKind::MissingKey, Some(key.name)) {
                continue;
            }
            if view.entry_where(key.name, &|entry| !is_reset(entry.value)).is_none() {
                let owner = if object.name.is_empty() { self.subject() } else { object.name.to_owned() };
                let message = format!("{owner} needs the key `{}`", key.name);
                let range = view.entries().next().map_or(view.range(), |entry| entry.key.range());
                let is_extended = self.is_extended;
                let fault = self.fault(FaultKind::MissingKey, range, message);
                fault.needs_variables = object.is_read_late;
                if is_extended {
                    fault.refused = Refused::InForm;
                }
            }
        }
    }

    pub(super) fn unknown(&mut self, range: dlint_syntax::TextRange, name: &str, object: &'static Object) {
        let owner = if object.name.is_empty() { self.subject() } else { object.name.to_owned() };
        let near = similar(name, object.all_keys().map(|key| key.name));
        let elsewhere = near.is_none().then(|| misplaced(name, &self.path)).flatten();
        let fault = self.fault(FaultKind::UnknownKey, range, format!("{owner} has no key `{}`", shorten(name)));
        fault.help = near.map(|near| format!("Did you mean `{near}`?")).or(elsewhere);
        fault.suggestion = near.map(str::to_owned);
    }

    fn wrong(&mut self, view: View<'_>, shape: &'static Shape, found: &str) {
        let range = view.range();
        // A collection over many lines is shown by its beginning.
        let first =
            view.entries().next().map(|entry| entry.key.range()).or_else(|| view.items().next().map(View::range));
        let place = self.at(first.unwrap_or(range));
        self.wrong_at(place, shape, found);
    }

    pub(super) fn wrong_at(&mut self, place: Place, shape: &'static Shape, found: &str) {
        if !self.is_sound && self.path.len() == 2 && self.path[0] == "services" {
            // Where the line above is broken, a key of a service looks like a service.
            return;
        }
        let message = format!("{} has to be {}, and is {found}", self.subject(), shape.described());
        let mut fault = Fault::new(FaultKind::WrongType, place, message);
        let help = match (found, shape.list.is_some(), shape.mapping.is_some()) {
            ("a list", _, true) => Some("Write `key: value` without a `-`"),
            ("a mapping", true, _) => Some("Begin each item with a `-`"),
            ("a mapping" | "a list", ..) => None,
            (_, true, false) => Some("Put a `-` and a blank before it"),
            _ => None,
        };
        fault.help = help.map(str::to_owned);
        if self.is_read_anywhere(FaultKind::WrongType, None) {
            fault.refused = Refused::InForm;
        }
        self.faults.push(fault);
    }

    fn unique(&mut self, view: View<'_>) {
        let mut seen: Equal<View<'_>> = Equal(HashMap::new());
        for item in view.items().filter(|item| !is_reset(*item)) {
            let Some(value) = item.text().and_then(|text| self.known(text)) else { continue };
            if let Some(first) = seen.add(&value, item.as_str().is_some(), item) {
                let related = (self.at(first.resolve().range()), "it is here already".to_owned());
                let message = format!("`{}` stands in the list twice", shorten(&value));
                let fault = self.fault(FaultKind::DuplicateItem, item.resolve().range(), message);
                fault.related = Some(related);
                fault.help = Some("Remove one of them".to_owned());
            }
        }
    }
}

/// The items of a list so far.
pub(super) struct Equal<T>(pub(super) HashMap<String, Vec<(bool, T)>>);

impl<T: Copy> Equal<T> {
    /// The first item that equals this one for Compose: to it the text "1" is the number 1 that comes after it, and not the one before.
    pub(super) fn add(&mut self, value: &str, is_text: bool, item: T) -> Option<T> {
        if let Some(same) = self.0.get_mut(value) {
            let first = same.iter().find(|(other, _)| *other || !is_text).map(|(_, first)| *first);
            if first.is_none() {
                same.push((is_text, item));
            }
            return first;
        }
        self.0.insert(value.to_owned(), vec![(is_text, item)]);
        None
    }
}

/// What the top of a document is, if it is no mapping and says something.
pub(crate) fn described_unless_mapping(root: View<'_>) -> Option<&'static str> {
    match root.kind() {
        Kind::Sequence => Some("a list"),
        Kind::Scalar if !root.is_null() => Some(root.scalar().map_or("a text", yaml::Scalar::described)),
        Kind::Scalar | Kind::Mapping | Kind::Unknown => None,
    }
}

/// The name of an entry; one that is no string is refused elsewhere.
fn key_name<'y>(entry: &yaml::Entry<'y>) -> Option<&'y str> {
    entry.name().filter(|_| super::keys::described(entry.key).is_none())
}

fn is_reset(view: View<'_>) -> bool {
    view.tag().is_some_and(|(tag, _)| tag == "!reset")
}

/// The known name that is written alike: in other letters, with other hyphens, or with a slip of the pen.
fn similar(name: &str, known: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
    if name.len() > 64 {
        return None;
    }
    known.clone().find(|known| is_alike(known, name)).or_else(|| nearest(name, known))
}

/// Where a key belongs that stands at another level.
fn misplaced(name: &str, path: &[Cow<'static, str>]) -> Option<String> {
    let has = |path: &[&str]| {
        super::at(path).and_then(|entry| entry.object()).is_some_and(|object| object.key(name).is_some())
    };
    let words: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    let service = ["services", "x"];
    if words.len() != 2 && words.first() == Some(&"services") && has(&service) {
        return Some(format!("`{name}` is a key of the service itself"));
    }
    if !words.is_empty() && has(&[]) {
        return Some(format!("`{name}` is a key of the top level"));
    }
    let inner = ["deploy", "build", "healthcheck", "logging"];
    if words.first() == Some(&"services") {
        let owner = inner.into_iter().find(|owner| has(&["services", "x", owner]))?;
        return Some(format!("`{name}` is a key of `{owner}`"));
    }
    if words.is_empty() && has(&service) {
        return Some(format!("`{name}` is a key of a service"));
    }
    None
}

fn shorten(text: &str) -> String {
    crate::text::shorten(text)
}

/// The names of values: "`a`, `b` or `c`".
pub(super) fn listed(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
    join(&quoted.iter().map(String::as_str).collect::<Vec<_>>(), "or")
}
