//! What a Compose file means.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Value;
use dlint_syntax::yaml::View;

use crate::document::Document;

/// A Compose file as a whole.
pub struct Project<'a> {
    /// The document.
    pub document: &'a Document,
    /// The services, in file order.
    pub services: Vec<Service<'a>>,
}

impl<'a> Project<'a> {
    /// Reads a Compose document; `None` if its top level is no mapping.
    pub fn new(document: &'a Document) -> Option<Self> {
        document.yaml()?.root()?;
        Some(Self { document, services: Vec::new() })
    }
}

/// A service.
pub struct Service<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where its name stands.
    pub name_range: TextRange,
    /// Its mapping.
    pub body: View<'a>,
}

/// A scalar with its place.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The value after interpolation.
    pub value: Value,
    /// Where it stands.
    pub range: TextRange,
    /// Whether `range` holds exactly the value.
    pub is_literal: bool,
}

impl<'a> Service<'a> {
    /// `image`.
    pub fn image(&self) -> Option<Scalar> {
        None
    }
    /// `build`.
    pub fn build(&self) -> Option<View<'a>> {
        None
    }
}
