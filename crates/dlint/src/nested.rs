//! Configuration files below the working directory: each file goes by the nearest one upwards, as it does in an editor.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_linter::Config;

use crate::args::CheckArgs;
use crate::discover::Found;
use crate::paths::Here;
use crate::settings::{Settings, own_file};

/// What holds in folders that go by another configuration file than the working directory does.
#[derive(Debug, Default)]
pub(crate) struct Nested(HashMap<PathBuf, Arc<Settings>>);

impl Nested {
    /// Reads the configuration files of the files that were found, and takes out what they exclude. Nothing is looked for where the command
    /// line says which one holds, or none.
    pub(crate) fn read(args: &CheckArgs, here: &Here, base: &Settings, found: &mut Found) -> Result<Self, String> {
        if args.config.is_some() || args.no_config {
            return Ok(Self::default());
        }
        let mut nearest: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
        let mut read: HashMap<Option<PathBuf>, Arc<Settings>> = HashMap::new();
        let mut nested = Self::default();
        for target in &found.targets {
            let folder = target.real.parent().unwrap_or(&target.real);
            if nearest.contains_key(folder) {
                continue;
            }
            let file = find(folder, &mut nearest);
            if file == base.file {
                continue;
            }
            let settings = match read.get(&file) {
                Some(settings) => Arc::clone(settings),
                None => Arc::new(Settings::of_file(file.clone(), args, here)?),
            };
            read.insert(file, Arc::clone(&settings));
            nested.0.insert(folder.to_owned(), settings);
        }
        let before = found.targets.len();
        found.targets.retain(|target| {
            let excludes = nested.settings(target.real.parent()).map(|settings| &settings.excludes);
            // What somebody named is linted unless they said otherwise.
            let counts = !target.given || args.force_exclude;
            !(counts && excludes.is_some_and(|excludes| excludes.contains(&target.real, false)))
        });
        found.excluded |= found.targets.len() < before;
        Ok(nested)
    }

    fn settings(&self, folder: Option<&Path>) -> Option<&Settings> {
        self.0.get(folder?).map(Arc::as_ref)
    }

    /// The rules that hold in a folder, if they are others than those of the working directory.
    pub(crate) fn config(&self, folder: &Path) -> Option<&Config> {
        self.settings(Some(folder)).map(|settings| &settings.config)
    }
}

/// The nearest configuration file upwards of a folder; each folder is looked into once.
fn find(folder: &Path, known: &mut HashMap<PathBuf, Option<PathBuf>>) -> Option<PathBuf> {
    let mut asked = Vec::new();
    let mut found = None;
    for folder in folder.ancestors() {
        if let Some(file) = known.get(folder) {
            found.clone_from(file);
            break;
        }
        asked.push(folder);
        found = own_file(folder);
        if found.is_some() {
            break;
        }
    }
    known.extend(asked.into_iter().map(|folder| (folder.to_owned(), found.clone())));
    found
}
