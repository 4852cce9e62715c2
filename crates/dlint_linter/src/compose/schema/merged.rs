//! What the schema of Compose refuses of what several files say together.
//!
//! Compose looks at a project after each file that it lays over the others: items that were different in their files may be equal in one
//! list, and what one file leaves out may be missing in all.

use std::borrow::Cow;

use super::fault::{Fault, FaultKind};
use super::validate::{Equal, Walk};
use super::{Mapping, Object, Shape, TOP};
use crate::compose::node::{Field, Node};
use crate::compose::place::Place;
use crate::text::shorten;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::yaml::Kind;

/// Checks the top level of a project. Each value that stands in one file is checked as it is written there.
pub(crate) fn validate_merged(root: &Node<'_>, faults: &mut Vec<Fault>) {
    Merged { faults, path: Vec::new() }.node(root, &TOP);
}

struct Merged<'f> {
    faults: &'f mut Vec<Fault>,
    path: Vec<Cow<'static, str>>,
}

impl Merged<'_> {
    fn node(&mut self, node: &Node<'_>, shape: &'static Shape) {
        if let Some(view) = node.view() {
            self.walk(node, |walk| walk.value(view, shape));
            return;
        }
        // What was an entry of a mapping is a text by now, whatever its value.
        if node.as_pair().is_some() || node.is_implied() {
            return;
        }
        match node.kind() {
            Kind::Mapping => match shape.mapping {
                Some(Mapping::Object(object)) => self.object(node, object),
                Some(Mapping::Free { names, value, .. }) => {
                    for field in node.fields().iter().filter(|field| names.allow(&field.name)) {
                        self.step(Cow::Owned(field.name.to_string()), &field.value, value);
                    }
                }
                None => self.wrong(node, shape, "a mapping"),
            },
            Kind::Sequence => {
                let items = node.items();
                let Some(list) = shape.list else { return self.wrong(node, shape, "a list") };
                for item in &items {
                    self.step(Cow::Borrowed("[]"), item, &list.item);
                }
                if list.unique {
                    self.unique(&items);
                }
            }
            Kind::Scalar | Kind::Unknown => {}
        }
    }

    /// Lets what is written in one file be checked there.
    fn walk(&mut self, node: &Node<'_>, check: impl FnOnce(&mut Walk<'_>)) {
        let path = std::mem::take(&mut self.path);
        let mut walk =
            Walk { layer: node.layer(), is_whole: true, is_sound: true, is_extended: false, faults: self.faults, path };
        check(&mut walk);
        self.path = walk.path;
    }

    fn step(&mut self, name: Cow<'static, str>, node: &Node<'_>, shape: &'static Shape) {
        self.path.push(name);
        self.node(node, shape);
        self.path.pop();
    }

    fn object(&mut self, node: &Node<'_>, object: &'static Object) {
        let fields = node.fields();
        for field in &fields {
            if let Some(key) = object.key(&field.name) {
                self.step(Cow::Borrowed(key.name), &field.value, &key.shape);
            } else if !object.is_free(&field.name) {
                self.walk(&field.key, |walk| walk.unknown(field.key_place.range, &field.name, object));
            }
        }
        // A name in a list says what a mapping says without being told.
        if self.path.len() > 1 && self.path[self.path.len() - 2] == "depends_on" {
            return;
        }
        let place = |fields: &[Field<'_>]| fields.first().map_or(node.place(), |field| field.key_place);
        for key in object.all_keys().filter(|key| key.required) {
            if !fields.iter().any(|field| field.name == key.name) {
                let owner = if object.name.is_empty() {
                    format!("`{}`", self.path.last().map_or("", AsRef::as_ref))
                } else {
                    object.name.to_owned()
                };
                let message = format!("{owner} needs the key `{}`", key.name);
                let fault = Fault::new(FaultKind::MissingKey, place(&fields), message);
                self.faults.push(Fault { needs_variables: object.is_read_late, ..fault });
            }
        }
    }

    /// Shown where the checked file says it, as far as it does.
    fn wrong(&mut self, node: &Node<'_>, shape: &'static Shape, found: &str) {
        let fields = node.fields().into_iter().map(|field| field.key_place);
        let mut parts = fields.chain(node.items().iter().map(Node::place)).collect::<Vec<_>>().into_iter();
        let place = parts.find(|place| place.in_checked().is_some()).unwrap_or(node.place());
        self.walk(node, |walk| walk.wrong_at(place, shape, found));
    }

    fn unique(&mut self, items: &[Node<'_>]) {
        let mut seen: Equal<Place> = Equal(HashMap::new());
        for item in items {
            let Some(text) = text(item) else { continue };
            let is_text = item.view().is_none_or(|view| view.as_str().is_some());
            if let Some(first) = seen.add(&text, is_text, item.place()) {
                let message = format!("`{}` stands in the list twice", shorten(&text));
                let fault = Fault::new(FaultKind::DuplicateItem, item.place(), message)
                    .related(first, "it is here already")
                    .help("Remove one of them");
                self.faults.push(fault);
            }
        }
    }
}

/// An item as Compose compares it.
fn text(item: &Node<'_>) -> Option<String> {
    let Some(field) = item.as_pair() else { return Some(item.scalar()?.known()?.to_owned()) };
    if field.value.is_null() {
        return Some(field.name.to_string());
    }
    Some(format!("{}={}", field.name, field.value.scalar()?.known()?))
}
