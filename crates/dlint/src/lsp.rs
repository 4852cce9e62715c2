//! `dlint lsp`: what the language server needs of the disk and the configuration.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use dlint_linter::check::Files;
use dlint_linter::config::edit;
use dlint_linter::fix::fix_document;
use dlint_linter::severity::Rating;
use dlint_linter::{Config, Diagnostic, Document, Language, RuleId, Safety, check};
use dlint_server::{ConfigEdit, Fault, Host, Log, OpenFile, Refusal};
use dlint_syntax::hash::HashMap;
use serde::Deserialize;

use crate::Status;
use crate::args::CheckArgs;
use crate::content;
use crate::discover::discover;
use crate::failure::Failure;
use crate::files::Disk;
use crate::kept::Kept;
use crate::paths::{Here, display};
use crate::read;
use crate::settings::over::Over;
use crate::settings::{Basis, NAMES, Settings};

/// Runs the server until the client takes leave.
pub(crate) fn run(log_file: Option<&Path>) -> Result<Status, String> {
    let log = match log_file {
        Some(path) => {
            let open = File::options().create(true).append(true).open(path);
            Log::to(open.map_err(|error| format!("--log-file: `{}`: {error}", path.display()))?)
        }
        None => Log::default(),
    };
    // What a panic says goes to the log; standard error is the editor's.
    std::panic::set_hook(Box::new(|_| {}));
    let is_orderly =
        dlint_server::serve(Program::default(), log).map_err(|error| format!("the server cannot start: {error}"))?;
    // The protocol wants 1 where the client goes without taking leave.
    Ok(if is_orderly { Status::Clean } else { Status::Findings })
}

/// The program around the server.
#[derive(Debug, Default)]
struct Program {
    kept: Kept,
    settings: RwLock<Scoped>,
}

/// What the settings of the editor say.
#[derive(Debug, Default)]
struct Scoped {
    usual: Asked,
    /// In folders of the workspace that have settings of their own.
    folders: HashMap<PathBuf, Asked>,
}

/// What settings say, as arguments.
#[derive(Debug, Clone, Default)]
struct Asked {
    args: CheckArgs,
    /// Whether configuration files go before them.
    are_files_first: bool,
}

/// The settings of an editor that say what is found; they go before the configuration file, as the command line does.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Wanted {
    configuration_file: Option<PathBuf>,
    policy: Option<String>,
    select: Vec<String>,
    ignore: Vec<String>,
    min_rating: Option<String>,
    no_compat: bool,
    configuration: serde_json::Value,
    configuration_preference: Preference,
}

/// Which goes first, the settings of the editor or a configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Preference {
    #[default]
    EditorFirst,
    /// Where a file holds, it alone says what is found.
    FilesystemFirst,
    /// Files are not looked for; one that the settings name holds.
    EditorOnly,
}

impl Wanted {
    fn asked(self) -> Result<Asked, String> {
        let are_files_first = self.configuration_preference == Preference::FilesystemFirst;
        Ok(Asked { args: self.arguments()?, are_files_first })
    }

    fn arguments(self) -> Result<CheckArgs, String> {
        let rating = |name: String| {
            let known = Rating::ALL.into_iter().find(|rating| rating.name() == name);
            known.ok_or_else(|| format!("the setting `minRating`: `{name}` is no rating"))
        };
        Ok(CheckArgs {
            config: self.configuration_file.filter(|path| !path.as_os_str().is_empty()),
            policy: self.policy.filter(|name| !name.is_empty()),
            select: self.select,
            ignore: self.ignore,
            min_rating: self.min_rating.filter(|name| !name.is_empty()).map(rating).transpose()?,
            no_compat: self.no_compat,
            no_config: self.configuration_preference == Preference::EditorOnly,
            over: Over::read(self.configuration)?.map(Arc::new),
            ..CheckArgs::default()
        })
    }
}

impl Program {
    /// What holds for `file`, and the folder where it really lies.
    fn settings(&self, file: &OpenFile) -> Result<(Settings, PathBuf), Failure> {
        let folder = file.path.parent().unwrap_or(&file.path);
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Ok((self.settings_of(&real, &Here::at(file.folder.clone()))?, real))
    }

    /// What holds in a folder.
    fn settings_of(&self, folder: &Path, here: &Here) -> Result<Settings, Failure> {
        let Asked { mut args, are_files_first } = {
            let settings = self.settings.read().unwrap_or_else(PoisonError::into_inner);
            settings.folders.get(here.dir()).unwrap_or(&settings.usual).clone()
        };
        if are_files_first {
            let files_only = CheckArgs { no_compat: args.no_compat, ..CheckArgs::default() };
            if Basis::of(folder, &files_only, here) != Basis::Nothing {
                args = files_only;
            }
        }
        Settings::of_folder(folder, args, here)
    }

    /// The edit of the configuration after which a rule is off in a file.
    fn switch_off(&self, file: &OpenFile, rule: RuleId) -> Option<ConfigEdit> {
        let (settings, real) = self.settings(file).ok()?;
        let own = match &settings.basis {
            Basis::Own(path) => path.clone(),
            // Beside a file of dlint's, those of other linters would no longer hold.
            Basis::Foreign(_) => return None,
            Basis::Nothing => {
                let folder = file.folder.canonicalize().ok()?;
                (settings.wants_files() && real.starts_with(&folder)).then(|| folder.join(NAMES[0]))?
            }
        };
        let text = settings.chain.text().map(|text| text.strip_prefix('\u{feff}').unwrap_or(text).to_owned());
        let old = text.as_deref().unwrap_or_default();
        let edit = edit::switch_off(old, rule)?;
        let mut new = old.to_owned();
        new.replace_range(std::ops::Range::<usize>::from(edit.range), &edit.text);
        let settings = settings.edited(new, &own).ok()?;
        let config = settings.config_for(&real.join(file.path.file_name()?), file.document.language());
        // An override, or the editor itself, may switch it on again.
        if config.enabled.contains(rule) {
            return None;
        }
        let path = as_opened(file, &own);
        let name = path.strip_prefix(&file.folder).unwrap_or(&path);
        Some(ConfigEdit { name: display(name), text, edit, path })
    }

    /// Calls `work` with the files and the configuration that hold for `file`; nothing for a file that the configuration excludes.
    fn with<T>(
        &self,
        file: &OpenFile,
        open: &[OpenFile],
        work: impl FnOnce(&Config, &Disk<'_>, &Path) -> T,
    ) -> Result<Option<T>, Failure> {
        // Paths of documents are relative to the workspace folder.
        let here = Here::at(file.folder.clone());
        let (settings, real) = self.settings(file)?;
        if settings.excludes.contains(&file.path, false) {
            return Ok(None);
        }
        // A disk of its own for each time: a server lives long, and files change.
        let disk = Disk::new(&here, &[]).with_kept(&self.kept);
        for other in open {
            disk.put_over(&other.path, &other.document);
        }
        let path = real.join(file.path.file_name().unwrap_or_default());
        let config = settings.config_for(&path, file.document.language());
        Ok(Some(work(&config, &disk, &real)))
    }
}

/// A path as the editor knows it, who goes through the workspace folder of `file`.
fn as_opened(file: &OpenFile, path: &Path) -> PathBuf {
    let real = file.folder.canonicalize().unwrap_or_else(|_| file.folder.clone());
    path.strip_prefix(real).map_or_else(|_| path.to_owned(), |rest| file.folder.join(rest))
}

impl Host for Program {
    fn language(&self, path: &Path, id: &str, text: &str) -> Option<Language> {
        let hint = match id.to_ascii_lowercase().as_str() {
            "dockerfile" | "docker" | "containerfile" => Some(Language::Dockerfile),
            "dockercompose" | "docker-compose" | "yaml.docker-compose" | "docker compose" => Some(Language::Compose),
            _ => None,
        };
        // Templates and `.dockerignore` have the language of a Dockerfile in some editors.
        if hint.is_some() && Language::is_never(path) {
            return None;
        }
        content::by_name(path).or(hint).or_else(|| content::of_found(path, text))
    }

    fn refusal(&self, path: &Path, language: Language, text: &str) -> Option<Refusal> {
        if !text.contains('\0') {
            return read::is_saved_as_utf16(path, language).then_some(Refusal { reason: read::UTF_16, is_text: true });
        }
        // An editor that took the file for another encoding has made a character of each byte.
        let bytes: Vec<u8> = text.chars().take(read::SNIFFED).map(|it| u8::try_from(it).unwrap_or(b'?')).collect();
        read::refusal(&bytes).map(|reason| Refusal { reason, is_text: false })
    }

    fn configure(&self, settings: &serde_json::Value, folder: Option<&Path>) -> Result<(), String> {
        let asked = (!settings.is_null()).then(|| {
            let wanted =
                Wanted::deserialize(settings).map_err(|error| format!("the settings of the editor: {error}"))?;
            wanted.asked()
        });
        let asked = asked.transpose()?;
        let mut known = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        match (folder, asked) {
            (None, Some(asked)) => known.usual = asked,
            (None, None) => {}
            (Some(folder), Some(asked)) => drop(known.folders.insert(folder.to_owned(), asked)),
            (Some(folder), None) => drop(known.folders.remove(folder)),
        }
        Ok(())
    }

    fn check(&self, file: &OpenFile, open: &[OpenFile]) -> Result<Vec<Diagnostic>, Fault> {
        let document: &Document = &file.document;
        let found = self.with(file, open, |config, disk, folder| check(document, config, &disk.view(folder)));
        found.map(Option::unwrap_or_default).map_err(|failure| {
            let mut fault = failure.into_fault();
            if let Some(place) = &mut fault.place {
                place.path = as_opened(file, &place.path);
            }
            fault
        })
    }

    fn switch_off(&self, file: &OpenFile, rules: &[RuleId]) -> Vec<(RuleId, ConfigEdit)> {
        rules.iter().filter_map(|&rule| Some((rule, Self::switch_off(self, file, rule)?))).collect()
    }

    fn fix(&self, file: &OpenFile, open: &[OpenFile], safety: Safety) -> Result<Arc<str>, String> {
        let document = &file.document;
        let fixed =
            self.with(file, open, |config, disk, folder| fix_document(document, config, &disk.view(folder), safety));
        let fixed = fixed.map_err(|failure| failure.to_string())?;
        Ok(fixed.map_or_else(|| Arc::clone(document.text()), |fixed| Arc::clone(fixed.document.text())))
    }

    fn configuration(&self, file: &OpenFile) -> Result<Vec<String>, String> {
        let (settings, _) = self.settings(file).map_err(|failure| failure.to_string())?;
        Ok(settings.chain.sources.iter().map(|source| source.name.clone()).collect())
    }

    fn documents(&self, folder: &Path, most: usize, work: &mut dyn FnMut(&Document)) {
        let here = Here::at(folder.to_owned());
        let Ok(settings) = self.settings_of(folder, &here) else { return };
        let found = discover(&[folder.to_owned()], &settings.excludes, false, &here);
        for target in found.targets.iter().take(most) {
            let Ok(bytes) = read::source(&target.real) else { continue };
            let language = match target.language {
                Some(language) => Some(language),
                None => content::of_found(&target.real, &read::readable(&bytes)),
            };
            if let Some(Ok(document)) = language.map(|language| read::parse(&target.shown, bytes, language)) {
                work(&document);
            }
        }
    }

    fn visit(&self, file: &OpenFile, open: &[OpenFile], work: &mut dyn FnMut(&dyn Files)) -> Result<(), String> {
        let done = self.with(file, open, |_, disk, folder| work(&disk.view(folder)));
        done.map(|_| ()).map_err(|failure| failure.to_string())
    }
}
