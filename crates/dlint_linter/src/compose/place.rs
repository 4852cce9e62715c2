//! Places in the files of a project.

use std::path::Path;
use std::sync::Arc;

use dlint_syntax::TextRange;
use elsa::FrozenVec;

use crate::document::Document;

/// A file of a project. [`FileId::CHECKED`] is the one that is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The document that is checked.
    pub const CHECKED: Self = Self(0);
}

/// A place in a file of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Byte offsets in it, half-open.
    pub range: TextRange,
}

impl Place {
    /// A place in the document that is checked.
    pub const fn checked(range: TextRange) -> Self {
        Self { file: FileId::CHECKED, range }
    }

    /// The range, if the place is in the document that is checked.
    pub fn in_checked(self) -> Option<TextRange> {
        (self.file == FileId::CHECKED).then_some(self.range)
    }

    /// Another range of the same file.
    #[must_use]
    pub const fn with_range(self, range: TextRange) -> Self {
        Self { file: self.file, range }
    }
}

/// The documents of a project: the one that is checked, and those that are read for it, in the order in which they are first
/// asked for. They live as long as everything that is read from them.
pub struct Sources<'d> {
    checked: &'d Document,
    others: FrozenVec<Box<Other>>,
}

struct Other {
    document: Arc<Document>,
    /// Where in the document that is checked it comes in, if it does.
    entry: Option<TextRange>,
    /// Whether a service of it is extended, so that the file is not a part of the project as a whole.
    is_extended: bool,
}

impl<'d> Sources<'d> {
    /// For a document that is checked.
    pub fn new(checked: &'d Document) -> Self {
        Self { checked, others: FrozenVec::new() }
    }

    /// The document of a file.
    ///
    /// # Panics
    /// If the file is not of this project.
    pub fn document(&self, file: FileId) -> &Document {
        match self.find(file) {
            Some(other) => &other.document,
            None => self.checked,
        }
    }

    /// The document of a file other than the checked one, to be kept.
    pub fn shared(&self, file: FileId) -> Option<&Arc<Document>> {
        self.find(file).map(|other| &other.document)
    }

    /// Where in the document that is checked a file comes in: what an `include` or an `extends` says.
    pub fn entry(&self, file: FileId) -> Option<TextRange> {
        self.find(file)?.entry
    }

    /// The document of a file of which services are extended.
    pub fn extended(&self, file: FileId) -> Option<&Arc<Document>> {
        self.find(file).filter(|other| other.is_extended).map(|other| &other.document)
    }

    /// The documents other than the checked one.
    pub fn others(&self) -> impl Iterator<Item = &Document> {
        self.others.iter().map(|other| &*other.document)
    }

    /// The files other than the checked one, as far as they are read.
    pub(crate) fn other_files(&self) -> impl Iterator<Item = FileId> + use<> {
        (1..=self.others.len() as u32).map(FileId)
    }

    /// The number of documents.
    pub fn count(&self) -> usize {
        self.others.len() + 1
    }

    /// The file of a document: the same for the same path. `entry`: where it comes into the document that is checked.
    pub(super) fn add(&self, document: Arc<Document>, entry: Option<TextRange>, is_extended: bool) -> FileId {
        if is_same_path(document.path(), self.checked.path()) {
            return FileId::CHECKED;
        }
        let known = self.others.iter().position(|other| is_same_path(other.document.path(), document.path()));
        let index = known.unwrap_or_else(|| {
            self.others.push(Box::new(Other { document, entry, is_extended }));
            self.others.len() - 1
        });
        FileId(index as u32 + 1)
    }

    fn find(&self, file: FileId) -> Option<&Other> {
        let index = file.0.checked_sub(1)?;
        Some(self.others.get(index as usize).expect("a file of this project"))
    }
}

/// Documents go by one name each, so that the names need not be taken apart.
fn is_same_path(one: &Path, other: &Path) -> bool {
    one.as_os_str() == other.as_os_str()
}
