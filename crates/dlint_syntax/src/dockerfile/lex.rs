//! Variables.
use super::error::SyntaxError;
use super::tree::{Escape, Word};
/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Known.
    Known(String),
    /// Unknown.
    Unknown,
}
/// A look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Set.
    Set(String),
    /// Unset.
    Unset,
    /// Unknown.
    Unknown,
}
/// Variables.
pub trait Environment {
    /// One.
    fn get(&self, name: &str) -> Lookup;
}
/// Result.
pub struct Expansion {
    /// Value.
    pub value: Value,
    /// Errors.
    pub errors: Vec<SyntaxError>,
}
/// Expands.
pub fn expand(word: &Word, _escape: Escape, _env: &dyn Environment) -> Expansion {
    let value = if word.text.contains('$') { Value::Unknown } else { Value::Known(word.text.clone()) };
    Expansion { value, errors: Vec::new() }
}
