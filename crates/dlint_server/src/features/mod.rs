//! What the languages offer in an editor: plain functions on documents, which know nothing of messages.

mod choices;
pub(crate) mod completion;
mod entries;
pub(crate) mod inlays;
pub(crate) mod inline;
pub(crate) mod instructions;
pub(crate) mod lenses;
pub(crate) mod links;
pub(crate) mod navigation;
pub(crate) mod occurrences;
pub(crate) mod outline;
mod paths;
pub(crate) mod rename;
pub(crate) mod selection;
pub(crate) mod signature;
pub(crate) mod symbols;
pub(crate) mod token_edits;
pub(crate) mod tokens;
pub(crate) mod variables;
mod yaml_context;
mod yaml_place;
