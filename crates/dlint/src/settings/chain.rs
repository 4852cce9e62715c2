//! Configuration files with their folders: a file, the one that it extends, and so on.

use std::fs;
use std::path::{Path, PathBuf};

use dlint_linter::Language;
use dlint_linter::config::file::{ConfigFile, Override, Placed};
use dlint_linter::config::foreign::{Foreign, Note, Tool, Unreadable, convert};
use dlint_linter::config::layers::{Layers, Origin};
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::over::{self, Over};
use super::{Excludes, NAMES};
use crate::failure::{Failure, line};
use crate::paths::{Here, display};
use crate::read;

/// Configuration files that hold together, the most general first.
#[derive(Debug, Default)]
pub(crate) struct Chain {
    pub(crate) sources: Vec<Source>,
    pub(crate) layers: Layers,
    /// The files that each override names, in their order; nothing where it names none.
    paths: Vec<Option<Gitignore>>,
    excludes: Vec<Gitignore>,
}

/// Where a configuration is from.
#[derive(Debug)]
pub(crate) struct Source {
    /// The path, free of links.
    pub(crate) path: PathBuf,
    /// The path as it is shown.
    pub(crate) name: String,
    text: String,
    /// The linter whose file it is, with what dlint has no equal for.
    pub(crate) foreign: Option<(Tool, Vec<Note>)>,
    /// Why it is not read, where it is a program, with its line.
    pub(crate) unread: Option<Note>,
    /// Whether it is no file but what an editor puts upon them.
    is_over: bool,
}

impl Source {
    /// What is no file yet, or none at all.
    fn unsaved(path: PathBuf, name: String, text: String) -> Self {
        Self { path, name, text, foreign: None, unread: None, is_over: false }
    }

    fn read(path: &Path, here: &Here) -> Result<Self, Failure> {
        let name = display(&here.shown(path, path));
        let text = read::configuration(path);
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let text = text.map_err(|error| Failure::of_file(&path, format!("{name}: {error}")))?;
        Ok(Self::unsaved(path, name, text))
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    fn parse(&self) -> Result<ConfigFile, Failure> {
        ConfigFile::parse(&self.text).map_err(|error| self.failure(error.range, error.message))
    }

    fn failure(&self, range: Option<std::ops::Range<usize>>, message: String) -> Failure {
        if self.is_over {
            return over::explain(&self.text, range, &message).into();
        }
        match range {
            Some(range) => Failure::at(&self.name, &self.text, range, message).in_file(&self.path),
            None => format!("{}: {message}", self.name).into(),
        }
    }

    fn globs(&self, patterns: &[Placed<String>]) -> Result<Gitignore, Failure> {
        // Files are compared by where they really lie.
        let mut builder = GitignoreBuilder::new(self.folder());
        for (glob, range) in patterns {
            builder
                .add_line(None, glob)
                .map_err(|error| self.failure(Some(range.clone()), format!("`{glob}` is not a pattern: {error}")))?;
        }
        builder.build().map_err(|error| format!("{}: its patterns cannot be used: {error}", self.name).into())
    }
}

impl Chain {
    /// Reads a configuration file and those that it extends.
    pub(crate) fn read(path: &Path, here: &Here) -> Result<Self, Failure> {
        let mut sources = vec![Source::read(path, here)?];
        let mut files = Vec::new();
        while let Some(last) = sources.last() {
            let file = last.parse()?;
            let next = file.extends.as_ref().map(|extends| extended(last, extends, &sources, here)).transpose()?;
            files.push(file);
            match next {
                Some(next) => sources.push(next),
                None => break,
            }
        }
        sources.reverse();
        files.reverse();
        Self::of(sources, files)
    }

    /// Reads configuration files of other linters.
    pub(crate) fn foreign(paths: &[(Tool, PathBuf)], here: &Here) -> Result<Self, Failure> {
        let mut sources = Vec::new();
        let mut files = Vec::new();
        for (tool, path) in paths {
            let mut source = Source::read(path, here)?;
            let (toml, notes) = match convert(&[Foreign { tool: *tool, name: &source.name, text: &source.text }]) {
                Ok(converted) => (converted.toml, converted.notes.into_iter().flatten().collect()),
                Err(Unreadable { is_program: true, line, message, .. }) => {
                    source.unread = Some(Note { line, message });
                    (String::new(), Vec::new())
                }
                Err(error) => return Err(unreadable(&source.name, &error).into()),
            };
            source.text = toml;
            source.foreign = Some((*tool, notes));
            files.push(source.parse()?);
            sources.push(source);
        }
        Self::of(sources, files)
    }

    fn of(sources: Vec<Source>, files: Vec<ConfigFile>) -> Result<Self, Failure> {
        let layers = Layers::new(files).map_err(|(layer, error)| sources[layer].failure(error.range, error.message))?;
        let globs = |layer: usize, patterns: &[Placed<String>]| {
            (!patterns.is_empty()).then(|| sources[layer].globs(patterns)).transpose()
        };
        let paths = layers.overrides().map(|(layer, it)| globs(layer, &it.paths)).collect::<Result<_, _>>()?;
        let excludes = layers.files().iter().enumerate().map(|(layer, file)| globs(layer, &file.exclude));
        let excludes: Vec<Option<Gitignore>> = excludes.collect::<Result<_, _>>()?;
        Ok(Self { paths, excludes: excludes.into_iter().flatten().collect(), sources, layers })
    }

    /// The same with what an editor puts upon it. Its patterns are about the folder of the workspace.
    pub(crate) fn topped(self, over: &Over, here: &Here) -> Result<Self, Failure> {
        let Self { mut sources, layers, .. } = self;
        let folder = fs::canonicalize(here.dir()).unwrap_or_else(|_| here.dir().to_owned());
        let mut source = Source::unsaved(folder.join(NAMES[0]), over::NAME.to_owned(), over.text.clone());
        source.is_over = true;
        sources.push(source);
        let files = layers.files().iter().chain([&over.file]).cloned().collect();
        Self::of(sources, files)
    }

    /// The same, if the nearest file had this text. Where there is none yet, `path` says where it would be.
    pub(crate) fn edited(self, text: String, path: &Path) -> Result<Self, Failure> {
        let Self { mut sources, layers, .. } = self;
        let mut files = layers.files().to_vec();
        let over = sources.pop_if(|source| source.is_over).zip(files.last().cloned());
        files.truncate(sources.len());
        let mut source =
            sources.pop().unwrap_or_else(|| Source::unsaved(path.to_owned(), display(path), String::new()));
        files.pop();
        source.text = text;
        files.push(source.parse()?);
        sources.push(source);
        if let Some((source, file)) = over {
            sources.push(source);
            files.push(file);
        }
        Self::of(sources, files)
    }

    /// The text of the nearest file.
    pub(crate) fn text(&self) -> Option<&str> {
        self.sources.iter().rfind(|source| !source.is_over).map(|source| source.text.as_str())
    }

    /// What is not linted.
    pub(crate) fn excludes(&self) -> Excludes {
        Excludes(self.excludes.clone())
    }

    /// Which overrides hold for a file, by their numbers. The path is where the file really lies.
    pub(crate) fn overrides(&self, path: &Path, language: Language) -> Vec<usize> {
        let holds = |it: &Override, globs: Option<&Gitignore>| {
            (it.languages.is_empty() || it.languages.contains(&language))
                && (it.services.is_empty() || language == Language::Compose)
                && globs.is_none_or(|globs| is_matched(globs, path, false))
        };
        let overrides = self.layers.overrides().zip(&self.paths).enumerate();
        overrides.filter(|(_, ((_, it), globs))| holds(it, globs.as_ref())).map(|(index, _)| index).collect()
    }

    /// A place as people read it: `dlint.toml:3`. What is converted has no lines that anybody knows.
    pub(crate) fn place(&self, origin: &Origin) -> String {
        match self.sources.get(origin.layer) {
            Some(source) if source.foreign.is_none() => {
                format!("{}:{}", source.name, line(&source.text, origin.range.start))
            }
            Some(source) => source.name.clone(),
            None => String::new(),
        }
    }
}

/// Says why the configuration of another linter cannot be read.
pub(crate) fn unreadable(name: &str, error: &Unreadable) -> String {
    format!("{name}:{}: {}", error.line, error.message)
}

/// Whether a path, or a folder that it lies in, is among what patterns name. The path is absolute.
pub(super) fn is_matched(globs: &Gitignore, path: &Path, is_dir: bool) -> bool {
    path.starts_with(globs.path()) && globs.matched_path_or_any_parents(path, is_dir).is_ignore()
}

/// Reads the file that the last of `sources` extends. It lies in the same project: a repository must not have other files read.
fn extended(last: &Source, extends: &Placed<String>, sources: &[Source], here: &Here) -> Result<Source, Failure> {
    let (name, range) = extends;
    let wrong = |message: String| last.failure(Some(range.clone()), message);
    let path = last.folder().join(name);
    let real = fs::canonicalize(&path).map_err(|error| wrong(format!("`{name}` {}", read::explain(&path, &error))))?;
    if sources.iter().any(|source| source.path == real) {
        return Err(wrong(format!("`{name}` extends this file: they go round in a circle")));
    }
    if !real.starts_with(here.root(last.folder())) {
        return Err(wrong(format!("`{name}` lies outside of the project")));
    }
    Source::read(&real, here).map_err(|failure| failure.context(&format!("{} extends", last.name)))
}
