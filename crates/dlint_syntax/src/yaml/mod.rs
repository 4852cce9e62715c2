//! YAML, as Docker Compose's parser (Go's `yaml.v3`) reads it, and JSON, as `dockerd` reads it.
//!
//! [`parse`] gives an arena tree ([`Yaml`]) with byte ranges for every token. Anchors, aliases and merge keys are resolved
//! while reading through a [`View`], never expanded, so that a small file cannot become a large tree.
//!
//! Invariant: reading always ends. An alias has a target only if the target is complete before the alias (no cycles), and
//! only as long as the document, with all aliases followed, stays within [`MAX_EXPANDED_NODES`] and [`MAX_EXPANDED_DEPTH`].

mod build;
mod check;
mod cursor;
mod directives;
mod error;
mod escape;
mod explain;
mod heal;
mod json;
mod layout;
mod merge;
mod parse;
mod resolve;
mod tabs;
mod tree;
mod view;

#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use error::{ErrorKind, YamlError};
pub use json::json_errors;
pub use merge::{Entries, Entry};
pub use resolve::{Scalar, is_yaml11_boolean};
pub use tree::{Comment, Document, NodeId, ScalarStyle, Style, Yaml};
pub use view::{Kind, View, Walk};

/// How deep collections may be nested in a file. Real Compose files stay below 20; Go's parser stops at 10,000.
pub const MAX_DEPTH: usize = 100;

/// How long a text may be, in bytes. Real Compose files stay below 200 KiB.
pub const MAX_BYTES: usize = 4 << 20;

/// How deep the tree may be when aliases are followed.
pub const MAX_EXPANDED_DEPTH: u32 = 200;

/// How many nodes a document may have when aliases are followed. Docker Compose visits at most this many.
pub const MAX_EXPANDED_NODES: u32 = 100_000;

/// Reads YAML. Never fails: what Docker Compose would refuse is in [`Yaml::errors`], and the rest is read.
pub fn parse(text: &str) -> Yaml {
    parse_shared(Arc::from(text))
}

/// Like [`parse`], for a text that is shared already.
#[allow(clippy::needless_pass_by_value, reason = "the tree keeps it")]
pub fn parse_shared(text: Arc<str>) -> Yaml {
    heal::parse(&text)
}
