//! Parsers for what Docker reads: Dockerfiles, YAML (Compose, `daemon.json`) and the shell commands inside them.
//!
//! Invariant: parsing never fails and never panics. It gives a tree and a list of errors, for any text.
//! Invariant: a position is a byte offset ([`TextSize`]); lines and columns are worked out by [`LineIndex`] where
//! something is shown to a person or an editor.

pub mod dockerfile;
pub mod duration;
pub mod hash;
pub mod shell;
pub mod suggest;
pub mod text;
pub mod yaml;

pub use text::{LineIndex, TextRange, TextSize};
