//! What the languages offer in an editor: plain functions on documents, which know nothing of messages.

pub(crate) mod completion;
mod instructions;
pub(crate) mod navigation;
pub(crate) mod outline;
pub(crate) mod rename;
mod yaml_context;
