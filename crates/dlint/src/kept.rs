//! Documents that were parsed before, for who lints again and again: the language server reads a project of many files at each key.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use dlint_linter::{Document, Language};
use dlint_syntax::hash::HashMap;

use crate::read;

/// So many documents are kept at most; then all are forgotten.
const MOST: usize = 1000;

/// Larger files are not kept, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// A file that was changed so short a time before it was read may change again without a trace in its time of change.
const FRESH: Duration = Duration::from_secs(2);

/// Where a document lies, what it is called in reports, and its language.
type Key = (PathBuf, PathBuf, Language);

/// The documents.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<HashMap<Key, (Stamp, Arc<Document>)>>);

/// What tells one state of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    changed: SystemTime,
    size: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        Some(Self { changed: metadata.modified().ok()?, size: metadata.len() })
    }

    fn is_settled(self) -> bool {
        self.changed.elapsed().is_ok_and(|age| age > FRESH)
    }
}

impl Kept {
    /// The document at `real`, read and parsed unless the file is as it was.
    pub(crate) fn document(&self, real: &Path, shown: &Path, language: Language) -> Result<Arc<Document>, String> {
        let key = (real.to_owned(), shown.to_owned(), language);
        let stamp = Stamp::of(real).filter(|stamp| stamp.is_settled());
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, document)) = known().get(&key).filter(|(known, _)| Some(*known) == stamp) {
            return Ok(Arc::clone(document));
        }
        let document = read::parse(shown, read::source(real)?, language)?;
        if let Some(stamp) = stamp.filter(|stamp| stamp.size <= LARGEST) {
            let mut known = known();
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(key, (stamp, Arc::clone(&document)));
        }
        Ok(document)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    use dlint_linter::Language;

    use super::Kept;

    #[test]
    fn a_file_is_parsed_again_once_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("Dockerfile");
        let kept = Kept::default();
        let read = || kept.document(&path, Path::new("Dockerfile"), Language::Dockerfile).unwrap();
        let age = |seconds| {
            let time = SystemTime::now() - Duration::from_secs(seconds);
            File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
        };
        fs::write(&path, "FROM a\n").unwrap();
        assert!(!Arc::ptr_eq(&read(), &read()), "it may still change within the same tick");
        age(100);
        let first = read();
        assert!(Arc::ptr_eq(&first, &read()));
        fs::write(&path, "FROM b\n").unwrap();
        age(50);
        assert_eq!(&**read().text(), "FROM b\n");
        fs::write(&path, "FROM long\n").unwrap();
        age(50);
        assert_eq!(&**read().text(), "FROM long\n", "another size");
        fs::remove_file(&path).unwrap();
        assert!(kept.document(&path, Path::new("Dockerfile"), Language::Dockerfile).is_err());
    }
}
