//! What Compose refuses, with its place.

use super::when::Refused;
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
