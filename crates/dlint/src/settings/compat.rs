//! Configuration files of other linters, which hold where dlint has none.

use std::path::{Path, PathBuf};

use dlint_linter::config::foreign::Tool;

use crate::paths::Here;

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
    tool.files().iter().map(|name| folder.join(name)).find(|path| path.is_file())
}
