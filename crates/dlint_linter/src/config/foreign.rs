//! The configuration files of other linters: hadolint's, dclint's and compose-lint's, as a `dlint.toml` that says the same.
//!
//! Who reads such a file in place of a `dlint.toml` and who converts it once get the same text, and so the same configuration.

mod compose_lint;
mod dclint;
mod draft;
mod hadolint;
mod script;
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

    /// The names of its configuration file; of several in a folder the first counts that says something to it ([`Tool::is_told_by`]).
    ///
    /// Source: the linters, as they run; dclint's are those that cosmiconfig 9 looks for.
    pub const fn files(self) -> &'static [&'static str] {
        match self {
            Self::Hadolint => &[".hadolint.yaml", ".hadolint.yml"],
            Self::Dclint => &[
                PACKAGE,
                ".dclintrc",
                ".dclintrc.json",
                ".dclintrc.yaml",
                ".dclintrc.yml",
                ".dclintrc.js",
                ".dclintrc.ts",
                ".dclintrc.cjs",
                ".config/dclintrc",
                ".config/dclintrc.json",
                ".config/dclintrc.yaml",
                ".config/dclintrc.yml",
                ".config/dclintrc.js",
                ".config/dclintrc.ts",
                ".config/dclintrc.cjs",
                "dclint.config.js",
                "dclint.config.ts",
                "dclint.config.cjs",
            ],
            Self::ComposeLint => &[".compose-lint.yml", ".compose-lint.yaml"],
        }
    }

    /// The linter that has a configuration file of this name. hadolint also goes by `hadolint.yaml` in folders for configuration.
    pub fn of_file(name: &str) -> Option<Self> {
        let bare = name.trim_start_matches('.');
        let stem = bare.split('.').next().unwrap_or(bare);
        let is_data = matches!(bare.strip_prefix(stem), Some("" | ".json" | ".yaml" | ".yml"));
        match stem {
            "hadolint" if is_data => Some(Self::Hadolint),
            "dclintrc" if is_data || is_program(bare) => Some(Self::Dclint),
            "compose-lint" if is_data => Some(Self::ComposeLint),
            _ => Self::Dclint.files().contains(&name).then_some(Self::Dclint),
        }
    }

    /// Whether a file of one of its names says something to it: dclint passes over empty files, and over a `package.json` without its key.
    pub fn is_told_by(self, name: &str, text: &str) -> bool {
        match self {
            Self::Dclint if file_name(name) == PACKAGE => {
                text.contains("\"dclint\"") && {
                    yaml::parse(text).root().is_some_and(|root| root.get("dclint").is_some())
                }
            }
            Self::Dclint => !text.trim().is_empty(),
            Self::Hadolint | Self::ComposeLint => true,
        }
    }

    fn read(self, name: &str, text: &str) -> Result<(Draft, Vec<Note>), Fault> {
        let name = file_name(name);
        let literal = is_program(name).then(|| script::literal(text)).transpose()?;
        let tree = yaml::parse(literal.as_deref().unwrap_or(text));
        let lines = LineIndex::new(tree.text());
        if let Some(error) = tree.errors().first() {
            return Err(Fault::at(lines.position(error.range.start()).line, error.message.clone()));
        }
        let mut source = Source { lines: &lines, notes: Vec::new() };
        let mut root = tree.root().filter(|root| !root.is_null());
        if name == PACKAGE {
            root = root.and_then(|root| root.get("dclint"));
        }
        let Some(root) = root else {
            return Ok((Draft::new(self), Vec::new()));
        };
        if !root.is_mapping() {
            let line = lines.position(root.range().start()).line;
            return Err(Fault::at(line, format!("is no configuration of {}: it has no keys", self.name())));
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

/// Where programs in JavaScript have their settings.
const PACKAGE: &str = "package.json";

/// Whether a file of this name is a program.
fn is_program(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((_, "js" | "cjs" | "ts")))
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Why a file cannot be read.
#[derive(Debug)]
struct Fault {
    line: u32,
    message: String,
    is_program: bool,
}

impl Fault {
    fn at(line: u32, message: impl Into<String>) -> Self {
        Self { line, message: message.into(), is_program: false }
    }
}

/// A configuration file of another linter.
#[derive(Debug, Clone, Copy)]
pub struct Foreign<'f> {
    /// Whose it is.
    pub tool: Tool,
    /// Its name, or its path: how it is read goes by it, and it stands in a comment.
    pub name: &'f str,
    /// Its text.
    pub text: &'f str,
}

/// A configuration file that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Which of them.
    pub index: usize,
    /// The line of it, from 1.
    pub line: u32,
    /// One sentence.
    pub message: String,
    /// Whether nothing is wrong with it, but that it is a program.
    pub is_program: bool,
}

/// Makes one `dlint.toml` of configuration files of other linters, of each at most one.
pub fn convert(files: &[Foreign<'_>]) -> Result<Converted, Unreadable> {
    let mut drafts = Vec::with_capacity(files.len());
    let mut notes = Vec::with_capacity(files.len());
    for (index, file) in files.iter().enumerate() {
        let read = file.tool.read(file.name, file.text);
        let (draft, of_file) =
            read.map_err(|Fault { line, message, is_program }| Unreadable { index, line, message, is_program })?;
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
