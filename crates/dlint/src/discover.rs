//! Which files a run is about.

use std::cmp::Ordering;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dlint_linter::Language;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::suggest::nearest;

use crate::content;
use crate::paths::{Here, display};
use crate::read::{explain, not_a_file};
use crate::settings::Excludes;
use crate::walk::{Folder, walk};

/// A file to lint.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// Where it lies, free of links.
    pub(crate) real: PathBuf,
    /// The path that it goes by in reports; relative paths in the file are meant from its folder.
    pub(crate) shown: PathBuf,
    /// Its language, where the name tells.
    pub(crate) language: Option<Language>,
    /// Whether somebody named it, rather than a folder that it lies in.
    pub(crate) given: bool,
    /// Whether `shown` is a link to it.
    pub(crate) link: bool,
}

/// Something about a file that is not a finding in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Note {
    /// The file's path in reports.
    pub(crate) path: PathBuf,
    /// What about it: reads on after the path.
    pub(crate) message: String,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The files, in the order of their paths in reports, none twice.
    pub(crate) targets: Vec<Target>,
    /// What looked like something to lint and was left out, with the reason.
    pub(crate) skipped: Vec<Note>,
    /// What could not be looked at.
    pub(crate) problems: Vec<Note>,
    /// Whether a file was left out because the configuration says so.
    pub(crate) excluded: bool,
    /// What is in the folders of the files, where a walk led to them.
    pub(crate) folders: Vec<Folder>,
}

/// Finds the files that `paths` name, and those below the folders that they name.
pub(crate) fn discover(paths: &[PathBuf], excludes: &Excludes, force_exclude: bool, here: &Here) -> Found {
    let mut found = Found::default();
    for path in paths {
        match given(path, here) {
            Err(message) => found.problems.push(Note { path: path.clone(), message }),
            Ok((target, is_dir)) if force_exclude && is_excluded(&target, is_dir, excludes, here) => {
                found.excluded = true;
                if !is_dir {
                    let message = "is excluded by the configuration".to_owned();
                    found.skipped.push(Note { path: target.shown, message });
                }
            }
            Ok((target, true)) => walk(path, &target, excludes, here, &mut found),
            Ok((target, false)) => found.targets.push(target),
        }
    }
    unique(&mut found.targets);
    for notes in [&mut found.skipped, &mut found.problems] {
        notes.sort();
        notes.dedup();
    }
    found
}

fn is_excluded(target: &Target, is_dir: bool, excludes: &Excludes, here: &Here) -> bool {
    excludes.contains(&target.real, is_dir) || excludes.contains(&here.absolute(&target.shown), is_dir)
}

/// Looks at a path that somebody named; also says whether it is a folder.
fn given(path: &Path, here: &Here) -> Result<(Target, bool), String> {
    let look = || {
        let link = fs::symlink_metadata(path)?.is_symlink();
        Ok((fs::metadata(path)?, fs::canonicalize(path)?, link))
    };
    let (metadata, real, link) = look().map_err(|error: io::Error| missing(path, &error))?;
    if !metadata.is_dir() && !metadata.is_file() {
        return Err(not_a_file(metadata.file_type()));
    }
    let shown = here.shown(path, &real);
    let language = content::by_name(path).or_else(|| content::by_name(&real));
    Ok((Target { real, shown, language, given: true, link }, metadata.is_dir()))
}

/// Says why a path that somebody named leads to nothing, and what may have been meant.
fn missing(path: &Path, error: &io::Error) -> String {
    const COMMANDS: [&str; 8] = ["check", "config", "explain", "init", "lsp", "rules", "show", "completions"];
    let message = explain(path, error);
    if error.kind() != io::ErrorKind::NotFound || fs::symlink_metadata(path).is_ok() {
        return message;
    }
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return message };
    if path.components().count() == 1 && COMMANDS.contains(&name) {
        return format!("{message}; if you mean the command, its name comes before all options");
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    if let Some(near) = nearest(name, names.iter().map(String::as_str)) {
        return format!("{message}; did you mean `{}`?", display(&path.with_file_name(near)));
    }
    match nearest(name, COMMANDS).filter(|_| path.components().count() == 1) {
        Some(command) => format!("{message}; did you mean the command `dlint {command}`?"),
        None => message,
    }
}

/// The order of paths, component by component, for paths without `.` and doubled separators. Comparing bytes takes a tenth of the time that
/// comparing components does.
fn compare(a: &Path, b: &Path) -> Ordering {
    if cfg!(windows) {
        return a.cmp(b);
    }
    let (a, b) = (a.as_os_str().as_encoded_bytes(), b.as_os_str().as_encoded_bytes());
    // Most begin with the same folders.
    let same = 16 * a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0).take_while(|(a, b)| a == b).count();
    let at = a[same..].iter().zip(&b[same..]).position(|(a, b)| a != b).map(|at| same + at);
    // A separator ends a name, and so goes before whatever goes on with it.
    let key = |bytes: &[u8], at: usize| bytes.get(at).map(|&byte| if byte == b'/' { 0 } else { byte });
    let at = at.unwrap_or(a.len().min(b.len()));
    key(a, at).cmp(&key(b, at))
}

/// Sorts by path and leaves of each file one: preferably as it was given, preferably not through a link.
fn unique(targets: &mut Vec<Target>) {
    targets.sort_by(|a, b| compare(&a.shown, &b.shown));
    let mut best: HashMap<&OsStr, usize> = HashMap::with_capacity(targets.len());
    let rank = |target: &Target| (target.given, !target.link);
    for (index, target) in targets.iter().enumerate() {
        best.entry(target.real.as_os_str())
            .and_modify(|other| {
                if rank(target) > rank(&targets[*other]) {
                    *other = index;
                }
            })
            .or_insert(index);
    }
    let mut keep: Vec<bool> = vec![false; targets.len()];
    for index in best.into_values() {
        keep[index] = true;
    }
    let mut keep = keep.into_iter();
    targets.retain(|_| keep.next().unwrap_or(false));
}

#[cfg(test)]
mod tests {
    use super::{Target, unique};

    #[test]
    fn each_file_once() {
        let target = |shown: &str, real: &str, given, link| Target {
            real: real.into(),
            shown: shown.into(),
            language: None,
            given,
            link,
        };
        let mut targets = vec![
            target("b", "/b", false, false),
            target("a-link", "/b", false, true),
            target("c", "/c", false, false),
            target("d", "/c", true, true),
            target("c", "/c", false, false),
        ];
        unique(&mut targets);
        let left: Vec<_> = targets.iter().map(|it| it.shown.to_str()).collect();
        assert_eq!(left, [Some("b"), Some("d")]);
    }
}
