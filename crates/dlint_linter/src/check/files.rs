//! The other files of a project.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::compose::{References, Unresolved};
use crate::document::Document;
use crate::language::Language;

/// The other files of the project, as far as a rule may see them.
///
/// The command line reads them from disk, the language server prefers open buffers, tests have a map. An implementation
/// decides what may be read: nothing outside the project.
pub trait Files: Sync {
    /// The document at a path, read as `language`; `None` if there is none, or it may not be read. Relative paths are resolved against
    /// the folder that document paths are relative to; `.` and `..` need not be normalised.
    fn document(&self, path: &Path, language: Language) -> Option<Arc<Document>>;

    /// Whether this run reports on the file itself, so that what is wrong in it need not be told elsewhere too.
    fn is_checked(&self, path: &Path) -> bool;

    /// The text of a file that is no document: variables (`.env`), a `.dockerignore`. `None` if there is none, or it may not be read, or
    /// it is larger than such a file can be. Bytes that are not UTF-8 are replaced.
    fn text(&self, _path: &Path) -> Option<Arc<str>> {
        None
    }

    /// What is at a path.
    fn kind(&self, _path: &Path) -> FileKind {
        FileKind::Unknown
    }

    /// The Compose files in a folder, by their names, in the order of their names, but for the very large ones. Empty where that cannot be
    /// told.
    fn compose_files(&self, _folder: &Path) -> Vec<PathBuf> {
        Vec::new()
    }

    /// What lies in a folder, in the order of the names, hidden entries only if asked for: at most [`MOST_LISTED`], none whose name is not
    /// UTF-8, and none that leads out of the project. Empty where that cannot be told.
    fn list(&self, _folder: &Path, _hidden: bool) -> Vec<Listed> {
        Vec::new()
    }

    /// Which Compose files of a folder include or extend which files. To be kept by who is asked often.
    fn references(&self, folder: &Path) -> Arc<References> {
        Arc::new(References::read(self, folder))
    }

    /// Which references lead nowhere in the project that begins at a path. To be kept by who is asked often.
    fn unresolved(&self, root: &Path) -> Arc<Unresolved> {
        Arc::new(Unresolved::read(&self, root))
    }
}

impl<F: Files + ?Sized> Files for &F {
    fn document(&self, path: &Path, language: Language) -> Option<Arc<Document>> {
        (**self).document(path, language)
    }

    fn is_checked(&self, path: &Path) -> bool {
        (**self).is_checked(path)
    }

    fn text(&self, path: &Path) -> Option<Arc<str>> {
        (**self).text(path)
    }

    fn kind(&self, path: &Path) -> FileKind {
        (**self).kind(path)
    }

    fn compose_files(&self, folder: &Path) -> Vec<PathBuf> {
        (**self).compose_files(folder)
    }

    fn list(&self, folder: &Path, hidden: bool) -> Vec<Listed> {
        (**self).list(folder, hidden)
    }

    fn references(&self, folder: &Path) -> Arc<References> {
        (**self).references(folder)
    }

    fn unresolved(&self, root: &Path) -> Arc<Unresolved> {
        (**self).unresolved(root)
    }
}

/// How many entries of a folder are listed at most.
pub const MOST_LISTED: usize = 1000;

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Whether it is a folder, or a link to one.
    pub is_folder: bool,
}

/// What is at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A device, a socket, a pipe.
    Other,
    /// Nothing.
    Missing,
    /// Something outside of the project, at which nobody looked.
    Outside,
    /// Nobody knows.
    Unknown,
}

/// No other files.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn document(&self, _path: &Path, _language: Language) -> Option<Arc<Document>> {
        None
    }

    fn is_checked(&self, _path: &Path) -> bool {
        false
    }
}
