//! The files of the project, as rules see them.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use dlint_linter::check::{FileKind, Listed, MOST_LISTED};
use dlint_linter::compose::{References, Unresolved};
use dlint_linter::{Document, Files, Language};
use dlint_syntax::hash::HashMap;

use crate::discover::Target;
use crate::kept::Kept;
use crate::paths::{Here, is_within};
use crate::read::{self, Names, kind_of};
use crate::walk::Folder;

/// `None` if it cannot be had.
type Text = Option<Arc<str>>;

type Loaded = Result<Arc<Document>, String>;

/// The largest file of variables or patterns that is read, in bytes.
const TEXT_LIMIT: u64 = 1024 * 1024;

/// How many entries of a folder are looked at for Compose files.
const MOST_ENTRIES: usize = 10_000;

/// By where the file lies, and as which language it is read.
type Cache = HashMap<(OsString, Language), Arc<OnceLock<Loaded>>>;

/// Documents on disk, each parsed once however often it is asked for.
#[derive(Debug)]
pub(crate) struct Disk<'h> {
    here: &'h Here,
    /// What earlier runs of the same program parsed, if there are any.
    kept: Option<&'h Kept>,
    /// The files that this run lints, by where they lie.
    checked: HashMap<&'h OsStr, &'h Target>,
    /// What stands in for files: standard input, and what is open in an editor, each with the absolute path that it goes by. There need
    /// not be a file of that name.
    overlay: RwLock<Vec<(PathBuf, Arc<Document>)>>,
    cache: Mutex<Cache>,
    /// Texts that are no documents, by where they lie.
    texts: Mutex<HashMap<OsString, Arc<OnceLock<Text>>>>,
    /// Where files really lie, by how they were asked for, or why that cannot be told. Rules ask for the same few again and again.
    reals: Mutex<HashMap<OsString, Result<PathBuf, io::ErrorKind>>>,
    /// What is in folders that were looked into.
    folders: Mutex<HashMap<OsString, Arc<Listing>>>,
    /// What the Compose files in a folder include and extend, by the folder as it is asked for.
    references: Mutex<HashMap<OsString, Arc<OnceLock<Arc<References>>>>>,
    /// Which references lead nowhere in a project, by the file at which it begins, as it is asked for.
    unresolved: Mutex<HashMap<OsString, Arc<OnceLock<Arc<Unresolved>>>>>,
}

/// What is in a folder.
#[derive(Debug, Default)]
struct Listing {
    /// The names with what they are, sorted by name.
    names: Names,
    /// Whether these are all; not where there are too many, or one could not be read.
    is_whole: bool,
    /// The names of the Compose files, sorted; found out when somebody asks.
    compose: OnceLock<Vec<OsString>>,
}

/// The folder of a path and the name in it. Mostly the text tells, and the path need not be taken apart into its components.
fn split(path: &Path) -> Option<(&Path, &OsStr)> {
    match path.to_str().filter(|_| cfg!(unix)).and_then(|text| text.rsplit_once('/')) {
        Some((folder, name)) if !folder.is_empty() && !folder.ends_with('/') && name != ".." => {
            Some((Path::new(folder), OsStr::new(name)))
        }
        _ => Some((path.parent()?, path.file_name()?)),
    }
}

impl<'h> Disk<'h> {
    /// For a run that lints the given files.
    pub(crate) fn new(here: &'h Here, targets: &'h [Target]) -> Self {
        let checked = targets.iter().map(|target| (target.real.as_os_str(), target)).collect();
        Self {
            here,
            kept: None,
            checked,
            overlay: RwLock::default(),
            cache: Mutex::default(),
            texts: Mutex::default(),
            reals: Mutex::default(),
            folders: Mutex::default(),
            references: Mutex::default(),
            unresolved: Mutex::default(),
        }
    }

    /// The same with what a walk saw.
    pub(crate) fn with_folders(mut self, folders: Vec<Folder>) -> Self {
        let listings = folders.into_iter().map(|Folder { real, names }| {
            (real.into_os_string(), Arc::new(Listing { names, is_whole: true, compose: OnceLock::new() }))
        });
        self.folders = Mutex::new(listings.collect());
        self
    }

    /// The same with what was parsed before.
    pub(crate) fn with_kept(self, kept: &'h Kept) -> Self {
        Self { kept: Some(kept), ..self }
    }

    /// A document is there for the rules as if it were a file at `absolute`, which this run reports on.
    pub(crate) fn put_over(&self, absolute: &Path, document: &Arc<Document>) {
        let mut overlay = self.overlay.write().unwrap_or_else(PoisonError::into_inner);
        overlay.push((absolute.to_owned(), Arc::clone(document)));
    }

    /// The document that stands in for the file at `absolute`.
    fn over(&self, absolute: &Path) -> Option<Arc<Document>> {
        let overlay = self.overlay.read().unwrap_or_else(PoisonError::into_inner);
        overlay.iter().find(|(name, _)| name == absolute).map(|(_, document)| Arc::clone(document))
    }

    fn has_overlay(&self) -> bool {
        !self.overlay.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// The document at `real`, read and parsed now unless it was before.
    pub(crate) fn load(&self, real: &Path, shown: &Path, language: Language) -> Loaded {
        let entry = {
            let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(cache.entry((real.into(), language)).or_default())
        };
        let parse = || match self.kept {
            Some(kept) => kept.document(real, shown, language),
            None => read::parse(shown, read::source(real)?, language),
        };
        entry.get_or_init(parse).clone()
    }

    /// The document at `real`, if a rule asked for it before.
    pub(crate) fn loaded(&self, real: &Path, language: Language) -> Option<Arc<Document>> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        // The key owns its path; nothing is cached before the first Compose file, which is the usual case here.
        if cache.is_empty() {
            return None;
        }
        cache.get(&(real.into(), language))?.get()?.as_ref().ok().cloned()
    }

    /// Puts a document where later rules find it: one that was just fixed.
    pub(crate) fn put(&self, real: &Path, document: &Arc<Document>) {
        let entry = Arc::new(OnceLock::from(Ok(Arc::clone(document))));
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.insert((real.into(), document.language()), entry);
    }

    /// The text at `path`, read now unless it was before; `None` if there is none, it lies outside of `root`, or it is larger than
    /// [`TEXT_LIMIT`].
    fn text(&self, path: &Path, root: &Path) -> Option<Arc<str>> {
        let entry = {
            let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
            match texts.get(path.as_os_str()) {
                Some(entry) => Arc::clone(entry),
                None => Arc::clone(texts.entry(path.into()).or_default()),
            }
        };
        let read = || {
            let real = self.real(path).ok().filter(|real| is_within(real, root))?;
            let bytes = read::small_file(&real, TEXT_LIMIT).ok()?;
            Some(Arc::from(String::from_utf8_lossy(&bytes)))
        };
        entry.get_or_init(read).clone()
    }

    /// Where a path really lies.
    fn real(&self, path: &Path) -> Result<PathBuf, io::ErrorKind> {
        if let Some(real) = self.reals.lock().unwrap_or_else(PoisonError::into_inner).get(path.as_os_str()) {
            return real.clone();
        }
        let absolute = self.here.below(path);
        let found = self.listed(&absolute);
        let real = found.unwrap_or_else(|| self.here.real(&absolute).map_err(|error| error.kind()));
        self.reals.lock().unwrap_or_else(PoisonError::into_inner).insert(path.into(), real.clone());
        real
    }

    /// Where an absolute path really lies, by what was seen when its folder was looked into. `None` if that was not, or does not tell.
    fn listed(&self, path: &Path) -> Option<Result<PathBuf, io::ErrorKind>> {
        let bytes = path.as_os_str().as_encoded_bytes();
        if !Here::IS_EXACT || bytes.ends_with(b"/") || bytes.ends_with(b"/.") {
            return None;
        }
        let (parent, name) = split(path)?;
        let Some(folder) = self.here.known_folder(parent) else {
            // Where there is no such folder, there is nothing in it.
            return self.listed(parent)?.err().map(Err);
        };
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let listing = folders.get(folder.as_os_str()).filter(|listing| listing.is_whole)?;
        match kind_of(&listing.names, name) {
            None => Some(Err(io::ErrorKind::NotFound)),
            Some(kind) if kind.is_symlink() => None,
            Some(_) => {
                let mut real = folder;
                real.push(name);
                Some(Ok(real))
            }
        }
    }

    /// What is at a place free of links, if its folder was looked into.
    fn seen(&self, real: &Path) -> Option<FileType> {
        let (folder, name) = split(real)?;
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        kind_of(&folders.get(folder.as_os_str())?.names, name)
    }

    /// What is in the folder at `real`.
    fn listing(&self, real: &Path) -> Arc<Listing> {
        let folders = || self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(listing) = folders().get(real.as_os_str()) {
            return Arc::clone(listing);
        }
        // Read without the lock, which everybody asks for; that two read one folder at a time hardly ever happens.
        let listing = Arc::new(Self::list(real));
        Arc::clone(folders().entry(real.into()).or_insert(listing))
    }

    fn list(real: &Path) -> Listing {
        let Ok((names, errors)) = read::folder(real, MOST_ENTRIES + 1) else { return Listing::default() };
        let is_whole = errors.is_empty() && names.len() <= MOST_ENTRIES;
        Listing { names, is_whole, compose: OnceLock::new() }
    }

    /// The names of the Compose files in the folder at `real`.
    fn compose_files(&self, real: &Path, listing: &Listing) -> Vec<OsString> {
        let is_one = |name: &&OsString| {
            let path = Path::new(name);
            // Nobody includes what is longer than that; it is not worth reading to find out.
            let is_short = || real.join(path).symlink_metadata().is_ok_and(|metadata| metadata.len() <= TEXT_LIMIT);
            Language::of_name(path) == Some(Language::Compose)
                && (self.checked.contains_key(real.join(path).as_os_str()) || is_short())
        };
        listing.names.iter().map(|(name, _)| name).filter(is_one).cloned().collect()
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
        let Disk { here, checked, .. } = self.disk;
        if self.disk.has_overlay()
            && let Some(document) = self.disk.over(&here.absolute(path)).filter(|it| it.language() == language)
        {
            return Some(document);
        }
        // Links are resolved first: one inside the project may lead out of it.
        let real = self.disk.real(path).ok()?;
        let target = checked.get(real.as_os_str());
        // What somebody named may be read wherever it is.
        if !is_within(&real, self.root()) && !target.is_some_and(|target| target.given) {
            return None;
        }
        // The name must not depend on who asks first.
        let shown = target.map_or_else(|| here.shown(&real, &real), |target| target.shown.clone());
        self.disk.load(&real, &shown, language).ok()
    }

    fn text(&self, path: &Path) -> Option<Arc<str>> {
        self.disk.text(path, self.root())
    }

    fn kind(&self, path: &Path) -> FileKind {
        let real = match self.disk.real(path) {
            Ok(real) => real,
            Err(io::ErrorKind::NotFound) => {
                // Whether something is there is told of nothing outside.
                let is_inside = is_within(&self.disk.here.absolute(path), self.root());
                return if is_inside { FileKind::Missing } else { FileKind::Outside };
            }
            Err(_) => return FileKind::Unknown,
        };
        if !is_within(&real, self.root()) {
            return FileKind::Outside;
        }
        let kind = self.disk.seen(&real).or_else(|| Some(fs::metadata(&real).ok()?.file_type()));
        match kind {
            Some(kind) if kind.is_file() => FileKind::File,
            Some(kind) if kind.is_dir() => FileKind::Folder,
            Some(_) => FileKind::Other,
            None => FileKind::Unknown,
        }
    }

    fn compose_files(&self, folder: &Path) -> Vec<PathBuf> {
        let Ok(real) = self.disk.real(folder) else { return Vec::new() };
        if !is_within(&real, self.root()) {
            return Vec::new();
        }
        let listing = self.disk.listing(&real);
        let names = listing.compose.get_or_init(|| self.disk.compose_files(&real, &listing));
        names.iter().map(|name| folder.join(name)).collect()
    }

    fn list(&self, folder: &Path, hidden: bool) -> Vec<Listed> {
        let Ok(real) = self.disk.real(folder) else { return Vec::new() };
        if !is_within(&real, self.root()) {
            return Vec::new();
        }
        let listing = self.disk.listing(&real);
        let mut found = BTreeMap::new();
        for (name, kind) in listing.names.iter().filter(|_| listing.is_whole) {
            let Some(name) = name.to_str().filter(|name| hidden || !name.starts_with('.')) else { continue };
            // A link is followed, but not out of the project.
            let is_folder = if kind.is_symlink() {
                let target = fs::canonicalize(real.join(name)).ok().filter(|target| is_within(target, self.root()));
                target.map(|target| target.is_dir())
            } else {
                Some(kind.is_dir())
            };
            found.extend(is_folder.map(|is_folder| (name.to_owned(), is_folder)));
        }
        // What is open in an editor need not have been saved.
        let absolute = self.disk.here.absolute(folder);
        let overlay = self.disk.overlay.read().unwrap_or_else(PoisonError::into_inner);
        let open = overlay.iter().filter(|(path, _)| path.parent() == Some(&absolute));
        for name in open.filter_map(|(path, _)| path.file_name()?.to_str()) {
            if hidden || !name.starts_with('.') {
                found.entry(name.to_owned()).or_insert(false);
            }
        }
        found.into_iter().take(MOST_LISTED).map(|(name, is_folder)| Listed { name, is_folder }).collect()
    }

    fn references(&self, folder: &Path) -> Arc<References> {
        let entry = {
            let mut references = self.disk.references.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(references.entry(folder.into()).or_default())
        };
        Arc::clone(entry.get_or_init(|| Arc::new(References::read(self, folder))))
    }

    fn unresolved(&self, root: &Path) -> Arc<Unresolved> {
        let entry = {
            let mut unresolved = self.disk.unresolved.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(unresolved.entry(root.into()).or_default())
        };
        Arc::clone(entry.get_or_init(|| Arc::new(Unresolved::read(self, root))))
    }

    fn is_checked(&self, path: &Path) -> bool {
        let Disk { here, checked, .. } = self.disk;
        (self.disk.has_overlay() && self.disk.over(&here.absolute(path)).is_some())
            || self.disk.real(path).is_ok_and(|real| checked.contains_key(real.as_os_str()))
    }
}

#[cfg(test)]
mod tests;
