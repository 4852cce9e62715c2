//! What the languages offer in an editor: plain functions on documents, which know nothing of messages.

pub(crate) mod completion;
pub(crate) mod inlays;
mod instructions;
pub(crate) mod links;
pub(crate) mod navigation;
pub(crate) mod outline;
pub(crate) mod rename;
pub(crate) mod selection;
pub(crate) mod symbols;
mod yaml_context;
