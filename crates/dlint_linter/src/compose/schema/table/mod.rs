//! The table.

mod build;
mod container;
mod deploy;
mod develop;
mod hooks;
mod jobs;
mod mounts;
mod ports;
mod service;
mod shapes;
mod top;

use super::{Base, Key, Object, Shape};

/// A Compose file as a whole.
pub static TOP: Shape = Shape::object(&top::FILE);

/// What most objects are.
const USUAL: Object = Object { name: "", keys: &[], base: None, extensions: true, is_open: false, is_read_late: false };

impl Key {
    const fn new(name: &'static str, shape: Shape, page: &'static str, description: &'static str) -> Self {
        Self { name, shape, required: false, description, since: None, instead: None, page }
    }

    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    const fn since(self, version: &'static str) -> Self {
        Self { since: Some(version), ..self }
    }

    const fn instead(self, other: &'static str) -> Self {
        Self { instead: Some(other), ..self }
    }
}

/// Keys in the order of their names, each written as `"name" SHAPE, "page/#anchor", "Description.", [since("2.0.0")];`
macro_rules! keys {
    ($($name:literal $shape:expr, $page:literal, $description:literal $(, [$($method:ident($($argument:literal)?)),*])?;)*) => {
        &[$(
            $crate::compose::schema::Key::new($name, $shape, $page, $description)$($(.$method($($argument)?))*)?
        ),*]
    };
}

/// A list of items of this shape.
macro_rules! list {
    ($item:expr) => {
        Shape::list(const { &$crate::compose::schema::List { item: $item, unique: false } })
    };
}

/// A list of items of this shape that must differ.
macro_rules! unique_list {
    ($item:expr) => {
        Shape::list(const { &$crate::compose::schema::List { item: $item, unique: true } })
    };
}

/// A mapping whose keys are free.
macro_rules! free {
    ($names:expr, $value:expr) => {
        Shape::free($names, const { &$value })
    };
}

/// A mapping whose keys are free; Compose does not look at the values of those that have other names.
macro_rules! loose {
    ($names:expr, $value:expr) => {
        Shape::loose($names, const { &$value })
    };
}

use {free, keys, list, loose, unique_list};
