//! The files of the project, as rules see them.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dlint_linter::{Document, Files, Language};

use crate::discover::Target;
use crate::paths::Here;
use crate::read;

type Loaded = Result<Arc<Document>, String>;

/// By where the file lies, and as which language it is read.
type Cache = HashMap<(PathBuf, Language), Arc<OnceLock<Loaded>>>;

/// Documents on disk, each parsed once however often it is asked for.
#[derive(Debug)]
pub(crate) struct Disk<'h> {
    here: &'h Here,
    /// Where the files lie that this run lints.
    checked: HashSet<PathBuf>,
    /// Of those, the ones that somebody named: they may be read wherever they are.
    given: HashSet<PathBuf>,
    cache: Mutex<Cache>,
}

impl<'h> Disk<'h> {
    /// For a run that lints the given files.
    pub(crate) fn new(here: &'h Here, targets: &[Target]) -> Self {
        Self {
            here,
            checked: targets.iter().map(|target| target.real.clone()).collect(),
            given: targets.iter().filter(|target| target.given).map(|target| target.real.clone()).collect(),
            cache: Mutex::default(),
        }
    }

    /// The document at `real`, read and parsed now unless it was before.
    pub(crate) fn load(&self, real: &Path, shown: &Path, language: Language) -> Loaded {
        let entry = {
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(cache.entry((real.to_owned(), language)).or_default())
        };
        let parse = || Ok(Arc::new(Document::parse_bytes(shown, read::file(real)?, language)));
        entry.get_or_init(parse).clone()
    }

    /// The document at `real`, if a rule asked for it before.
    pub(crate) fn loaded(&self, real: &Path, language: Language) -> Option<Arc<Document>> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        // The key owns its path; nothing is cached before the first Compose file, which is the usual case here.
        if cache.is_empty() {
            return None;
        }
        cache.get(&(real.to_owned(), language))?.get()?.as_ref().ok().cloned()
    }

    /// Puts a document where later rules find it: one that was just fixed, or that came from standard input.
    pub(crate) fn put(&self, real: &Path, document: &Arc<Document>) {
        let entry = Arc::new(OnceLock::from(Ok(Arc::clone(document))));
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.insert((real.to_owned(), document.language()), entry);
    }

    /// What the rules may see that look at a file in `folder`.
    pub(crate) fn view<'d>(&'d self, folder: &'d Path) -> View<'d> {
        View { disk: self, folder, root: OnceLock::new() }
    }
}

/// What the rules may see that look at one file: the files of its project.
#[derive(Debug)]
pub(crate) struct View<'d> {
    disk: &'d Disk<'d>,
    /// The file's folder, free of links.
    folder: &'d Path,
    root: OnceLock<PathBuf>,
}

impl View<'_> {
    /// The project's folder.
    fn root(&self) -> &Path {
        self.root.get_or_init(|| self.disk.here.root(self.folder))
    }
}

impl Files for View<'_> {
    fn document(&self, path: &Path, language: Language) -> Option<Arc<Document>> {
        let absolute = self.disk.here.absolute(path);
        // Standard input goes by a name under which there need not be a file.
        if let Some(document) = self.disk.loaded(&absolute, language)
            && self.disk.checked.contains(&absolute)
        {
            return Some(document);
        }
        // Links are resolved first: one inside the project may lead out of it.
        let real = fs::canonicalize(self.disk.here.dir().join(path)).ok()?;
        if !real.starts_with(self.root()) && !self.disk.given.contains(&real) {
            return None;
        }
        self.disk.load(&real, &self.disk.here.shown(path, &real), language).ok()
    }

    fn is_checked(&self, path: &Path) -> bool {
        self.disk.checked.contains(&self.disk.here.absolute(path))
            || fs::canonicalize(self.disk.here.dir().join(path)).is_ok_and(|real| self.disk.checked.contains(&real))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::Arc;

    use dlint_linter::{Files, Language};

    use super::Disk;
    use crate::discover::Target;
    use crate::paths::Here;

    #[cfg(unix)]
    #[test]
    fn nothing_outside_the_project_is_read() {
        let outside = tempfile::tempdir().unwrap();
        let dir = fs::canonicalize(outside.path()).unwrap();
        let project = dir.join("project");
        fs::create_dir_all(project.join("sub/.git")).unwrap();
        fs::write(dir.join("Dockerfile"), "FROM a\n").unwrap();
        fs::write(project.join("sub/Dockerfile"), "FROM b\n").unwrap();
        std::os::unix::fs::symlink("../../Dockerfile", project.join("sub/Dockerfile.link")).unwrap();
        let here = Here::at(project.join("sub"));
        let targets = [Target {
            real: project.join("sub/Dockerfile"),
            shown: "Dockerfile".into(),
            language: None,
            given: false,
            link: false,
        }];
        let disk = Disk::new(&here, &targets);
        let folder = project.join("sub");
        let view = disk.view(&folder);
        let read = |path: &str| view.document(Path::new(path), Language::Dockerfile);
        let own = read("./x/../Dockerfile");
        assert!(own.is_none(), "the folder `x` does not exist, so neither does this path");
        let own = read("./Dockerfile").unwrap();
        assert_eq!(own.path(), Path::new("Dockerfile"));
        assert!(Arc::ptr_eq(&own, &read("Dockerfile").unwrap()), "parsed once");
        assert!(read("../../Dockerfile").is_none(), "outside the project");
        assert!(read("Dockerfile.link").is_none(), "a link out of the project");
        assert!(read("/etc/hostname").is_none());
        assert!(read(".").is_none(), "a folder");
        assert!(view.is_checked(Path::new("./Dockerfile")));
        assert!(!view.is_checked(Path::new("../../Dockerfile")));
    }
}
