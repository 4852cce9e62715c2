//! What `.gitignore` and its kin leave out of a walk.
//!
//! The order is that of Git (gitignore, "DESCRIPTION"): the file nearest to a path goes first, and in it the last pattern that matches;
//! then `.git/info/exclude`, then the user's own file. `.ignore` is read as ripgrep and others do, before all of them.

use std::ffi::OsStr;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::read::{self, Names, kind_of};

/// The largest file of patterns that is read, in bytes.
const LIMIT: u64 = 1024 * 1024;

/// The name of a repository's folder, or of the file that stands in for it.
pub(crate) const GIT: &str = ".git";

const FILE: &str = ".ignore";
const GITIGNORE: &str = ".gitignore";

/// The patterns that hold in a folder: its own, then those of the folders above it.
#[derive(Debug)]
pub(crate) struct Rules {
    above: Option<Arc<Rules>>,
    file: Gitignore,
    gitignore: Gitignore,
    exclude: Gitignore,
    /// Whether a repository begins here: the `.gitignore` of the folders above are not its own.
    is_repository: bool,
}

impl Rules {
    /// Those of the folders above `folder`, which has to be absolute and free of links.
    pub(crate) fn above(folder: &Path) -> Option<Arc<Self>> {
        let mut folders: Vec<&Path> = folder.ancestors().skip(1).collect();
        folders.reverse();
        folders.into_iter().fold(None, |above, folder| {
            let kind = |name: &str| folder.join(name).symlink_metadata().ok().map(|metadata| metadata.file_type());
            Self::of(above, folder, kind)
        })
    }

    /// Those of a folder in which these names were found, sorted by name. Nothing is read that is not there.
    pub(crate) fn within(above: Option<&Arc<Self>>, folder: &Path, names: &Names) -> Option<Arc<Self>> {
        Self::of(above.cloned(), folder, |name| kind_of(names, OsStr::new(name)))
    }

    fn of(above: Option<Arc<Self>>, folder: &Path, kind: impl Fn(&str) -> Option<FileType>) -> Option<Arc<Self>> {
        let patterns = |name: &str| match kind(name) {
            Some(_) => patterns(folder, &folder.join(name)),
            None => Gitignore::empty(),
        };
        let (file, gitignore) = (patterns(FILE), patterns(GITIGNORE));
        let git = kind(GIT);
        let exclude = git.and_then(|kind| common_folder(folder.join(GIT), kind));
        let exclude = exclude.map_or_else(Gitignore::empty, |git| self::patterns(folder, &git.join("info/exclude")));
        let is_repository = git.is_some();
        let is_new =
            ![&file, &gitignore, &exclude].iter().all(|it| it.is_empty()) || (is_repository && above.is_some());
        if !is_new {
            return above;
        }
        Some(Arc::new(Self { above, file, gitignore, exclude, is_repository }))
    }
}

/// Whether a path is ignored. `rules` are those of the folder that it is in, `global` the user's own; the path is absolute.
pub(crate) fn is_ignored(rules: Option<&Rules>, global: &Gitignore, path: &Path, is_dir: bool) -> bool {
    if rules.is_none() && global.is_empty() {
        return false;
    }
    let (mut by_file, mut by_gitignore, mut by_exclude) = (Match::None, Match::None, Match::None);
    let mut is_own = true;
    for level in std::iter::successors(rules, |rules| rules.above.as_deref()) {
        let ask = |patterns: &Gitignore| patterns.matched(path, is_dir).map(|_| ());
        if by_file.is_none() {
            by_file = ask(&level.file);
        }
        if is_own && by_gitignore.is_none() {
            by_gitignore = ask(&level.gitignore);
        }
        if is_own && by_exclude.is_none() {
            by_exclude = ask(&level.exclude);
        }
        is_own &= !level.is_repository;
    }
    let by_user = global.matched(path, is_dir).map(|_| ());
    by_file.or(by_gitignore).or(by_exclude).or(by_user).is_ignore()
}

/// The user's own patterns: `core.excludesFile`, or where Git looks without it.
pub(crate) fn global() -> Gitignore {
    Gitignore::global().0
}

/// The patterns of a file, which hold below `folder`. A pattern that is none is passed over, as by Git.
fn patterns(folder: &Path, file: &Path) -> Gitignore {
    let Ok(bytes) = read::small_file(file, LIMIT) else { return Gitignore::empty() };
    let mut builder = GitignoreBuilder::new(folder);
    for line in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines() {
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The folder that a repository shares among its worktrees (gitrepository-layout, "gitfile" and "commondir").
fn common_folder(git: PathBuf, kind: FileType) -> Option<PathBuf> {
    if !kind.is_file() {
        return Some(git);
    }
    let line = |file: &Path| {
        let text = String::from_utf8(read::small_file(file, LIMIT).ok()?).ok()?;
        Some(text.lines().next()?.to_owned())
    };
    let folder = git.parent()?.join(line(&git)?.strip_prefix("gitdir: ")?);
    // That of a submodule has none: it is its own.
    Some(match line(&folder.join("commondir")) {
        Some(common) => folder.join(common),
        None => folder,
    })
}
