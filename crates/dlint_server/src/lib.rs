//! dlint's language server: the only crate that knows the Language Server Protocol.
//!
//! The disk, the configuration and the names of languages are a [`Host`]'s matter, which the program brings; so this crate reads
//! nothing by itself, and a test can do without a disk.
//!
//! How order is kept: a handler of a notification changes the state before its first await, so that edits are applied in the order in
//! which they were sent; one task lints, one document at a time, always the newest text, away from the loop that reads messages;
//! what it finds is published only if the text is still that one.

mod actions;
mod capabilities;
mod client;
mod documents;
mod features;
mod framing;
mod hover;
mod log;
mod outbox;
mod proto;
mod publish;
mod requests;
mod server;
mod text;
mod wishes;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_linter::check::Files;
use dlint_linter::{Diagnostic, Document, Edit, Language, RuleId, Safety};

pub use log::Log;
pub use server::serve;

/// A file that is open in the editor.
#[derive(Debug, Clone)]
pub struct OpenFile {
    /// Where it is, absolute.
    pub path: PathBuf,
    /// The workspace folder that it belongs to, absolute: paths of documents are relative to it.
    pub folder: PathBuf,
    /// Its text in the editor, parsed.
    pub document: Arc<Document>,
}

/// Why a file cannot be linted: its configuration is at fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A sentence for people, with the place.
    pub message: String,
    /// Where the fault is, if it is at a place of a file.
    pub place: Option<FaultPlace>,
}

/// Why a file is none that Docker reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// The end of a sentence that begins with the file.
    pub reason: &'static str,
    /// Whether the editor has made a text of it all the same, in which something can be found.
    pub is_text: bool,
}

/// A place of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultPlace {
    /// The file, absolute.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is wrong there.
    pub message: String,
}

/// An edit of a configuration file.
#[derive(Debug, Clone)]
pub struct ConfigEdit {
    /// The file, absolute.
    pub path: PathBuf,
    /// What people call it.
    pub name: String,
    /// Its text on the disk; none where it is to be made.
    pub text: Option<String>,
    /// The edit of that text.
    pub edit: Edit,
}

impl From<String> for Fault {
    fn from(message: String) -> Self {
        Self { message, place: None }
    }
}

/// What the server asks of the program around it. Called on threads that may block.
pub trait Host: Send + Sync + 'static {
    /// The language of a file, if it is one for dlint. `id`: what the editor calls its language, a hint only.
    fn language(&self, path: &Path, id: &str, text: &str) -> Option<Language>;

    /// What is wrong with a file before anything of it is read: it is no text, or not saved as one that Docker reads. `text` is what the
    /// editor makes of it.
    fn refusal(&self, _path: &Path, _language: Language, _text: &str) -> Option<Refusal> {
        None
    }

    /// Takes the settings of the editor: JSON with the keys that the documentation of the program names. What is not known is passed over.
    /// `folder`: a folder of the workspace that has settings of its own; null there: it has none any more. Without one they hold for all others.
    ///
    /// # Errors
    /// A sentence for people if a value cannot be used; then all stays as it was.
    fn configure(&self, _settings: &serde_json::Value, _folder: Option<&Path>) -> Result<(), String> {
        Ok(())
    }

    /// What is wrong with a file. `open` are the files that are open in the editor, this one among them: their text counts, not the disk's.
    ///
    /// # Errors
    /// If the configuration cannot be used.
    fn check(&self, file: &OpenFile, open: &[OpenFile]) -> Result<Vec<Diagnostic>, Fault>;

    /// The text after all fixes of a safety, as `dlint --fix` would write it.
    ///
    /// # Errors
    /// A sentence for people if the configuration cannot be used.
    fn fix(&self, file: &OpenFile, open: &[OpenFile], safety: Safety) -> Result<Arc<str>, String>;

    /// For each of these rules, as far as there is one, the edit of the configuration after which it is off in a file.
    fn switch_off(&self, _file: &OpenFile, _rules: &[RuleId]) -> Vec<(RuleId, ConfigEdit)> {
        Vec::new()
    }

    /// The names of the configuration files that hold for a file, the most general first.
    ///
    /// # Errors
    /// A sentence for people if they cannot be used.
    fn configuration(&self, _file: &OpenFile) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }

    /// Calls `work` with each document below a workspace folder that is for dlint, so many at most; their paths are relative to the folder.
    fn documents(&self, _folder: &Path, _most: usize, _work: &mut dyn FnMut(&Document)) {}

    /// Calls `work` with the files that a file may refer to: those that are open, and the disk's.
    ///
    /// # Errors
    /// As [`Host::fix`].
    fn visit(&self, file: &OpenFile, open: &[OpenFile], work: &mut dyn FnMut(&dyn Files)) -> Result<(), String>;
}
