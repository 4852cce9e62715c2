//! The configuration file of the account: what a repository must not decide.

use std::env;
use std::path::PathBuf;

use serde::Deserialize;

use super::NAMES;
use crate::failure::Failure;
use crate::paths::display;
use crate::read;

/// What the file of the account says.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Account {
    shellcheck: Program,
}

/// A program that is run or not.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Program {
    Wanted(bool),
    At(PathBuf),
}

impl Default for Program {
    fn default() -> Self {
        Self::Wanted(false)
    }
}

impl Account {
    /// Reads the file, if there is one.
    pub(super) fn read() -> Result<Self, Failure> {
        let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let folder = if cfg!(windows) {
            folder("APPDATA")
        } else {
            folder("XDG_CONFIG_HOME")
                .filter(|path| path.is_absolute())
                .or_else(|| Some(folder("HOME")?.join(".config")))
        };
        let Some(path) = folder.map(|folder| folder.join("dlint").join(NAMES[0])).filter(|path| path.is_file()) else {
            return Ok(Self::default());
        };
        let name = display(&path);
        let bytes = read::file(&path).map_err(|error| format!("{name}: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|_| format!("{name}: is not UTF-8"))?;
        toml::from_str(&text).map_err(|error| match error.span() {
            Some(span) => Failure::at(&name, &text, span, error.message()),
            None => format!("{name}: {}", error.message()).into(),
        })
    }

    /// ShellCheck, if it is to be run.
    pub(super) fn shellcheck(self) -> Option<PathBuf> {
        match self.shellcheck {
            Program::Wanted(wanted) => wanted.then(|| PathBuf::from("shellcheck")),
            Program::At(path) => Some(path),
        }
    }
}
