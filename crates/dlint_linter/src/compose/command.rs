//! Commands: `command`, `entrypoint`, the test of a health check.

use super::node::Field;
use super::place::Place;
use super::scalar::Scalar;

/// A command.
#[derive(Debug, Clone)]
pub struct Command {
    /// Where the key is written.
    pub key_place: Place,
    /// Where the value is written.
    pub place: Place,
    /// The alias or merge key by which it came into the service.
    pub alias: Option<Place>,
    /// What it says.
    pub form: CommandForm,
}

/// How a command is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandForm {
    /// One string. Compose splits that of `command` and `entrypoint` into words, without a shell; the test of a health check is
    /// for a shell.
    Text(Scalar),
    /// A list of words; an empty one takes away what the image has.
    List(Vec<Scalar>),
}

impl Command {
    /// Reads the value of a field. `None` for null, where the image's own holds, and for what is no command.
    pub(super) fn read(field: &Field<'_>) -> Option<Self> {
        let value = &field.value;
        let form =
            if value.is_sequence() { CommandForm::List(value.scalars()) } else { CommandForm::Text(value.scalar()?) };
        Some(Self { key_place: field.key_place, place: value.place(), alias: field.alias, form })
    }

    /// The words of a list; none for a string.
    pub fn list(&self) -> Option<&[Scalar]> {
        match &self.form {
            CommandForm::List(words) => Some(words),
            CommandForm::Text(_) => None,
        }
    }
}
