//! What a run goes by: the configuration file with the arguments on top.

use std::env;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_linter::config::file::ConfigFile;
use dlint_linter::image::lifecycle::Lifecycles;
use dlint_linter::severity::Threshold;
use dlint_linter::{Config, Level};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Deserialize;

use crate::args::CheckArgs;
use crate::paths::{Here, display};
use crate::read;

/// Names of the configuration file; the first that a folder holds counts.
const NAMES: [&str; 2] = ["dlint.toml", ".dlint.toml"];

/// What a run goes by.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The rules.
    pub(crate) config: Config,
    /// What fails the run.
    pub(crate) fail_on: Threshold,
    /// What is not linted.
    pub(crate) excludes: Excludes,
    /// ShellCheck, where it is to be run.
    pub(crate) shellcheck: Option<PathBuf>,
    /// The configuration file, if there is one.
    pub(crate) file: Option<PathBuf>,
}

/// What is not linted.
#[derive(Debug, Default)]
pub(crate) struct Excludes(Option<Gitignore>);

impl Excludes {
    /// Whether a file or folder is excluded, by itself or with a folder that it lies in. The path is absolute.
    pub(crate) fn contains(&self, path: &Path, is_dir: bool) -> bool {
        self.0.as_ref().is_some_and(|globs| {
            path.starts_with(globs.path()) && globs.matched_path_or_any_parents(path, is_dir).is_ignore()
        })
    }
}

impl Settings {
    /// What holds for a file in `folder` where nothing is given on a command line: the nearest configuration file upwards.
    pub(crate) fn of_folder(folder: &Path, here: &Here) -> Result<Self, String> {
        let mut config = Config::default();
        let mut excludes = Excludes::default();
        let path = nearest(folder);
        if let Some(path) = &path {
            let loaded = load(path, here)?;
            if let Some(name) = &loaded.file.use_policy {
                loaded.file.apply_policy(name, &mut config)?;
            }
            loaded.file.apply(&mut config);
            set_lifecycles(&loaded.file, path.parent().unwrap_or(here.dir()), &mut config)?;
            excludes = loaded.excludes()?;
        }
        Ok(Self { config, fail_on: Threshold::Level(Level::Warning), excludes, shellcheck: None, file: path })
    }

    /// Reads the configuration file for what lies in a folder, if there is one, and applies the arguments.
    pub(crate) fn new(folder: &Path, args: &CheckArgs, here: &Here) -> Result<Self, String> {
        let path = match &args.config {
            Some(path) => Some(here.absolute(path)),
            None if args.no_config => None,
            None => nearest(folder),
        };
        Self::of_file(path, args, here)
    }

    /// Reads a configuration file, if there is one, and applies the arguments.
    pub(crate) fn of_file(path: Option<PathBuf>, args: &CheckArgs, here: &Here) -> Result<Self, String> {
        let mut config = Config::default();
        let mut excludes = Excludes::default();
        let mut fail_on = None;
        let mut file = ConfigFile::default();
        let mut folder = None;
        if let Some(path) = &path {
            let parsed = load(path, here)?;
            folder = path.parent().map(Path::to_owned);
            fail_on = parsed.file.fail_on;
            excludes = parsed.excludes()?;
            file = parsed.file;
        }
        // Who asks for a policy on the command line wants its rules, not those that the file selects.
        if args.policy.is_some() {
            file.select = None;
        }
        if let Some(name) = args.policy.as_ref().or(file.use_policy.as_ref()) {
            let from = if args.policy.is_some() { "--policy" } else { "use-policy" };
            file.apply_policy(name, &mut config).map_err(|error| format!("{from}: {error}"))?;
        }
        file.apply(&mut config);
        set_lifecycles(&file, folder.as_deref().unwrap_or(here.dir()), &mut config)?;
        config.options.end_of_life_image.as_of = args.as_of.or(config.options.end_of_life_image.as_of);
        config.min_rating = args.min_rating.or(config.min_rating);
        config.inline_ignores &= !args.no_inline_ignores;
        let wrong = |flag, error| format!("--{flag}: {error}");
        if !args.select.is_empty() {
            config.select(&args.select).map_err(|error| wrong("select", error))?;
        }
        let own = if args.no_config { None } else { own()? };
        let mut shellcheck = args.shellcheck.clone().or(own.and_then(|own| own.shellcheck.program()));
        // `--select` names all rules that are wanted; who also gives `--shellcheck` wants that, too.
        if shellcheck.is_some() && (args.select.is_empty() || args.shellcheck.is_some()) {
            dlint_linter::shellcheck::enable(&mut config);
        }
        config.ignore(&args.ignore).map_err(|error| wrong("ignore", error))?;
        shellcheck = shellcheck.filter(|_| dlint_linter::shellcheck::is_enabled(&config));
        let fail_on = args.fail_on.or(fail_on).unwrap_or(Threshold::Level(Level::Warning));
        Ok(Self { config, fail_on, excludes, shellcheck, file: path })
    }
}

/// The configuration file of the account: what a repository must not decide.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Own {
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

impl Program {
    fn program(self) -> Option<PathBuf> {
        match self {
            Self::Wanted(wanted) => wanted.then(|| PathBuf::from("shellcheck")),
            Self::At(path) => Some(path),
        }
    }
}

/// Reads the configuration file of the account, if there is one.
fn own() -> Result<Option<Own>, String> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = if cfg!(windows) {
        folder("APPDATA")
    } else {
        folder("XDG_CONFIG_HOME").filter(|path| path.is_absolute()).or_else(|| Some(folder("HOME")?.join(".config")))
    };
    let Some(path) = folder.map(|folder| folder.join("dlint").join(NAMES[0])).filter(|path| path.is_file()) else {
        return Ok(None);
    };
    let name = display(&path);
    let bytes = read::file(&path).map_err(|error| format!("{name}: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{name}: is not UTF-8"))?;
    toml::from_str(&text).map(Some).map_err(|error| match error.span() {
        Some(span) => format!("{name}:{}: {}", line(&text, span.start), error.message()),
        None => format!("{name}: {}", error.message()),
    })
}

/// Takes the table of ends of life that a configuration file names; `folder` is where that file lies.
fn set_lifecycles(file: &ConfigFile, folder: &Path, config: &mut Config) -> Result<(), String> {
    if let Some(table) = &file.options.end_of_life_image.data {
        config.lifecycles = Some(Arc::new(lifecycles(table, folder)?));
    }
    Ok(())
}

/// Reads a table of ends of life, which lies in the folder of the configuration file or below: a repository must not have other files
/// read.
fn lifecycles(name: &str, folder: &Path) -> Result<Lifecycles, String> {
    let wrong = |error: &dyn Display| format!("the table `{name}` of `end-of-life-image`: {error}");
    let folder = fs::canonicalize(folder).map_err(|error| wrong(&error))?;
    let path = fs::canonicalize(folder.join(name)).map_err(|error| wrong(&error))?;
    if !path.starts_with(&folder) {
        return Err(wrong(&"lies outside of the folder of the configuration file"));
    }
    let bytes = read::file(&path).map_err(|error| wrong(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(&"is not UTF-8"))?;
    Lifecycles::parse(&text).map_err(|error| wrong(&error))
}

/// The configuration file of a folder: its own or the nearest upwards.
fn nearest(dir: &Path) -> Option<PathBuf> {
    dir.ancestors().find_map(own_file)
}

/// The configuration file in a folder.
pub(crate) fn own_file(folder: &Path) -> Option<PathBuf> {
    NAMES.map(|name| folder.join(name)).into_iter().find(|path| path.is_file())
}

struct Loaded {
    path: PathBuf,
    name: String,
    text: String,
    file: ConfigFile,
}

fn load(path: &Path, here: &Here) -> Result<Loaded, String> {
    let name = display(&here.shown(path, path));
    let bytes = read::file(path).map_err(|error| format!("{name}: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| format!("{name}: is not UTF-8"))?;
    match ConfigFile::parse(&text) {
        Ok(file) => Ok(Loaded { path: path.to_owned(), name, text, file }),
        Err(error) => Err(match error.range {
            Some(range) => format!("{name}:{}: {}", line(&text, range.start), error.message),
            None => format!("{name}: {}", error.message),
        }),
    }
}

/// The line of a byte offset, from 1.
fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

impl Loaded {
    fn excludes(&self) -> Result<Excludes, String> {
        if self.file.exclude.is_empty() {
            return Ok(Excludes::default());
        }
        // Files are compared by where they really lie.
        let folder = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let mut builder = GitignoreBuilder::new(folder.parent().unwrap_or(&folder));
        for (glob, range) in &self.file.exclude {
            builder.add_line(None, glob).map_err(|error| {
                let line = line(&self.text, range.start);
                format!("{}:{line}: `{glob}` is not a pattern: {error}", self.name)
            })?;
        }
        let globs = builder.build().map_err(|error| format!("{}: `exclude` cannot be used: {error}", self.name))?;
        Ok(Excludes(Some(globs)))
    }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn lines_count_from_one() {
        assert_eq!(line("a\nb\n", 0), 1);
        assert_eq!(line("a\nb\n", 2), 2);
        assert_eq!(line("a", 99), 1);
    }
}
