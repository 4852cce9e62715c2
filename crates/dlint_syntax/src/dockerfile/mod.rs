//! Dockerfiles, as BuildKit reads them.
//!
//! [`parse`] does what BuildKit's own parser does, and its errors are what that refuses. [`convert_errors`] adds what
//! BuildKit refuses when it turns the instructions into build steps, as far as it does not depend on a variable.

mod arguments;
mod convert;
mod csv;
mod directive;
mod error;
mod flags;
mod form;
mod healthcheck;
mod heredoc;
mod instructions;
mod json;
mod lex;
mod line;
mod mask;
mod model;
mod mount;
mod scan;
mod structure;
#[cfg(test)]
mod tests;
mod tokens;
mod tree;
mod word;
mod words;

pub use convert::{
    EXPOSE_HELP, InvalidValue, PLATFORM_HELP, SIGNAL_HELP, convert_errors, image_problem, invalid_exposed_port,
    invalid_platform, invalid_signal, is_architecture,
};
pub use error::{ErrorKind, SyntaxError};
pub use form::{Exec, Form};
pub use lex::{
    Environment, Expansion, Lookup, Modifier, NothingKnown, Reference, Value, expand, expand_body, expand_words,
    remove_quotes,
};
pub use model::{Base, GlobalScope, Model, Origin, PLATFORM_ARGS, Setting, Stage, State, Variable, Variables};
pub use tree::*;
pub use word::Word;

/// Reads a Dockerfile. Never fails: what cannot be read is in [`Dockerfile::errors`], and the rest is read.
pub fn parse(text: &str) -> Dockerfile {
    let mut file = scan::file(text);
    structure::check(text, &mut file);
    file.errors.sort_by_key(|error| (error.range.start(), error.range.end()));
    file
}
