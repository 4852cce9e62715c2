//! The project in the one form that Compose brings it into: long syntax everywhere, paths from the project's folder, sizes in bytes.
//!
//! It is what `docker compose config` prints, with the place of every value beside it. What a variable decides is given as it is
//! written.
//!
//! Source: `docker compose config` of Docker Compose 2.40; Compose file reference.

mod service;
mod values;

use dlint_syntax::dockerfile::Value as Resolved;

use super::node::Node;
use super::place::Place;
use super::project_name;
use super::{Project, Scalar};
use crate::check::Files;

/// A value of a project, with the place that it is from.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is.
    pub value: Value,
    /// Where it is written; none for what Compose adds.
    pub place: Option<Place>,
}

/// See [`Item`].
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is printed.
    Number(String),
    /// A string.
    Text(String),
    /// A string with variables that are not known, as it is written.
    Unknown(String),
    /// A list.
    List(Vec<Item>),
    /// A mapping, in order.
    Map(Vec<(String, Item)>),
}

impl Item {
    fn added(value: Value) -> Self {
        Self { value, place: None }
    }

    fn text(text: impl Into<String>, place: Place) -> Self {
        Self { value: Value::Text(text.into()), place: Some(place) }
    }

    /// The value of a key, for a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, item)| item),
            _ => None,
        }
    }
}

/// The whole project. `files`: where the files of variables are that services name.
pub fn of_project(project: &Project<'_>, files: &dyn Files) -> Item {
    let mut entries: Vec<(String, Item)> = Vec::new();
    let name = project_name(project);
    entries.push((
        "name".to_owned(),
        name.map_or(Item::added(Value::Null), |(name, place)| Item { value: Value::Text(name), place }),
    ));
    let services = project.services.iter().map(|it| (it.name.to_string(), service::of_service(it, files)));
    entries.push(("services".to_owned(), Item::added(Value::Map(services.collect()))));
    for field in project.root.fields() {
        if !matches!(field.name.as_ref(), "name" | "services" | "include" | "version") {
            entries.push((field.name.to_string(), of_node(&field.value)));
        }
    }
    Item::added(Value::Map(entries))
}

/// A value as it is, with variables replaced.
pub(super) fn of_node(node: &Node<'_>) -> Item {
    let place = Some(node.place());
    if node.is_mapping() {
        let entries = node.fields().into_iter().map(|field| (field.name.to_string(), of_node(&field.value)));
        return Item { value: Value::Map(entries.collect()), place };
    }
    if node.is_sequence() {
        return Item { value: Value::List(node.items().iter().map(of_node).collect()), place };
    }
    if let Some(field) = node.as_pair() {
        let value = of_node(&field.value);
        return Item { value: Value::Map(vec![(field.name.to_string(), value)]), place };
    }
    let Some(scalar) = node.scalar() else { return Item { value: Value::Null, place } };
    let plain = node.view().and_then(dlint_syntax::yaml::View::scalar);
    let value = match (&scalar.value, plain) {
        (Resolved::Unknown, _) => Value::Unknown(node.text().unwrap_or_default().to_owned()),
        (_, Some(dlint_syntax::yaml::Scalar::Bool(value))) => Value::Bool(value),
        (Resolved::Known(text), Some(dlint_syntax::yaml::Scalar::Int(_) | dlint_syntax::yaml::Scalar::Float(_))) => {
            Value::Number(text.to_string())
        }
        (Resolved::Known(text), _) => Value::Text(text.to_string()),
    };
    Item { value, place }
}

/// A scalar as a string.
fn of_scalar(scalar: &Scalar, node: Option<&Node<'_>>) -> Item {
    let value = match &scalar.value {
        Resolved::Known(text) => Value::Text(text.to_string()),
        Resolved::Unknown => {
            let written = node.and_then(Node::text).or_else(|| node?.as_pair()?.value.text());
            Value::Unknown(written.unwrap_or("${…}").to_owned())
        }
    };
    Item { value, place: Some(scalar.place) }
}
