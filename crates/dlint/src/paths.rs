//! Paths: where a file really lies, how it is shown, and which project it belongs to.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use dlint_syntax::hash::HashMap;

use crate::terminal::{inert, printable};

/// The working directory and what follows from it. Folders are kept by their names as they are, which takes a tenth of the time that it
/// takes to compare paths part by part.
#[derive(Debug)]
pub(crate) struct Here {
    /// The working directory, free of links.
    dir: PathBuf,
    /// The nearest folder upwards that holds `.git`, of each folder that was asked for.
    repositories: Mutex<HashMap<OsString, Option<PathBuf>>>,
    /// Where folders really lie, by how they were asked for.
    folders: Mutex<HashMap<OsString, PathBuf>>,
}

impl Here {
    /// Asks the system.
    pub(crate) fn new() -> Result<Self, String> {
        let dir = std::env::current_dir().map_err(|error| format!("the working directory cannot be found: {error}"))?;
        Ok(Self::at(dir))
    }

    /// For a folder that is given.
    pub(crate) fn at(dir: PathBuf) -> Self {
        Self { dir, repositories: Mutex::default(), folders: Mutex::default() }
    }

    /// The working directory.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// The path from the root of the file system, without `.` and `..`. Links are not looked at, so what is behind a
    /// `..` may be another file where a link stands before it.
    pub(crate) fn absolute(&self, path: &Path) -> PathBuf {
        let mut result = self.dir.clone();
        for component in path.components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    result.pop();
                }
                other => result.push(other),
            }
        }
        result
    }

    /// The path by which a file goes in reports: relative to the working directory if it lies below it, absolute
    /// otherwise. `real` is where it lies.
    pub(crate) fn shown(&self, path: &Path, real: &Path) -> PathBuf {
        let mut absolute = self.absolute(path);
        let climbs = path.components().any(|component| component == Component::ParentDir);
        if climbs && fs::canonicalize(&absolute).ok().as_deref() != Some(real) {
            real.clone_into(&mut absolute);
        }
        match absolute.strip_prefix(&self.dir) {
            Ok(relative) => relative.to_owned(),
            Err(_) => absolute,
        }
    }

    /// A path from the working directory.
    pub(crate) fn below(&self, path: &Path) -> PathBuf {
        let mut joined = PathBuf::with_capacity(self.dir.as_os_str().len() + path.as_os_str().len() + 1);
        joined.push(&self.dir);
        joined.push(path);
        joined
    }

    /// Where a path really lies, free of links; relative ones are taken from the working directory. An error if there is nothing. A run
    /// asks for many files of few folders, so what is known of a folder is kept.
    pub(crate) fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let path = if path.is_absolute() { Cow::Borrowed(path) } else { Cow::Owned(self.below(path)) };
        // Only a folder goes by such a name.
        let bytes = path.as_os_str().as_encoded_bytes();
        let is_folder = bytes.ends_with(b"/") || bytes.ends_with(b"/.");
        let (Some(folder), Some(Component::Normal(name))) = (path.parent(), path.components().next_back()) else {
            return fs::canonicalize(path);
        };
        if !Self::IS_EXACT || is_folder {
            return fs::canonicalize(path);
        }
        let mut real = self.real_folder(folder)?;
        real.push(name);
        if real.symlink_metadata()?.is_symlink() { fs::canonicalize(real) } else { Ok(real) }
    }

    /// Whether a path leads to a file only as the file's name is spelled; elsewhere the system has to say how that is.
    pub(crate) const IS_EXACT: bool = cfg!(all(unix, not(target_vendor = "apple")));

    /// Where the folder at an absolute path really lies, if somebody asked before.
    pub(crate) fn known_folder(&self, folder: &Path) -> Option<PathBuf> {
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let real = folders.get(folder.as_os_str())?;
        // With room for the name of a file in it.
        let mut copy = PathBuf::with_capacity(real.as_os_str().len() + 32);
        copy.push(real);
        Some(copy)
    }

    fn real_folder(&self, folder: &Path) -> io::Result<PathBuf> {
        if let Some(real) = self.known_folder(folder) {
            return Ok(real);
        }
        // Its own folder is mostly known already.
        let real = self.real(folder)?;
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.into(), real.clone());
        Ok(real)
    }

    /// Remembers that a folder at an absolute path is free of links, and to which repository it belongs, as a walk has seen.
    pub(crate) fn know(&self, folder: &Path, repository: Option<&Path>) {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.entry(folder.into()).or_insert_with(|| folder.to_owned());
        let mut repositories = self.repositories.lock().unwrap_or_else(PoisonError::into_inner);
        repositories.insert(folder.into(), repository.map(Path::to_owned));
    }

    /// The project that a file or folder in `dir` belongs to: the nearest folder upwards that holds `.git`; else the
    /// working directory, if `dir` is in it; else `dir`. `dir` has to be free of links.
    pub(crate) fn root(&self, dir: &Path) -> PathBuf {
        match self.repository(dir) {
            Some(repository) => repository,
            None if dir.starts_with(&self.dir) => self.dir.clone(),
            None => dir.to_owned(),
        }
    }

    /// The nearest folder upwards that holds `.git`. The file system is asked without the lock, for which others wait.
    pub(crate) fn repository(&self, dir: &Path) -> Option<PathBuf> {
        let repositories = || self.repositories.lock().unwrap_or_else(PoisonError::into_inner);
        let mut asked = Vec::new();
        let mut found = None;
        for folder in dir.ancestors() {
            if let Some(known) = repositories().get(folder.as_os_str()) {
                found.clone_from(known);
                break;
            }
            asked.push(folder);
            if folder.join(".git").symlink_metadata().is_ok() {
                found = Some(folder.to_owned());
                break;
            }
        }
        let mut repositories = repositories();
        for folder in asked {
            repositories.insert(folder.into(), found.clone());
        }
        found
    }
}

/// Whether a path is a folder or lies below it. Both are absolute, free of links, `.` and doubled separators, so that bytes tell what
/// [`Path::starts_with`] finds out component by component.
pub(crate) fn is_within(path: &Path, folder: &Path) -> bool {
    if cfg!(windows) {
        return path.starts_with(folder);
    }
    let (path, folder) = (path.as_os_str().as_encoded_bytes(), folder.as_os_str().as_encoded_bytes());
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.first().is_none_or(|&byte| byte == b'/') || folder.ends_with(b"/"))
}

/// A path as data: with `/`, and where it is not UTF-8 with replacement characters.
pub(crate) fn plain(path: &Path) -> Cow<'_, str> {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/").into() } else { text }
}

/// What stands before relative paths in reports.
static PREFIX: OnceLock<String> = OnceLock::new();

/// Sets what stands before relative paths in reports, once for the run. The folder `.` is none: services do not take `./x` for `x`.
pub(crate) fn set_prefix(prefix: &Path) {
    let prefix: PathBuf = prefix.components().filter(|part| *part != Component::CurDir).collect();
    let mut text = plain(&prefix).into_owned();
    if !text.is_empty() && !text.ends_with('/') {
        text.push('/');
    }
    // It is set once.
    let _ = PREFIX.set(text);
}

/// Whether something stands before relative paths.
pub(crate) fn has_prefix() -> bool {
    PREFIX.get().is_some()
}

/// A path as data of a report: with `/` and the prefix.
pub(crate) fn reported(path: &Path) -> String {
    match PREFIX.get() {
        Some(prefix) if path.is_relative() => format!("{prefix}{}", plain(path)),
        _ => plain(path).into_owned(),
    }
}

/// A path as a report for people shows it: as [`display`] does, with the prefix.
pub(crate) fn displayed(path: &Path) -> String {
    harmless(&reported(path))
}

/// A path as a message shows it: with `/`, and nothing in it that could steer a terminal or a CI service.
pub(crate) fn display(path: &Path) -> String {
    harmless(&plain(path))
}

fn harmless(text: &str) -> String {
    let text = printable(text);
    // A line of a log that starts like this is a command to GitHub Actions.
    if text.trim_start().starts_with("::") {
        return inert(&format!("./{text}")).into_owned();
    }
    inert(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Here, display, is_within};

    #[test]
    fn a_folder_holds_what_begins_with_its_whole_name() {
        let is = |path: &str, folder: &str| is_within(Path::new(path), Path::new(folder));
        assert!(is("/a/b", "/a") && is("/a", "/a") && is("/a", "/") && is("/", "/"));
        assert!(!is("/ab", "/a") && !is("/a", "/a/b") && !is("/", "/a"));
    }

    #[test]
    fn paths_are_shown_from_the_working_directory() {
        let here = Here::at("/work/dir".into());
        let shown = |path: &str| display(&here.shown(Path::new(path), Path::new("/nowhere")));
        assert_eq!(shown("./x"), "x");
        assert_eq!(shown("a//./b"), "a/b");
        assert_eq!(shown("/work/dir/a"), "a");
        assert_eq!(shown("/work/other"), "/work/other");
    }

    #[test]
    fn a_path_cannot_be_a_command_to_github() {
        assert_eq!(display(Path::new("::error::x")), "./::error::x");
        assert_eq!(display(Path::new(" ##[group]")), " \u{266f}#[group]");
        assert_eq!(display(Path::new("a\u{1b}b\n")), "a\u{241b}b\u{240a}");
    }
}
