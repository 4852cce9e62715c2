//! A file as dlint understands it: its text, its language and its tree.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dlint_syntax::dockerfile::{self, Dockerfile, Model};
use dlint_syntax::text::Position;
use dlint_syntax::yaml::{self, Yaml};
use dlint_syntax::{LineIndex, TextRange, TextSize};

use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::utf16;

/// A parsed file. Parsing never fails: what cannot be read becomes a finding, and the rest is understood.
#[derive(Debug)]
pub struct Document {
    path: PathBuf,
    text: Arc<str>,
    invalid_bytes: Vec<TextRange>,
    is_utf16: bool,
    tree: Tree,
    lines: OnceLock<LineIndex>,
}

/// The tree of a document.
#[derive(Debug)]
pub enum Tree {
    /// A Dockerfile with what it means.
    Dockerfile(Box<(Dockerfile, Model)>),
    /// A Compose file.
    Compose(Box<Yaml>),
    /// A `daemon.json`, read without its comments.
    Daemon(Box<Yaml>),
}

impl Document {
    /// Parses `text`. The path is only a name here, and the place from which relative paths in the file are resolved;
    /// nothing is read.
    pub fn parse(path: impl Into<PathBuf>, text: impl Into<Arc<str>>, language: Language) -> Self {
        Self::build(path.into(), text.into(), Vec::new(), language)
    }

    /// Parses bytes. Where they are not UTF-8, each invalid byte is read as one `\u{1a}` (substitute) so that offsets
    /// stay those of the file; [`Document::invalid_bytes`] says where.
    ///
    /// Compose and `dockerd` read UTF-16 too, if it begins with a byte order mark. Offsets are then those of the decoded text.
    pub fn parse_bytes(path: impl Into<PathBuf>, bytes: Vec<u8>, language: Language) -> Self {
        if language != Language::Dockerfile
            && let Some((text, invalid)) = utf16::decode(&bytes)
        {
            return Self { is_utf16: true, ..Self::build(path.into(), text.into(), invalid, language) };
        }
        match String::from_utf8(bytes) {
            Ok(text) => Self::build(path.into(), text.into(), Vec::new(), language),
            Err(error) => {
                let (text, invalid) = substitute_invalid(error.as_bytes());
                Self::build(path.into(), text.into(), invalid, language)
            }
        }
    }

    fn build(path: PathBuf, text: Arc<str>, invalid_bytes: Vec<TextRange>, language: Language) -> Self {
        let tree = match language {
            Language::Dockerfile => {
                let file = dockerfile::parse(&text);
                let model = Model::new(&file);
                Tree::Dockerfile(Box::new((file, model)))
            }
            Language::Compose => Tree::Compose(Box::new(yaml::parse_shared(Arc::clone(&text)))),
            Language::Daemon => {
                let masked = match yaml::mask_json_comments(&text) {
                    Cow::Borrowed(_) => Arc::clone(&text),
                    Cow::Owned(masked) => Arc::from(masked),
                };
                Tree::Daemon(Box::new(yaml::parse_shared(masked)))
            }
        };
        Self { path, text, invalid_bytes, is_utf16: false, tree, lines: OnceLock::new() }
    }

    /// Parses a Dockerfile that is built with named build contexts, which go before images of their names.
    pub(crate) fn parse_dockerfile(path: impl Into<PathBuf>, text: &str, contexts: &[String]) -> Self {
        let mut document = Self::parse(path, text, Language::Dockerfile);
        if let Tree::Dockerfile(parts) = &mut document.tree {
            parts.1.replace_images(contexts);
        }
        document
    }

    /// The path as given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The range of the whole text.
    pub fn range(&self) -> TextRange {
        TextRange::up_to(TextSize::of(&**self.text()))
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The text at a range.
    ///
    /// # Panics
    /// If the range lies outside the text or cuts a character.
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range]
    }

    /// The language.
    pub fn language(&self) -> Language {
        match self.tree {
            Tree::Dockerfile(_) => Language::Dockerfile,
            Tree::Compose(_) => Language::Compose,
            Tree::Daemon(_) => Language::Daemon,
        }
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The Dockerfile and its model, if it is one.
    pub fn dockerfile(&self) -> Option<(&Dockerfile, &Model)> {
        match &self.tree {
            Tree::Dockerfile(parts) => Some((&parts.0, &parts.1)),
            _ => None,
        }
    }

    /// The YAML tree of a Compose file or a `daemon.json`.
    pub fn yaml(&self) -> Option<&Yaml> {
        match &self.tree {
            Tree::Dockerfile(_) => None,
            Tree::Compose(yaml) | Tree::Daemon(yaml) => Some(yaml),
        }
    }

    /// Where the file's bytes are not UTF-8, or its UTF-16 is none; adjacent bytes are one range.
    pub fn invalid_bytes(&self) -> &[TextRange] {
        &self.invalid_bytes
    }

    /// Whether the file is UTF-16, so that its bytes are not those of the text.
    pub fn is_utf16(&self) -> bool {
        self.is_utf16
    }

    /// Where its lines start; worked out once, when first asked for.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The same document for showing it: what stands at the places that `diagnostics` hide is overwritten with `*`, byte
    /// by byte, so that every place stays where it is. `None` if there is nothing to hide.
    pub fn masked<'d>(&self, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Option<Self> {
        let text = self.masked_text(diagnostics.into_iter())?;
        Some(Self::build(self.path.clone(), text.into(), Vec::new(), self.language()))
    }

    /// The text of [`Document::masked`].
    pub(crate) fn masked_text<'d>(&self, diagnostics: impl Iterator<Item = &'d Diagnostic>) -> Option<String> {
        let mut hidden = diagnostics.filter_map(|diagnostic| diagnostic.hidden).peekable();
        hidden.peek()?;
        let mut text = self.text.as_bytes().to_vec();
        for range in hidden {
            let secret = &mut text[std::ops::Range::<usize>::from(range)];
            secret.iter_mut().filter(|byte| !matches!(**byte, b'\n' | b'\r')).for_each(|byte| *byte = b'*');
        }
        // Ranges begin and end between characters.
        Some(String::from_utf8(text).unwrap_or_default())
    }

    /// The line and column of an offset.
    pub fn position(&self, offset: TextSize) -> Position {
        self.lines().position(offset)
    }
}

/// Reads bytes as text of the same length: each byte that is not UTF-8 becomes `\u{1a}`, a control character of one
/// byte that nothing in these languages gives a meaning to.
fn substitute_invalid(bytes: &[u8]) -> (String, Vec<TextRange>) {
    let mut text = String::with_capacity(bytes.len());
    let mut invalid: Vec<TextRange> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        let start = TextSize::new(text.len() as u32);
        text.extend(chunk.invalid().iter().map(|_| '\u{1a}'));
        let range = TextRange::new(start, TextSize::new(text.len() as u32));
        match invalid.last_mut() {
            Some(last) if last.end() == start => *last = last.cover(range),
            _ => invalid.push(range),
        }
    }
    (text, invalid)
}

#[cfg(test)]
mod tests {
    use super::substitute_invalid;

    #[test]
    fn invalid_bytes_keep_their_offsets() {
        let (text, invalid) = substitute_invalid(b"a\xff\xfeb\xc3\xa9\xc3");
        assert_eq!(text, "a\u{1a}\u{1a}b\u{e9}\u{1a}");
        assert_eq!(text.len(), 7);
        let spans: Vec<_> = invalid.iter().map(|r| (u32::from(r.start()), u32::from(r.end()))).collect();
        assert_eq!(spans, [(1, 3), (6, 7)]);
    }
}
