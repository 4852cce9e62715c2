//! Parser directives at the top of a file.

use std::ops::Range;

use crate::text::{TextRange, range};

use super::error::{ErrorKind, SyntaxError};
use super::tree::{Directive, DirectiveKind, Escape};
use super::word::Word;

/// Which directives can still come. They end at the first line that is none: a comment, an empty line, an instruction.
#[derive(Debug, Default)]
pub(super) struct Directives {
    ended: bool,
    seen: Vec<(DirectiveKind, TextRange)>,
}

impl Directives {
    /// No directive can follow.
    pub(super) fn end(&mut self) {
        self.ended = true;
    }

    /// Reads the comment at `span` as a directive, if it is one.
    pub(super) fn read(&mut self, text: &str, span: Range<usize>, errors: &mut Vec<SyntaxError>) -> Option<Directive> {
        if self.ended {
            return None;
        }
        let Some(directive) = read(text, span) else {
            self.ended = true;
            return None;
        };
        if let Some((_, first)) = self.seen.iter().find(|(kind, _)| *kind == directive.kind) {
            let name = &text[directive.name];
            let message = format!("the directive `{name}` stands twice");
            errors.push(
                SyntaxError::new(ErrorKind::DuplicateDirective, directive.range, message)
                    .help("Remove one of the two")
                    .related(*first, "the first one is here"),
            );
        } else {
            self.seen.push((directive.kind, directive.range));
        }
        if directive.kind == DirectiveKind::Escape && escape(&directive).is_none() {
            let value = &directive.value.text;
            let message = format!("`{value}` cannot be the escape character");
            errors.push(
                SyntaxError::new(ErrorKind::InvalidEscapeDirective, directive.value.range, message)
                    .help("The escape character is a backslash, which needs no directive, or a backtick"),
            );
        }
        Some(directive)
    }
}

/// The escape character that a directive sets.
pub(super) fn escape(directive: &Directive) -> Option<Escape> {
    match (directive.kind, directive.value.text.as_str()) {
        (DirectiveKind::Escape, "\\") => Some(Escape::Backslash),
        (DirectiveKind::Escape, "`") => Some(Escape::Backtick),
        _ => None,
    }
}

/// Reads `# name = value`, where only the blank space around the parts is free.
fn read(text: &str, span: Range<usize>) -> Option<Directive> {
    let blank = ['\t', '\n', '\u{c}', '\r', ' '];
    let after_hash = text[span.clone()].strip_prefix('#')?.trim_start();
    let name_length = after_hash.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after_hash.len());
    let (name, rest) = after_hash.split_at(name_length);
    let kind = match name.to_ascii_lowercase().as_str() {
        "syntax" => DirectiveKind::Syntax,
        "escape" => DirectiveKind::Escape,
        "check" => DirectiveKind::Check,
        _ => return None,
    };
    let value = rest.trim_start_matches(blank).strip_prefix('=')?;
    let trimmed = match value.trim_matches(blank) {
        // There must be one character, if only a blank.
        "" => &value[value.len().checked_sub(1)?..],
        trimmed => trimmed,
    };
    let place = |part: &str| {
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        range(start..start + part.len())
    };
    let value = Word::new(place(trimmed), trimmed);
    Some(Directive { range: range(span.start..value.range.end().into()), kind, name: place(name), value })
}
