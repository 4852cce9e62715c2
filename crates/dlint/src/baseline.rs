//! A baseline: the findings that a project has and knows of, so that only new ones are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use dlint_linter::fingerprint::fingerprints;
use dlint_linter::{Checked, Config, Diagnostic, Document, RuleId};
use serde::{Deserialize, Serialize};

use crate::paths::{Here, display, plain};
use crate::read;
use crate::reports::is_source;

/// The version of the file's format.
const VERSION: u32 = 1;

/// The findings that are known: by file, named from the top of the project, so that neither the working directory nor the place of the
/// baseline matters; and there by rule and fingerprint (`root-user:0123456789abcdef:1`).
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Baseline {
    version: u32,
    files: BTreeMap<String, BTreeSet<String>>,
}

/// What a baseline says of a file.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// How many findings of the file were known.
    pub(crate) known: usize,
    /// How many entries of the file were found no more.
    pub(crate) stale: usize,
}

impl Baseline {
    /// Reads a file.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let wrong = |message: String| format!("--baseline: `{}` {message}", display(path));
        let hint = if path.exists() { "" } else { "; `--write-baseline` writes one" };
        let bytes = read::file(path).map_err(|message| wrong(format!("{message}{hint}")))?;
        let baseline: Self =
            serde_json::from_slice(&bytes).map_err(|error| wrong(format!("is no baseline: {error}")))?;
        if baseline.version != VERSION {
            return Err(wrong(format!("is of version {}, and this dlint reads version {VERSION}", baseline.version)));
        }
        Ok(baseline)
    }

    /// Of the entries of files.
    pub(crate) fn of(files: impl Iterator<Item = (String, BTreeSet<String>)>) -> Self {
        Self { version: VERSION, files: files.filter(|(_, entries)| !entries.is_empty()).collect() }
    }

    /// Keeps what an older one knows of files that lie in none of the folders, and are none of the files, that were looked at.
    pub(crate) fn keep(&mut self, older: Self, looked_at: &[PathBuf], here: &Here) {
        let root = here.root(here.dir());
        let is_outside = |name: &str| {
            let path = root.join(name);
            path.exists() && !looked_at.iter().any(|it| path.starts_with(it))
        };
        self.files.extend(older.files.into_iter().filter(|(name, _)| is_outside(name)));
    }

    /// How many findings it has.
    pub(crate) fn len(&self) -> usize {
        self.files.values().map(BTreeSet::len).sum()
    }

    /// Whether it may be written to a file: what dlint reads is not overwritten.
    pub(crate) fn check_goal(path: &Path) -> Result<(), String> {
        if path.as_os_str() == "-" {
            return Err("--baseline: `-` is no file; name one".to_owned());
        }
        if is_source(path) {
            return Err(format!("--baseline: `{}` is read by dlint, and a baseline would overwrite it", display(path)));
        }
        Ok(())
    }

    /// Writes a file, an entry a line, so that changes can be merged.
    pub(crate) fn write(&self, path: &Path) -> Result<(), String> {
        let mut text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        text.push('\n');
        fs::write(path, text).map_err(|error| format!("--baseline: `{}` cannot be written: {error}", display(path)))
    }

    /// Takes the known findings out of those of a document.
    pub(crate) fn filter(&self, document: &Document, config: &Config, here: &Here, checked: &mut Checked) -> Known {
        let Some(known) = self.files.get(&name(document.path(), here)) else { return Known::default() };
        let keys = keys(document, checked);
        let mut fresh = keys.iter().map(|key| !known.contains(key));
        let count = checked.diagnostics.len();
        checked.diagnostics.retain(|_| fresh.next().unwrap_or(true));
        let found: BTreeSet<&String> = keys.iter().collect();
        // What is not looked for is not found.
        let is_on = |key: &str| {
            let rule = key.split(':').next().and_then(RuleId::of_name);
            rule.is_none_or(|rule| config.enabled.contains(rule))
        };
        let stale = known.iter().filter(|key| !found.contains(key) && is_on(key)).count();
        Known { known: count - checked.diagnostics.len(), stale }
    }

    /// How many entries are of files that are gone.
    pub(crate) fn gone(&self, here: &Here) -> usize {
        let root = here.root(here.dir());
        self.files.iter().filter(|(path, _)| !root.join(path).exists()).map(|(_, entries)| entries.len()).sum()
    }
}

/// The entries of a document's findings.
pub(crate) fn entries(document: &Document, here: &Here, checked: &Checked) -> (String, BTreeSet<String>) {
    let mut keys = keys(document, checked);
    keys.truncate(checked.diagnostics.len());
    (name(document.path(), here), keys.into_iter().collect())
}

/// The name of a file: from the top of the project that the working directory is in.
fn name(path: &Path, here: &Here) -> String {
    let absolute = here.absolute(path);
    let root = here.root(here.dir());
    plain(absolute.strip_prefix(root).unwrap_or(&absolute)).into_owned()
}

/// The keys of all findings, those that are suppressed after the others.
fn keys(document: &Document, checked: &Checked) -> Vec<String> {
    let all = checked.diagnostics.iter().chain(checked.suppressed.iter().map(|it| &it.diagnostic));
    let fingerprints = fingerprints(document, all.clone());
    let key = |(diagnostic, fingerprint): (&Diagnostic, String)| format!("{}:{fingerprint}", diagnostic.rule().name);
    all.zip(fingerprints).map(key).collect()
}
