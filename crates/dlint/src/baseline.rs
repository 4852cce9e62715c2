//! A baseline: the findings that a project has and knows of, so that only new ones are reported.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dlint_linter::fingerprint::fingerprints;
use dlint_linter::{Checked, Config, Diagnostic, Document, RuleId};
use serde::{Deserialize, Serialize};

use crate::paths::{display, plain};
use crate::read;

/// The version of the file's format.
const VERSION: u32 = 1;

/// The findings that are known: by file, and there by rule and fingerprint (`root-user:0123456789abcdef:1`).
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
        let bytes = read::file(path).map_err(|message| wrong(format!("{message}; `--write-baseline` writes one")))?;
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

    /// How many findings it has.
    pub(crate) fn len(&self) -> usize {
        self.files.values().map(BTreeSet::len).sum()
    }

    /// Writes a file, an entry a line, so that changes can be merged.
    pub(crate) fn write(&self, path: &Path) -> Result<(), String> {
        let mut text = serde_json::to_string_pretty(self).map_err(|error| error.to_string())?;
        text.push('\n');
        fs::write(path, text).map_err(|error| format!("--baseline: `{}` cannot be written: {error}", display(path)))
    }

    /// Takes the known findings out of those of a document.
    pub(crate) fn filter(&self, document: &Document, config: &Config, checked: &mut Checked) -> Known {
        let Some(known) = self.files.get(&*plain(document.path())) else { return Known::default() };
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
    pub(crate) fn gone(&self, exists: impl Fn(&Path) -> bool) -> usize {
        self.files.iter().filter(|(path, _)| !exists(Path::new(path))).map(|(_, entries)| entries.len()).sum()
    }
}

/// The entries of a document's findings.
pub(crate) fn entries(document: &Document, checked: &Checked) -> (String, BTreeSet<String>) {
    let mut keys = keys(document, checked);
    keys.truncate(checked.diagnostics.len());
    (plain(document.path()).into_owned(), keys.into_iter().collect())
}

/// The keys of all findings, those that are suppressed after the others.
fn keys(document: &Document, checked: &Checked) -> Vec<String> {
    let all = checked.diagnostics.iter().chain(checked.suppressed.iter().map(|it| &it.diagnostic));
    let fingerprints = fingerprints(document, all.clone());
    let key = |(diagnostic, fingerprint): (&Diagnostic, String)| format!("{}:{fingerprint}", diagnostic.rule().name);
    all.zip(fingerprints).map(key).collect()
}
