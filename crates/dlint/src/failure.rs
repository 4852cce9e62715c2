//! Why a command fails: one sentence, and where it is about a place of a file, that place.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use dlint_server::{Fault, FaultPlace};
use miette::{LabeledSpan, NamedSource, Severity, SourceCode};

use crate::args::Color;
use crate::output;
use crate::terminal::{Look, complain, visible_lines};

/// Why a command fails.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    place: Option<Box<Place>>,
    /// The file that it is about as a whole.
    file: Option<PathBuf>,
}

/// A place of a file that is no document.
#[derive(Debug)]
struct Place {
    /// The file's name, as it is shown.
    name: String,
    /// Where it is, if that is known.
    path: Option<PathBuf>,
    text: String,
    /// Bytes of the text.
    range: Range<usize>,
}

/// A line that is longer is not drawn.
const MAX_LINE: usize = 200;

impl Failure {
    /// Something is wrong at a place of a file that is shown as `name`.
    pub(crate) fn at(name: &str, text: &str, range: Range<usize>, message: impl Into<String>) -> Self {
        let place = Place { name: name.to_owned(), path: None, text: text.to_owned(), range };
        Self { message: message.into(), place: Some(Box::new(place)), file: None }
    }

    /// A file cannot be used at all; the message names it.
    pub(crate) fn of_file(path: &Path, message: String) -> Self {
        Self { message, place: None, file: Some(path.to_owned()) }
    }

    /// The same with where the file is.
    pub(crate) fn in_file(mut self, path: &Path) -> Self {
        if let Some(place) = &mut self.place {
            place.path = Some(path.to_owned());
        }
        self
    }

    /// As an editor shows it.
    pub(crate) fn into_fault(self) -> Fault {
        let message = self.to_string();
        let (path, text, range) = match self.place.map(|place| *place) {
            Some(Place { path, text, range, .. }) => (path, text, range),
            // It has no text of which there would be a place.
            None => (self.file, String::new(), 0..0),
        };
        let place = path.map(|path| FaultPlace { path, text, range, message: self.message });
        Fault { message, place }
    }

    /// The same with words before its sentence.
    pub(crate) fn context(mut self, before: &str) -> Self {
        self.message = format!("{before}: {}", self.message);
        self
    }

    /// Tells it on standard error.
    pub(crate) fn tell(&self, color: Color) {
        let drawn = self.place.as_ref().filter(|place| place.can_be_drawn());
        match drawn {
            None => complain(color, &self.to_string()),
            Some(place) => {
                let shown = Shown { place, source: place.source() };
                complain(color, &format!("{}\n{}", self.message, output::frame(&shown, Look::of_stderr(color))));
            }
        }
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self { message, place: None, file: None }
    }
}

/// In one line, as an editor shows it.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{}:{}: ", place.name, line(&place.text, place.range.start))?;
        }
        f.write_str(&self.message)
    }
}

/// The line of a byte offset, from 1.
pub(crate) fn line(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
}

impl Place {
    /// Whether the line at fault is one that a terminal can show: a configuration may come from a stranger.
    fn can_be_drawn(&self) -> bool {
        let before = self.text.get(..self.range.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text.get(start..).unwrap_or_default().lines().next().unwrap_or_default();
        line.len() <= MAX_LINE && visible_lines(&self.text) == self.text && self.text.get(self.range.clone()).is_some()
    }

    fn source(&self) -> NamedSource<String> {
        NamedSource::new(&self.name, self.text.clone())
    }
}

/// The place of a failure in miette's terms. What is wrong is said before it.
#[derive(Debug)]
struct Shown<'f> {
    place: &'f Place,
    source: NamedSource<String>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Error)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        // What spans lines is shown by the first of them.
        let text = self.place.text.get(self.place.range.clone()).unwrap_or_default();
        let length = text.find(['\n', '\r']).unwrap_or(text.len());
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, (self.place.range.start, length)))))
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
