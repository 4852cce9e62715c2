//! What a run goes by: the configuration files, the environment, and the arguments on top.

mod account;
mod chain;
mod compat;
pub(crate) mod environment;
pub(crate) mod over;

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use dlint_linter::config::foreign::Tool;
use dlint_linter::config::layers::Origin;
use dlint_linter::image::lifecycle::Lifecycles;
use dlint_linter::severity::Threshold;
use dlint_linter::{Config, Language, Level};
use dlint_syntax::hash::HashMap;
use ignore::gitignore::Gitignore;

use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::paths::Here;
use crate::read;

use account::Account;
pub(crate) use chain::{Chain, Source, unreadable};
pub(crate) use compat::{foreign_beside, foreign_files};
use environment::given_as;

/// Names of the configuration file; the first that a folder holds counts.
pub(crate) const NAMES: [&str; 2] = ["dlint.toml", ".dlint.toml"];

/// What a run goes by.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The rules where no override holds.
    pub(crate) config: Arc<Config>,
    /// What fails the run.
    pub(crate) fail_on: Threshold,
    /// What is not linted.
    pub(crate) excludes: Excludes,
    /// ShellCheck, where it is to be run.
    pub(crate) shellcheck: Option<PathBuf>,
    /// Which files it is from.
    pub(crate) basis: Basis,
    pub(crate) chain: Chain,
    args: CheckArgs,
    lifecycles: Option<Arc<Lifecycles>>,
    /// The rules where overrides hold, by the numbers of those.
    variants: Mutex<HashMap<Vec<usize>, Arc<Config>>>,
}

/// The configuration files that settings are from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Basis {
    /// None.
    Nothing,
    /// A file of dlint's.
    Own(PathBuf),
    /// Files of other linters.
    Foreign(Vec<(Tool, PathBuf)>),
}

/// What is not linted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Excludes(Vec<Gitignore>);

/// What changes a configuration.
#[derive(Debug, Clone)]
pub(crate) enum By {
    /// A place of a file.
    File(Origin),
    /// An argument, or a variable that stands for it.
    Argument(String),
}

impl Excludes {
    /// Whether nothing is excluded.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a file or folder is excluded, by itself or with a folder that it lies in. The path is absolute.
    pub(crate) fn contains(&self, path: &Path, is_dir: bool) -> bool {
        self.0.iter().any(|globs| chain::is_matched(globs, path, is_dir))
    }
}

impl Basis {
    /// The files that hold in a folder: dlint's own nearest one upwards, else those of other linters. `args` may say otherwise.
    pub(crate) fn of(folder: &Path, args: &CheckArgs, here: &Here) -> Self {
        if let Some(path) = &args.config {
            return Self::Own(here.absolute(path));
        }
        if args.no_config {
            return Self::Nothing;
        }
        match folder.ancestors().find_map(own_file) {
            Some(path) => Self::Own(path),
            None => Self::foreign(folder, args, here),
        }
    }

    /// The files of other linters that hold in a folder which dlint's own say nothing of.
    pub(crate) fn foreign(folder: &Path, args: &CheckArgs, here: &Here) -> Self {
        let files = if args.no_compat { Vec::new() } else { foreign_files(folder, here) };
        if files.is_empty() { Self::Nothing } else { Self::Foreign(files) }
    }
}

impl Settings {
    /// What holds for a file in `folder` in an editor, whose settings are `args`.
    pub(crate) fn of_folder(folder: &Path, mut args: CheckArgs, here: &Here) -> Result<Self, Failure> {
        environment::apply(&mut args)?;
        // Nothing is run for an editor.
        args.shellcheck = None;
        Self::build(Basis::of(folder, &args, here), &args, here, Account::default())
    }

    /// Reads the configuration for what lies in a folder and applies the arguments.
    pub(crate) fn new(folder: &Path, args: &CheckArgs, here: &Here) -> Result<Self, Failure> {
        Self::of_basis(Basis::of(folder, args, here), args, here)
    }

    /// Reads configuration files and applies the arguments.
    pub(crate) fn of_basis(basis: Basis, args: &CheckArgs, here: &Here) -> Result<Self, Failure> {
        let account = if args.no_config { Account::default() } else { Account::read()? };
        Self::build(basis, args, here, account)
    }

    fn build(basis: Basis, args: &CheckArgs, here: &Here, account: Account) -> Result<Self, Failure> {
        let chain = match &basis {
            Basis::Nothing => Chain::default(),
            Basis::Own(path) => Chain::read(path, here)?,
            Basis::Foreign(files) => Chain::foreign(files, here)?,
        };
        let chain = match &args.over {
            Some(over) => chain.topped(over, here)?,
            None => chain,
        };
        let lifecycles = lifecycles(&chain)?;
        let fail_on = args.fail_on.or(chain.layers.fail_on().map(|(threshold, _)| threshold));
        let mut settings = Self {
            config: Arc::default(),
            fail_on: fail_on.unwrap_or(Threshold::Level(Level::Warning)),
            excludes: chain.excludes(),
            shellcheck: args.shellcheck.clone().or(account.shellcheck()),
            basis,
            chain,
            args: args.clone(),
            lifecycles,
            variants: Mutex::default(),
        };
        let config = settings.resolve(&[], &mut |_, _| ())?;
        settings.shellcheck = settings.shellcheck.take().filter(|_| dlint_linter::shellcheck::is_enabled(&config));
        settings.config = Arc::new(config);
        Ok(settings)
    }

    /// The rules for a file. The path is where it really lies.
    pub(crate) fn config_for(&self, path: &Path, language: Language) -> Arc<Config> {
        if self.chain.layers.overrides().next().is_none() {
            return Arc::clone(&self.config);
        }
        let overrides = self.chain.overrides(path, language);
        if overrides.is_empty() {
            return Arc::clone(&self.config);
        }
        let mut variants = self.variants.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = variants.get(&overrides) {
            return Arc::clone(config);
        }
        // What could fail failed when the settings were made.
        let config = self.resolve(&overrides, &mut |_, _| ()).map_or_else(|_| Arc::clone(&self.config), Arc::new);
        variants.insert(overrides, Arc::clone(&config));
        config
    }

    /// Whether a configuration file may be made where there is none.
    pub(crate) fn wants_files(&self) -> bool {
        !self.args.no_config
    }

    /// The same, if the nearest configuration file had this text.
    pub(crate) fn edited(self, text: String, path: &Path) -> Result<Self, Failure> {
        let mut settings = Self { chain: self.chain.edited(text, path)?, variants: Mutex::default(), ..self };
        settings.config = Arc::new(settings.resolve(&[], &mut |_, _| ())?);
        Ok(settings)
    }

    /// Makes the configuration where some overrides hold, and says after each change what made it.
    pub(crate) fn resolve(&self, overrides: &[usize], trace: &mut dyn FnMut(By, &Config)) -> Result<Config, Failure> {
        let args = &self.args;
        let wrong = |flag, error: &dyn Display| Failure::from(format!("{}: {error}", given_as(args, flag)));
        let by = |flag| By::Argument(given_as(args, flag));
        let mut config = self
            .chain
            .layers
            .apply(args.policy.as_deref(), &|index| overrides.contains(&index), &mut |origin, config| {
                trace(origin.map_or_else(|| by("policy"), By::File), config);
            })
            .map_err(|error| wrong("policy", &error))?;
        config.lifecycles.clone_from(&self.lifecycles);
        config.options.end_of_life_image.as_of = args.as_of.or(config.options.end_of_life_image.as_of);
        if let Some(rating) = args.min_rating {
            config.min_rating = Some(rating);
            trace(by("min-rating"), &config);
        }
        if args.no_inline_ignores {
            config.inline_ignores = false;
            trace(by("no-inline-ignores"), &config);
        }
        if !args.select.is_empty() {
            config.select(&args.select).map_err(|error| wrong("select", &error))?;
            trace(by("select"), &config);
        }
        // `--select` names all rules that are wanted; who also gives `--shellcheck` wants that, too.
        if self.shellcheck.is_some() && (args.select.is_empty() || args.shellcheck.is_some()) {
            dlint_linter::shellcheck::enable(&mut config);
            trace(by("shellcheck"), &config);
        }
        config.ignore(&args.ignore).map_err(|error| wrong("ignore", &error))?;
        if !args.ignore.is_empty() {
            trace(by("ignore"), &config);
        }
        Ok(config)
    }
}

/// Reads the table of ends of life that a configuration file names, which lies in the folder of that file or below: a repository must not
/// have other files read.
fn lifecycles(chain: &Chain) -> Result<Option<Arc<Lifecycles>>, Failure> {
    let layer = chain.layers.layer_of_option("end-of-life-image", "data");
    let Some(source) = layer.and_then(|layer| chain.sources.get(layer)) else { return Ok(None) };
    let Some(name) = chain.layers.options().end_of_life_image.data else { return Ok(None) };
    let wrong = |error: &dyn Display| format!("the table `{name}` of `end-of-life-image`: {error}");
    let folder = source.path.parent().unwrap_or(&source.path);
    let path = fs::canonicalize(folder.join(&name)).map_err(|error| wrong(&error))?;
    if !path.starts_with(folder) {
        return Err(wrong(&"lies outside of the folder of the configuration file").into());
    }
    let bytes = read::file(&path).map_err(|error| wrong(&error))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(&"is not UTF-8"))?;
    let table = Lifecycles::parse(&text).map_err(|error| wrong(&error))?;
    Ok(Some(Arc::new(table)))
}

/// The configuration file in a folder.
pub(crate) fn own_file(folder: &Path) -> Option<PathBuf> {
    // A link that leads nowhere is told of by who reads it.
    NAMES.map(|name| folder.join(name)).into_iter().find(|path| path.is_file() || path.is_symlink() && !path.exists())
}
