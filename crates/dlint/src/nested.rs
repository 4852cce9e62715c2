//! Configuration files below the working directory: each file goes by the nearest one upwards, as it does in an editor.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_linter::Language;
use dlint_linter::config::foreign::Tool;
use dlint_syntax::hash::{HashMap, HashMapExt};

use crate::args::CheckArgs;
use crate::discover::{Found, Target};
use crate::failure::Failure;
use crate::paths::Here;
use crate::settings::{Basis, Settings, foreign_beside, own_file};

/// What holds in folders that go by other configuration files than the working directory does.
#[derive(Debug, Default)]
pub(crate) struct Nested(HashMap<PathBuf, Arc<Settings>>);

impl Nested {
    /// Reads the configuration files of the files that were found, and takes out what they exclude. Nothing is looked for where the command
    /// line says which one holds, or none.
    pub(crate) fn read(args: &CheckArgs, here: &Here, base: &Settings, found: &mut Found) -> Result<Self, Failure> {
        if args.config.is_some() || args.no_config {
            return Ok(Self::default());
        }
        let mut nearest: HashMap<PathBuf, Option<PathBuf>> = HashMap::new();
        let mut read: HashMap<Basis, Arc<Settings>> = HashMap::new();
        let mut nested = Self::default();
        for target in &found.targets {
            let folder = target.real.parent().unwrap_or(&target.real);
            if nested.0.contains_key(folder) {
                continue;
            }
            let basis = match find(folder, &mut nearest) {
                Some(file) => Basis::Own(file),
                None if args.no_compat || !needs_foreign(target, here) => continue,
                None => Basis::foreign(folder, args, here),
            };
            if basis == base.basis {
                continue;
            }
            let settings = match read.get(&basis) {
                Some(settings) => Arc::clone(settings),
                None => Arc::new(Settings::of_basis(basis.clone(), args, here)?),
            };
            read.insert(basis, Arc::clone(&settings));
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

    /// The settings of a folder, if they are others than those of the working directory.
    pub(crate) fn settings(&self, folder: Option<&Path>) -> Option<&Settings> {
        self.0.get(folder?).map(Arc::as_ref)
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Settings> {
        self.0.values().map(Arc::as_ref)
    }
}

/// Whether other files of other linters may hold for a file than for the working directory: it lies outside of that, or compose-lint has its
/// own beside a Compose file.
fn needs_foreign(target: &Target, here: &Here) -> bool {
    let folder = target.real.parent().unwrap_or(&target.real);
    let is_compose = target.language == Some(Language::Compose);
    !folder.starts_with(here.dir()) || (is_compose && foreign_beside(Tool::ComposeLint, folder).is_some())
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
