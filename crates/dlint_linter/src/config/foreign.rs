//! The configuration files of other linters: hadolint's, dclint's and compose-lint's, as a `dlint.toml` that says the same.
//!
//! Who reads such a file in place of a `dlint.toml` and who converts it once get the same text, and so the same configuration.

mod compose_lint;
mod dclint;
mod draft;
mod hadolint;
#[cfg(test)]
mod tests;

use dlint_syntax::yaml::{self, View};
use dlint_syntax::{LineIndex, TextSize};

use draft::Draft;

/// A linter whose configuration is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tool {
    /// hadolint, for Dockerfiles.
    Hadolint,
    /// dclint, for Compose files.
    Dclint,
    /// compose-lint, for Compose files.
    ComposeLint,
}

/// A `dlint.toml` that says what the configuration of other linters says.
#[derive(Debug, Clone)]
pub struct Converted {
    /// Its text.
    pub toml: String,
    /// What of each file has no equal, in the order of its places.
    pub notes: Vec<Vec<Note>>,
}

/// Something that dlint has no equal for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the other linter's file, from 1.
    pub line: u32,
    /// One sentence.
    pub message: String,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hadolint, Self::Dclint, Self::ComposeLint];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hadolint => "hadolint",
            Self::Dclint => "dclint",
            Self::ComposeLint => "compose-lint",
        }
    }

    /// The names of its configuration file; of several in a folder the first counts. What runs code (`.dclintrc.js`) is not among them.
    pub const fn files(self) -> &'static [&'static str] {
        match self {
            Self::Hadolint => &[".hadolint.yaml", ".hadolint.yml"],
            Self::Dclint => &[
                ".dclintrc",
                ".dclintrc.json",
                ".dclintrc.yaml",
                ".dclintrc.yml",
                ".config/dclintrc",
                ".config/dclintrc.json",
                ".config/dclintrc.yaml",
                ".config/dclintrc.yml",
            ],
            Self::ComposeLint => &[".compose-lint.yml", ".compose-lint.yaml"],
        }
    }

    /// The linter that has a configuration file of this name. hadolint also goes by `hadolint.yaml` in folders for configuration.
    pub fn of_file(name: &str) -> Option<Self> {
        let name = name.trim_start_matches('.');
        let stem = name.split('.').next().unwrap_or(name);
        let is_data = matches!(name.strip_prefix(stem), Some("" | ".json" | ".yaml" | ".yml"));
        match stem {
            "hadolint" if is_data => Some(Self::Hadolint),
            "dclintrc" if is_data => Some(Self::Dclint),
            "compose-lint" if is_data => Some(Self::ComposeLint),
            _ => None,
        }
    }

    fn read(self, text: &str) -> Result<(Draft, Vec<Note>), (Option<u32>, String)> {
        let tree = yaml::parse(text);
        let lines = LineIndex::new(text);
        if let Some(error) = tree.errors().first() {
            return Err((Some(lines.position(error.range.start()).line), error.message.clone()));
        }
        let mut source = Source { lines: &lines, notes: Vec::new() };
        let Some(root) = tree.root().filter(|root| !root.is_null()) else {
            return Ok((Draft::new(self), Vec::new()));
        };
        if !root.is_mapping() {
            return Err((Some(1), format!("is no configuration of {}: it has no keys", self.name())));
        }
        let draft = match self {
            Self::Hadolint => hadolint::read(root, &mut source),
            Self::Dclint => dclint::read(root, &mut source),
            Self::ComposeLint => compose_lint::read(root, &mut source),
        };
        let mut notes = source.notes;
        notes.sort_by_key(|note| note.line);
        Ok((draft, notes))
    }
}

/// A configuration file of another linter.
#[derive(Debug, Clone, Copy)]
pub struct Foreign<'f> {
    /// Whose it is.
    pub tool: Tool,
    /// Its name, for a comment.
    pub name: &'f str,
    /// Its text.
    pub text: &'f str,
}

/// A configuration file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Which of them.
    pub index: usize,
    /// The line of it, from 1, if the fault has one.
    pub line: Option<u32>,
    /// One sentence.
    pub message: String,
}

/// Makes one `dlint.toml` of configuration files of other linters, of each at most one.
pub fn convert(files: &[Foreign<'_>]) -> Result<Converted, Unreadable> {
    let mut drafts = Vec::with_capacity(files.len());
    let mut notes = Vec::with_capacity(files.len());
    for (index, file) in files.iter().enumerate() {
        let read = file.tool.read(file.text);
        let (draft, of_file) = read.map_err(|(line, message)| Unreadable { index, line, message })?;
        drafts.push((file.name, draft));
        notes.push(of_file);
    }
    Ok(Converted { toml: draft::write(&drafts), notes })
}

/// The file that is read, and what there is to be said of it.
struct Source<'y> {
    lines: &'y LineIndex,
    notes: Vec<Note>,
}

impl<'y> Source<'y> {
    fn note(&mut self, at: View<'y>, message: impl Into<String>) {
        let line = self.line(at.range().start());
        self.notes.push(Note { line, message: message.into() });
    }

    fn line(&self, at: TextSize) -> u32 {
        self.lines.position(at).line
    }

    /// The texts of a list, or the words of one text between commas; anything else is said.
    fn words(&mut self, value: View<'y>) -> Vec<(View<'y>, &'y str)> {
        let items: Vec<View<'y>> = if value.is_sequence() { value.items().collect() } else { vec![value] };
        let mut words = Vec::new();
        for item in items {
            match item.text() {
                Some(_) if item.is_null() => {}
                Some(text) => {
                    words.extend(
                        text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(|word| (item, word)),
                    );
                }
                None => self.note(item, "is not a text, and is passed over"),
            }
        }
        words
    }

    /// A value that is true or false; YAML 1.1's `yes` and `on` count. Anything else is said.
    fn flag(&mut self, value: View<'y>) -> Option<bool> {
        let flag = match value.text().map(str::to_ascii_lowercase).as_deref() {
            Some("true" | "yes" | "on") => Some(true),
            Some("false" | "no" | "off") => Some(false),
            _ => None,
        };
        if flag.is_none() {
            self.note(value, "is neither `true` nor `false`, and is passed over");
        }
        flag
    }
}
