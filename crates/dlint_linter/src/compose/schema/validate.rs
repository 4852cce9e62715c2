//! What the schema of Compose refuses in a file as it is written.

use std::borrow::Cow;

use dlint_syntax::dockerfile::Value;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::suggest::{is_alike, nearest};
use dlint_syntax::text::{CompactString, has_byte};
use dlint_syntax::yaml::{self, Kind, View};

use super::format::fault_of_text;
use super::when::{Refused, is_counted_at_end, is_read_anywhere, when};
use super::{Format, Mapping, Object, Scalar, Shape, TOP, join};
use crate::compose::interpolate::{InvalidFormat, evaluate_only, interpolate};
use crate::compose::node::{Layer, Node};
use crate::compose::place::Place;

/// A place that Compose refuses.
#[derive(Debug, Clone)]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// Where.
    pub place: Place,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What was most likely meant, to stand at the place instead.
    pub suggestion: Option<String>,
    /// Another place that belongs to it.
    pub related: Option<(Place, String)>,
    /// Whether Compose reads the project, and refuses to build it.
    pub is_late: bool,
    /// Whether Compose looks at it only where it knows the variables, or puts the whole project together.
    pub(crate) needs_variables: bool,
    /// When Compose comes to it.
    pub(crate) refused: Refused,
}

/// The kinds of [`Fault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A key that the object does not have, or a name that is none.
    UnknownKey,
    /// A value of another type than the key takes, or none.
    WrongType,
    /// A value of the right type that the key does not take.
    InvalidValue,
    /// A key that the object must have is not there.
    MissingKey,
    /// An item that stands in the list before.
    DuplicateItem,
    /// Keys that exclude each other.
    Conflict,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, place: Place, message: String) -> Self {
        Self {
            kind,
            place,
            message,
            help: None,
            suggestion: None,
            related: None,
            is_late: false,
            needs_variables: false,
            refused: Refused::SoFar,
        }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    pub(super) fn related(self, place: Place, message: &str) -> Self {
        Self { related: Some((place, message.to_owned())), ..self }
    }
}

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

    fn scalar(&mut self, view: View<'_>, shape: &'static Shape) {
        let Some(scalar) = view.scalar() else { return };
        let text = view.text().unwrap_or_default();
        if scalar == yaml::Scalar::Null {
            let is_wanted = self.is_whole
                || self.path == ["services"]
                || self.path == ["version"]
                || self.is_read_anywhere(FaultKind::WrongType, None);
            if !shape.null && is_wanted && !self.path.is_empty() {
                let message = format!("{} has no value", self.subject());
                let range = if view.range().is_empty() { self.key_before(view) } else { view.range() };
                self.fault(FaultKind::WrongType, range, message).help =
                    Some("Give it one, or leave the key out".to_owned());
            }
            return;
        }
        let Some(wanted) = shape.scalar else {
            return self.wrong(view, shape, scalar.described());
        };
        if !has_byte(text, b'$') {
            return self.literal(view, scalar, text, wanted, shape);
        }
        let result = evaluate_only(text, &*self.layer.env);
        self.unreadable(view, text, &result.errors);
        // What a variable gives is a text, whatever it looks like.
        if !wanted.types.contain(super::Types::STRING) {
            if result.errors.is_empty() {
                let message = format!("{} has to be {}, and is a string", self.subject(), shape.described());
                let has_variable = !interpolate(text, &*self.layer.env).references.is_empty();
                let fault = self.fault(FaultKind::WrongType, view.range(), message);
                fault.needs_variables = wanted.read_late.contain(super::Types::STRING);
                if has_variable {
                    fault.help = Some("Compose makes a string of a variable here, whatever its value".to_owned());
                }
            }
        } else if let Value::Known(known) = result.value() {
            self.text(view, &known, wanted);
        }
    }

    /// Checks the variables in a value that Compose itself does not look at: it replaces them there too.
    fn variables(&mut self, value: View<'_>) {
        let mut left = vec![value];
        while let Some(view) = left.pop() {
            // What an alias stands for is checked where it is written.
            if view.alias().is_some() || is_reset(view) {
                continue;
            }
            left.extend(view.items());
            left.extend(view.own_entries().map(|entry| entry.value));
            if let Some(text) = view.text().filter(|text| has_byte(text, b'$')) {
                let errors = evaluate_only(text, &*self.layer.env).errors;
                self.unreadable(view, text, &errors);
            }
        }
    }

    fn unreadable(&mut self, view: View<'_>, text: &str, errors: &[InvalidFormat]) {
        for error in errors {
            let range = inside(view, text, error.range.clone());
            let message = format!("Compose cannot read the variable `{}`", shorten(&text[error.range.clone()]));
            let fault = self.fault(FaultKind::InvalidValue, range, message);
            fault.help = Some(
                "Write `${NAME}`, with one of `:-`, `-`, `:?`, `?`, `:+` and `+` behind the name; `$$` is a dollar sign"
                    .to_owned(),
            );
            fault.refused = Refused::InFile;
        }
    }

    fn literal(&mut self, view: View<'_>, scalar: yaml::Scalar, text: &str, wanted: Scalar, shape: &'static Shape) {
        if !wanted.types.allow(scalar) {
            let message = format!("{} has to be {}, and is {}", self.subject(), shape.described(), scalar.described());
            let is_string = shape.scalar.is_some_and(|it| it.types.contain(super::Types::STRING));
            let refused = when(&self.path, wanted.format);
            let fault = self.fault(FaultKind::WrongType, view.range(), message);
            fault.needs_variables = wanted.read_late.allow(scalar);
            if refused == Refused::InProject && scalar == yaml::Scalar::Str {
                fault.refused = refused;
            }
            if is_string {
                fault.help = Some("Put it in quotes".to_owned());
                let fits = fault_of_text(text, wanted.format).is_none();
                fault.suggestion = fits.then(|| format!("\"{text}\""));
            }
            return;
        }
        let format = match wanted.format {
            Format::Percent => Format::Integer { min: 0, max: 100 },
            format => format,
        };
        match (scalar, format) {
            (yaml::Scalar::Int(number), Format::Integer { min, max })
                if !(i128::from(min)..=i128::from(max)).contains(&number) =>
            {
                let bounds = match (min, max) {
                    (min, i64::MAX) => format!("from {min} on"),
                    (min, max) => format!("from {min} to {max}"),
                };
                let message = format!("{} cannot be {number}", self.subject());
                let is_at_end = is_counted_at_end(&self.path);
                let fault = self.fault(FaultKind::InvalidValue, view.range(), message);
                fault.help = Some(format!("Write a number {bounds}"));
                if is_at_end {
                    fault.refused = Refused::InProject;
                }
            }
            (yaml::Scalar::Int(number), Format::PositiveSize) if number < 0 => {
                let message = format!("{} cannot be {number}", self.subject());
                self.fault(FaultKind::InvalidValue, view.range(), message);
            }
            (yaml::Scalar::Str, _) | (yaml::Scalar::Int(_), Format::Port | Format::Mount) => {
                self.text(view, text, wanted);
            }
            _ => {}
        }
    }

    fn text(&mut self, view: View<'_>, text: &str, wanted: Scalar) {
        let node = || Node::written(view, self.layer.clone());
        let found = match wanted.format {
            Format::Port => crate::compose::port::refused(&node()),
            Format::Mount => crate::compose::volume::refused(&node()),
            format => fault_of_text(text, format).map(|fault| (self.at(view.range()), fault)),
        };
        let Some((place, what)) = found else { return };
        let values = match wanted.format {
            Format::OneOf(values) | Format::OneOfOrEmpty(values) => values,
            _ => &[],
        };
        let subject = self.subject();
        let is_number = is_counted_at_end(&self.path) && text.parse::<i64>().is_ok();
        let refused = if is_number { Refused::InProject } else { when(&self.path, wanted.format) };
        let near = nearest(text, values.iter().copied());
        // These are read when they are known, unless a port is a number; and so is what a text is to come to.
        let is_late = matches!(wanted.format, Format::Port | Format::Device | Format::Pair | Format::OneOfOrEmpty(_))
            && view.as_str().is_some();
        let fault = self.fault(
            FaultKind::InvalidValue,
            place.range,
            format!("{subject} cannot be `{}`: {}", shorten(text), what.message),
        );
        fault.help = near.map(|near| format!("Did you mean `{near}`?")).or(what.help);
        fault.suggestion = near.map(str::to_owned);
        fault.needs_variables = is_late || refused != Refused::SoFar;
        if refused != Refused::SoFar {
            fault.refused = refused;
        }
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

    /// A text with its variables replaced, if they are known.
    fn known(&self, text: &str) -> Option<CompactString> {
        if !has_byte(text, b'$') {
            return Some(text.into());
        }
        match evaluate_only(text, &*self.layer.env).value() {
            Value::Known(value) => Some(value),
            Value::Unknown => None,
        }
    }

    /// The key that an empty value belongs to, or its own place.
    fn key_before(&self, view: View<'_>) -> dlint_syntax::TextRange {
        let text = view.yaml().text();
        let end = usize::from(view.range().start());
        let line_start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[line_start..end];
        let Some(name) = self.path.last().filter(|name| *name != "[]") else { return view.range() };
        match line.rfind(&**name) {
            Some(at) => dlint_syntax::text::range(line_start + at..line_start + at + name.len()),
            None => view.range(),
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

/// The place of a part of a scalar's text.
fn inside(view: View<'_>, text: &str, part: std::ops::Range<usize>) -> dlint_syntax::TextRange {
    let range = view.range();
    let written = &view.yaml().text()[range];
    match written.find(text).filter(|_| !text.is_empty()) {
        Some(at) => dlint_syntax::text::range(at + part.start..at + part.end) + range.start(),
        None => range,
    }
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
