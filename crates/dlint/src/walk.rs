//! Walking a folder: the files below it that may be something to lint, and what else is beside them, which the walk of the crate `ignore` does
//! not tell: rules ask for it, and the system need not be asked again.

use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use dlint_linter::Language;
use ignore::gitignore::Gitignore;
use rayon::Scope;

use crate::content;
use crate::discover::{Found, Note, Target};
use crate::ignored::{GIT, Rules, global, is_ignored};
use crate::paths::Here;
use crate::read::{self, Names, explain, kind_of, not_a_file};
use crate::settings::Excludes;
use crate::threads;

/// With fewer folders to look into, starting threads costs more than they save.
const PARALLEL: usize = 16;

/// So many folders are looked into before there are threads: a deep and narrow tree never has many open at a time.
const MOST_ALONE: usize = 64;

/// What is in a folder that has something to lint.
#[derive(Debug)]
pub(crate) struct Folder {
    /// Where it lies, free of links.
    pub(crate) real: PathBuf,
    /// All that is in it, ignored or not, sorted by name.
    pub(crate) names: Names,
}

/// Finds the files below a folder that somebody named by `path`. What `.gitignore` names is left out, what is hidden is not:
/// `.devcontainer/Dockerfile` is as good as any. Links to folders are not followed, so a walk always ends.
pub(crate) fn walk(path: &Path, folder: &Target, excludes: &Excludes, here: &Here, found: &mut Found) {
    let walk = Walk {
        path,
        folder,
        excludes,
        here,
        root: here.root(&folder.real),
        global: global(),
        found: Mutex::new(std::mem::take(found)),
    };
    let repository = here.repository(&folder.real).map(Arc::from);
    let mut pending = vec![Pending { below: PathBuf::new(), rules: Rules::above(&folder.real), repository }];
    let mut looked_into = 0;
    while pending.len() < PARALLEL
        && looked_into < MOST_ALONE
        && let Some(next) = pending.pop()
    {
        pending.extend(walk.look_into(&next));
        looked_into += 1;
    }
    if !pending.is_empty() {
        threads::start();
        let walk = &walk;
        rayon::scope(|scope| pending.into_iter().for_each(|next| scope.spawn(move |scope| walk.go_on(scope, &next))));
    }
    *found = walk.found.into_inner().unwrap_or_else(PoisonError::into_inner);
}

struct Walk<'w> {
    /// What somebody named.
    path: &'w Path,
    folder: &'w Target,
    excludes: &'w Excludes,
    here: &'w Here,
    /// The project's folder, out of which no link may lead.
    root: PathBuf,
    global: Gitignore,
    found: Mutex<Found>,
}

/// A folder that is to be looked into.
struct Pending {
    /// Its path from where the walk begins.
    below: PathBuf,
    /// The patterns of the folders above it.
    rules: Option<Arc<Rules>>,
    /// The repository that it belongs to, unless it is one itself.
    repository: Option<Arc<Path>>,
}

impl Walk<'_> {
    fn go_on<'s>(&'s self, scope: &Scope<'s>, folder: &Pending) {
        for next in self.look_into(folder) {
            scope.spawn(move |scope| self.go_on(scope, &next));
        }
    }

    /// Looks into a folder; hands back the folders in it.
    fn look_into(&self, folder: &Pending) -> Vec<Pending> {
        let real = joined(&self.folder.real, &folder.below);
        let (names, mut problems) = self.list(&real, &folder.below);
        let rules = Rules::within(folder.rules.as_ref(), &real, &names);
        let is_repository = kind_of(&names, OsStr::new(GIT)).is_some();
        let repository = if is_repository { Some(Arc::from(real.as_path())) } else { folder.repository.clone() };
        let (mut folders, mut targets, mut skipped, mut excluded) = (Vec::new(), Vec::new(), Vec::new(), false);
        for &(ref name, kind) in &names {
            if name == GIT {
                continue;
            }
            let below = joined(&folder.below, name);
            let is_candidate = !kind.is_dir() && content::is_candidate(&below);
            if !kind.is_dir() && !is_candidate {
                continue;
            }
            let real = joined(&real, name);
            if is_ignored(rules.as_deref(), &self.global, &real, kind.is_dir()) {
                continue;
            }
            if !self.excludes.is_empty() && self.excludes.contains(&real, kind.is_dir()) {
                excluded |= is_candidate || content::is_candidate(&below);
            } else if kind.is_dir() {
                folders.push(Pending { below, rules: rules.clone(), repository: repository.clone() });
            } else {
                match self.target(real, &below, kind) {
                    Some(Ok(target)) => targets.push(target),
                    Some(Err(note)) => skipped.push(note),
                    None => {}
                }
            }
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if !targets.is_empty() && problems.is_empty() {
            self.here.know(&real, repository.as_deref());
            found.folders.push(Folder { real, names });
        }
        found.targets.append(&mut targets);
        found.skipped.append(&mut skipped);
        found.problems.append(&mut problems);
        found.excluded |= excluded;
        folders
    }

    /// All that is in a folder, and what went wrong.
    fn list(&self, real: &Path, below: &Path) -> (Names, Vec<Note>) {
        let (names, errors) = match read::folder(real, usize::MAX) {
            Ok(read) => read,
            Err(error) => (Names::new(), vec![error]),
        };
        let note = |error: io::Error| {
            let path = joined(self.path, below);
            Note { path: path.strip_prefix(".").unwrap_or(&path).to_owned(), message: explain(real, &error) }
        };
        (names, errors.into_iter().map(note).collect())
    }

    /// A file that may be something to lint; `None` for a link to a folder.
    fn target(&self, real: PathBuf, below: &Path, kind: FileType) -> Option<Result<Target, Note>> {
        let shown = joined(&self.folder.shown, below);
        let language: Option<Language> = content::by_name(below);
        let skip = |shown, message: &str| Some(Err(Note { path: shown, message: message.to_owned() }));
        if kind.is_file() {
            return Some(Ok(Target { real, shown, language, given: false, link: false }));
        }
        if !kind.is_symlink() {
            return skip(shown, &not_a_file(kind));
        }
        match fs::canonicalize(&real) {
            Err(error) => skip(shown, &explain(&real, &error)),
            Ok(goal) if !goal.starts_with(&self.root) => skip(shown, "is a link out of the project"),
            Ok(real) if real.is_file() => Some(Ok(Target { real, shown, language, given: false, link: true })),
            Ok(_) => None,
        }
    }
}

/// A path below another, which is that itself where there is nothing to add: joined, it would end with a separator. Allocates once.
fn joined(path: &Path, below: impl AsRef<Path>) -> PathBuf {
    let below = below.as_ref();
    let mut joined = PathBuf::with_capacity(path.as_os_str().len() + below.as_os_str().len() + 1);
    joined.push(path);
    if !below.as_os_str().is_empty() {
        joined.push(below);
    }
    joined
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use ignore::WalkBuilder;

    use crate::args::CheckArgs;
    use crate::discover::{Found, discover};
    use crate::paths::Here;
    use crate::settings::{Basis, Settings};

    /// A folder with these files.
    fn tree(files: &[(&str, &str)]) -> (tempfile::TempDir, PathBuf) {
        let guard = tempfile::tempdir().unwrap();
        let dir = guard.path().canonicalize().unwrap();
        for (path, text) in files {
            let path = dir.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        (guard, dir)
    }

    fn found(dir: &Path) -> Found {
        let here = Here::at(dir.to_owned());
        let settings = Settings::of_basis(Basis::Nothing, &CheckArgs::default(), &here).unwrap();
        discover(&[dir.to_owned()], &settings.excludes, false, &here)
    }

    fn shown(dir: &Path) -> Vec<String> {
        found(dir).targets.iter().map(|target| target.shown.to_str().unwrap().to_owned()).collect()
    }

    /// What the walk of the library, which does not tell what else it saw, finds below a folder.
    fn by_library(dir: &Path) -> BTreeSet<PathBuf> {
        let walk = WalkBuilder::new(dir).hidden(false).require_git(false).build();
        let files = walk.map(Result::unwrap).filter(|entry| entry.path().ends_with("Dockerfile"));
        files.map(|entry| entry.path().to_owned()).collect()
    }

    #[test]
    fn patterns_hold_as_the_library_has_them() {
        const PATTERNS: [&str; 16] = [
            "a",
            "/a",
            "a/",
            "!a",
            "!/a/b",
            "a/b",
            "**/b",
            "b/**",
            "*",
            "!*/",
            "!Dockerfile",
            "Docker*",
            "/*/a",
            "# a",
            "\\!a",
            ".ignore",
        ];
        let mut random = fastrand::Rng::with_seed(7);
        let mut kept = 0;
        for _ in 0..120 {
            let (_guard, dir) = tree(&[]);
            for folder in ["", "a", "b", "a/a", "a/b", "b/a", "b/b", "a/b/a", "a/b/.a"] {
                let folder = dir.join(folder);
                fs::create_dir_all(&folder).unwrap();
                fs::write(folder.join("Dockerfile"), "FROM a\n").unwrap();
                for name in [".gitignore", ".ignore"] {
                    if random.u8(0..4) == 0 {
                        let lines: Vec<&str> =
                            (0..random.u8(1..4)).map(|_| PATTERNS[random.usize(0..PATTERNS.len())]).collect();
                        fs::write(folder.join(name), format!("\u{feff}{}\r\n", lines.join("\n"))).unwrap();
                    }
                }
            }
            fs::create_dir_all(dir.join(".git/info")).unwrap();
            fs::write(dir.join(".git/info/exclude"), PATTERNS[random.usize(0..PATTERNS.len())]).unwrap();
            // From below, what stands above holds too.
            for begin in [dir.clone(), dir.join("a/b")] {
                let ours: BTreeSet<PathBuf> = found(&begin).targets.into_iter().map(|target| target.real).collect();
                assert_eq!(ours, by_library(&begin), "{:?}", fs::read_to_string(dir.join(".gitignore")));
                kept += ours.len();
            }
        }
        assert!(kept > 200, "most of it is not ignored: {kept}");
    }

    #[test]
    fn a_repository_in_another_does_not_go_by_the_patterns_of_that() {
        let (_guard, dir) = tree(&[
            (".git/HEAD", ""),
            (".gitignore", "built\n"),
            ("built/Dockerfile", "FROM a\n"),
            ("inner/.git", "gitdir: ../.git/modules/inner\n"),
            ("inner/built/Dockerfile", "FROM a\n"),
            ("inner/Dockerfile", "FROM a\n"),
            ("inner/old/Dockerfile", "FROM a\n"),
            (".git/modules/inner/info/exclude", "old\n"),
        ]);
        assert_eq!(shown(&dir), ["inner/Dockerfile", "inner/built/Dockerfile"]);
        assert_eq!(shown(&dir.join("inner/built")), ["Dockerfile"]);
    }

    #[test]
    fn worktrees_share_what_is_excluded() {
        let (_guard, dir) = tree(&[
            ("main/.git/info/exclude", "old\n"),
            ("main/.git/worktrees/other/commondir", "../..\n"),
            ("other/.git", "gitdir: ../main/.git/worktrees/other\n"),
            ("other/Dockerfile", "FROM a\n"),
            ("other/old/Dockerfile", "FROM a\n"),
        ]);
        assert_eq!(shown(&dir.join("other")), ["Dockerfile"]);
    }

    #[test]
    fn many_folders_are_walked_by_all_threads() {
        let names: Vec<String> = (0..300).map(|number| format!("{}/{number:03}/Dockerfile", number % 7)).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "FROM a\n")).collect();
        let (_guard, dir) = tree(&files);
        let mut expected = names.clone();
        expected.sort();
        assert_eq!(shown(&dir), expected);
        assert_eq!(found(&dir).folders.len(), 300);
        // One below the other, so that hardly any waits to be looked into.
        let (_guard, dir) =
            tree(&[(&format!("{}Dockerfile", "d/".repeat(100)), "FROM a\n"), ("Dockerfile", "FROM a\n")]);
        assert_eq!(shown(&dir).len(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_told_and_waits_for_nobody() {
        use std::os::unix::fs::PermissionsExt;
        let (_guard, dir) = tree(&[("Dockerfile", "FROM a\n"), ("closed/Dockerfile", "FROM a\n")]);
        let made = std::process::Command::new("mkfifo").arg(dir.join(".gitignore")).status().unwrap();
        assert!(made.success());
        fs::set_permissions(dir.join("closed"), fs::Permissions::from_mode(0o000)).unwrap();
        let readable = fs::read_dir(dir.join("closed")).is_ok();
        let found = found(&dir);
        let problems: Vec<_> = found.problems.iter().map(|note| (note.path.clone(), note.message.as_str())).collect();
        // Whoever may do everything may read it, too.
        if readable {
            assert_eq!((problems, found.targets.len()), (vec![], 2));
        } else {
            assert_eq!(problems, [(dir.join("closed"), "may not be read: permission denied")]);
            assert_eq!(found.targets.len(), 1);
        }
    }
}
