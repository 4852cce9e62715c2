//! Variables: `ENV` and `ARG` of a stage, and the `ARG`s before the first `FROM`.

use crate::text::CompactString;
use std::sync::Arc;

use super::super::lex::{Environment, Lookup, Value, expand};
use super::super::tree::{Dockerfile, Kind};

/// The platform variables that BuildKit sets for every build: visible in `FROM` lines, and in a stage that declares
/// them with `ARG`.
///
/// Source: Docker documentation, "Dockerfile reference", "Automatic platform ARGs in the global scope".
pub const PLATFORM_ARGS: [&str; 11] = [
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETOSVERSION",
    "TARGETARCH",
    "TARGETVARIANT",
    "TARGETSTAGE",
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDOSVERSION",
    "BUILDARCH",
    "BUILDVARIANT",
];

/// A variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: CompactString,
    /// Its value, as far as the file tells.
    pub value: Value,
    /// What set it.
    pub origin: Origin,
}

/// What set a variable: the index of the instruction in [`Dockerfile::instructions`], which may be in an ancestor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// An `ENV`.
    Env(usize),
    /// An `ARG`.
    Arg(usize),
}

/// How many variables are kept. Stages inherit them, so that without a bound a hostile file with as many stages as
/// variables costs the square of its size. No real file comes near.
const MAX_VARIABLES: usize = 512;

/// How long a value is kept, in bytes; a longer one is unknown. `ENV A=$A$A` doubles it with every line.
const MAX_VALUE: usize = 32 * 1024;

/// The variables at a point of a stage.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    all: Vec<Arc<Variable>>,
    /// Whether a variable that nothing set is known to be unset: the chain starts from `scratch`.
    closed: bool,
}

impl Variables {
    pub(super) fn of_scratch() -> Self {
        Self { all: Vec::new(), closed: true }
    }

    /// Sets a variable. An `ENV` always wins over an `ARG`, wherever the `ARG` stands.
    pub(super) fn set(&mut self, mut variable: Variable) {
        if variable.value.known().is_some_and(|value| value.len() > MAX_VALUE) {
            variable.value = Value::Unknown;
        }
        let is_full = self.all.len() >= MAX_VARIABLES;
        match self.all.iter_mut().find(|other| other.name == variable.name) {
            Some(other) if matches!((other.origin, variable.origin), (Origin::Env(_), Origin::Arg(_))) => {}
            Some(other) => *other = Arc::new(variable),
            None if !is_full => self.all.push(Arc::new(variable)),
            // From here on it cannot be told what is set.
            None => self.closed = false,
        }
    }

    /// The variable of that name, if the file sets it.
    pub fn find(&self, name: &str) -> Option<&Variable> {
        self.iter().find(|variable| variable.name == name)
    }

    /// All variables, in the order in which they were first set.
    pub fn iter(&self) -> impl Iterator<Item = &Variable> {
        self.all.iter().map(|variable| &**variable)
    }
}

impl Environment for Variables {
    fn get(&self, name: &str) -> Lookup {
        match self.find(name) {
            Some(Variable { value: Value::Known(value), .. }) => Lookup::Set(value.clone()),
            None if self.closed => Lookup::Unset,
            Some(_) | None => Lookup::Unknown,
        }
    }
}

/// The `ARG`s before the first `FROM`, and the platform variables.
#[derive(Debug, Clone, Default)]
pub struct GlobalScope {
    variables: Variables,
}

impl GlobalScope {
    /// Reads the instructions before index `end`.
    pub(super) fn new(file: &Dockerfile, end: usize) -> Self {
        let mut scope = Self::default();
        for (at, instruction) in file.instructions[..end].iter().enumerate() {
            let Kind::Arg(declarations) = &instruction.kind else { continue };
            for declaration in declarations {
                let value = match &declaration.default {
                    Some(default) => expand(default, file.escape, &scope).value,
                    None => Value::Unknown,
                };
                scope.variables.set(Variable { name: declaration.name.text.clone(), value, origin: Origin::Arg(at) });
            }
        }
        scope
    }

    /// The declaration of a global `ARG`.
    pub fn find(&self, name: &str) -> Option<&Variable> {
        self.variables.find(name)
    }

    /// All global `ARG`s.
    pub fn iter(&self) -> impl Iterator<Item = &Variable> {
        self.variables.iter()
    }

    /// The value that a stage gets which declares `ARG name` without a default.
    pub(super) fn value_of(&self, name: &str) -> Value {
        self.find(name).map_or(Value::Unknown, |variable| variable.value.clone())
    }
}

impl Environment for GlobalScope {
    /// An undeclared variable is unknown rather than empty: BuildKit refuses what comes of it, and a rule about the
    /// image's tag would only tell the same fault twice.
    fn get(&self, name: &str) -> Lookup {
        match self.value_of(name) {
            Value::Known(value) => Lookup::Set(value),
            Value::Unknown => Lookup::Unknown,
        }
    }
}
