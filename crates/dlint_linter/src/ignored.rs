//! Whether Git leaves a path out of the repository, so that it may be missing in one checkout and be there in another.

use std::path::Path;

use ignore::gitignore::GitignoreBuilder;

use crate::check::Files;
use crate::compose::normalize_path;

/// Whether a `.gitignore` of the project names the path or a folder that it lies in, or the path lies in a submodule. `.gitignore` files
/// above the folder that paths are relative to are not seen.
pub(crate) fn is_left_out(path: &Path, files: &dyn Files) -> bool {
    let path = normalize_path(path);
    if path.has_root() || path.starts_with("..") {
        return false;
    }
    for folder in path.ancestors().skip(1) {
        let Ok(inner) = path.strip_prefix(folder) else { continue };
        if let Some(text) = files.text(&folder.join(".gitmodules"))
            && text.lines().filter_map(submodule).any(|module| inner.starts_with(module))
        {
            return true;
        }
        let Some(text) = files.text(&folder.join(".gitignore")) else { continue };
        let mut builder = GitignoreBuilder::new("");
        for line in text.lines() {
            // A line that is no pattern ignores nothing.
            let _ = builder.add_line(None, line);
        }
        let Ok(patterns) = builder.build() else { continue };
        let matched = |is_folder| patterns.matched_path_or_any_parents(inner, is_folder);
        if matched(false).is_ignore() || matched(true).is_ignore() {
            return true;
        }
    }
    false
}

/// The path of a submodule.
fn submodule(line: &str) -> Option<&str> {
    let path = line.trim().strip_prefix("path")?.trim_start().strip_prefix('=')?.trim();
    (!path.is_empty()).then_some(path)
}
