//! Configuration files of other linters, which hold where dlint has none.

use std::path::{Path, PathBuf};

use dlint_linter::config::foreign::Tool;

use crate::paths::Here;
use crate::read;

/// The configuration files of other linters that hold in a folder. Of each linter it is the nearest upwards from the working directory,
/// within the project, or what the project has at its root if the folder lies elsewhere: they look where they are started. compose-lint looks beside the Compose file
/// first.
pub(crate) fn foreign_files(folder: &Path, here: &Here) -> Vec<(Tool, PathBuf)> {
    let is_here = folder.starts_with(here.dir());
    let root = here.root(if is_here { here.dir() } else { folder });
    let start = if is_here { here.dir() } else { &root };
    let upwards = || start.ancestors().take_while(|folder| folder.starts_with(&root));
    let find = |tool| {
        let own = (tool == Tool::ComposeLint).then(|| foreign_beside(tool, folder)).flatten();
        own.or_else(|| upwards().find_map(|folder| foreign_beside(tool, folder)))
    };
    Tool::ALL.into_iter().filter_map(|tool| Some((tool, find(tool)?))).collect()
}

/// The configuration file of a linter in a folder.
pub(crate) fn foreign_beside(tool: Tool, folder: &Path) -> Option<PathBuf> {
    let paths = tool.files().iter().map(|name| (*name, folder.join(name)));
    // One that cannot be read is told of by who reads it.
    let is_told = |name: &str, path: &Path| {
        read::file(path).is_ok_and(|bytes| tool.is_told_by(name, &String::from_utf8_lossy(&bytes)))
    };
    paths
        .filter(|(_, path)| path.is_file())
        .find(|(name, path)| tool != Tool::Dclint || is_told(name, path))
        .map(|(_, path)| path)
}
