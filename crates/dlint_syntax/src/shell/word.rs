//! Views of words and assignments.

use std::borrow::Cow;

use crate::text::TextRange;

use super::part::{ParameterOperator, Part, PartKind, Parts, all_parts, has_hidden};
use super::tree::{AssignmentData, Script, Span, WordData};

/// A word: what the shell expands to zero or more arguments.
#[derive(Debug, Clone, Copy)]
pub struct Word<'s> {
    pub(super) script: &'s Script,
    pub(super) data: WordData,
}

impl<'s> Word<'s> {
    /// Its place in the file.
    pub fn range(&self) -> TextRange {
        self.script.range(self.data.range)
    }

    /// The text at its range, quotes included.
    pub fn text(&self) -> &'s str {
        self.script.slice(self.data.range)
    }

    /// The bytes of [`Word::text`]: the cheaper way to tell what kind of a word it is.
    pub fn bytes(&self) -> &'s [u8] {
        let Span { start, end } = self.data.range;
        self.script.text.as_bytes().get(start as usize..end as usize).unwrap_or_default()
    }

    /// Its parts; a double-quoted string is one, with parts of its own.
    pub fn parts(&self) -> Parts<'s> {
        Parts { script: self.script, span: self.data.parts }
    }

    /// All parts, also those within others, in source order.
    pub fn all_parts(&self) -> impl Iterator<Item = Part<'s>> + use<'s> {
        all_parts(self.script, self.data.parts)
    }

    /// Its value, if nothing in it is expanded: quotes and escapes are processed, and there is no `$x`, `$( … )`, glob
    /// character, brace expansion or leading tilde in it.
    pub fn literal(&self) -> Option<Cow<'s, str>> {
        if self.data.is_plain {
            return Some(Cow::Borrowed(self.text()));
        }
        self.all_parts().all(|part| !part.kind().expands() && !part.kind().is_pattern()).then(|| self.unquoted())
    }

    /// Its value as far as it does not depend on variables or other commands: as [`Word::literal`], with globs, braces
    /// and tildes as they are written (`/var/lib/apt/lists/*`, `package[extra]`).
    pub fn pattern(&self) -> Option<Cow<'s, str>> {
        if self.data.is_plain {
            return Some(Cow::Borrowed(self.text()));
        }
        self.all_parts().all(|part| !part.kind().expands()).then(|| self.unquoted())
    }

    /// The word with its quotes and escapes processed and everything else as it is written (`"$HOME"/bin` gives
    /// `$HOME/bin`).
    pub fn unquoted(&self) -> Cow<'s, str> {
        if self.data.is_plain {
            return Cow::Borrowed(self.text());
        }
        let mut parts = self.parts();
        match (parts.next(), parts.next()) {
            (None, _) => Cow::Borrowed(""),
            (Some(only), None) if only.kind() == PartKind::Literal && !has_hidden(only.text()) => {
                Cow::Borrowed(only.text())
            }
            _ => {
                let mut value = String::with_capacity(self.data.range.len());
                self.parts().for_each(|part| part.append_value(&mut value));
                Cow::Owned(value)
            }
        }
    }

    /// Whether its value, as far as it is known, is `text`.
    pub fn is(&self, text: &str) -> bool {
        self.literal().is_some_and(|literal| literal == text)
    }

    /// Whether the whole word is one quoted string (`"…"`, `'…'` or `$'…'`).
    pub fn is_quoted(&self) -> bool {
        let mut parts = self.parts();
        parts.next().is_some_and(|part| part.kind().is_quotes()) && parts.next().is_none()
    }

    /// The variables and substitutions in it, also within quotes and within each other.
    pub fn expansions(&self) -> impl Iterator<Item = Part<'s>> + use<'s> {
        self.all_parts().filter(|part| part.kind().expands())
    }

    /// Whether the shell may make several arguments of it, or none, depending on the value of a variable or the output
    /// of a command: one of them stands outside quotes. Numbers (`$#`, `$?`, `$$`, `$!`, `${#x}`, `$((…))`) do not
    /// count.
    pub fn may_split(&self) -> bool {
        self.parts().any(|part| match part.kind() {
            PartKind::CommandSubstitution | PartKind::Backticks => true,
            PartKind::Parameter => part.parameter().is_some_and(|parameter| {
                parameter.operator() != ParameterOperator::Length
                    && !matches!(parameter.name(), "#" | "?" | "$" | "!" | "-")
            }),
            _ => false,
        })
    }
}

/// A run of words.
#[derive(Debug, Clone, Copy)]
pub struct Words<'s> {
    pub(super) script: &'s Script,
    pub(super) span: Span,
}

impl<'s> Words<'s> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.span.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first.
    pub fn first(&self) -> Option<Word<'s>> {
        self.get(0)
    }

    /// The one at `index`, from 0.
    pub fn get(&self, index: usize) -> Option<Word<'s>> {
        (index < self.len())
            .then(|| Word { script: self.script, data: self.script.words[self.span.start as usize + index] })
    }

    /// Those from `index` on; none if there are fewer.
    #[must_use]
    pub fn from(&self, index: usize) -> Self {
        let start = self.span.start + index.min(self.len()) as u32;
        Self { script: self.script, span: Span { start, end: self.span.end } }
    }

    /// From the start of the first to the end of the last.
    pub fn range(&self) -> Option<TextRange> {
        let last = self.get(self.len().checked_sub(1)?)?;
        Some(self.first()?.range().cover(last.range()))
    }

    /// The words in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Word<'s>> + ExactSizeIterator + use<'s> {
        let script = self.script;
        script.words[self.span.start as usize..self.span.end as usize]
            .iter()
            .map(move |data| Word { script, data: *data })
    }
}

/// `name=value` before a command.
#[derive(Debug, Clone, Copy)]
pub struct Assignment<'s> {
    pub(super) script: &'s Script,
    pub(super) data: &'s AssignmentData,
}

impl<'s> Assignment<'s> {
    /// From the name to the end of the value.
    pub fn range(&self) -> TextRange {
        self.name_range().cover(self.value().range())
    }

    /// The variable.
    pub fn name(&self) -> &'s str {
        self.script.slice(self.data.name)
    }

    /// The place of the variable's name.
    pub fn name_range(&self) -> TextRange {
        self.script.range(self.data.name)
    }

    /// Whether it is `name+=value`.
    pub fn is_append(&self) -> bool {
        self.data.append
    }

    /// The value; may be empty.
    pub fn value(&self) -> Word<'s> {
        Word { script: self.script, data: self.data.value }
    }
}
