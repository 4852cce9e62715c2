//! Heredocs: their markers on the instruction's line, and their bodies.

use std::ops::Range;

use crate::text::CompactString;
use crate::text::{TextRange, range};

use super::error::{ErrorKind, SyntaxError, shown};
use super::lex::{Environment, Lookup, NothingKnown, Options, Quotes, expand_body, split};
use super::line::Line;
use super::scan::physical;
use super::tree::{Heredoc, Instruction, Kind, Source};
use super::word::Word;

/// How many unterminated heredocs with a line that is nearly their end are mended in a file. Each costs a search
/// through the rest of the file.
const MAX_MENDED: usize = 8;

/// The heredocs that a logical line begins, in order. If the line has an open quote or the like, there are none.
pub(super) fn markers(line: &Line<'_>) -> Vec<Heredoc> {
    if !line.text.contains("<<") {
        return Vec::new();
    }
    let options = Options { quotes: Quotes::Stay, keep_escapes: true, keep_unset: true, ..Options::new('\\') };
    let words = split(&line.text, options, &NothingSet).unwrap_or_default();
    words.into_iter().filter_map(|word| marker(&word.text, line.range(word.span))).collect()
}

/// The name of the heredoc that a word begins, if it does.
pub(super) fn name(word: &str) -> Option<CompactString> {
    marker(word, TextRange::default()).map(|heredoc| heredoc.name)
}

/// Reads `3<<-'EOF'` and the like. `<<` must begin the word, but for the digits of a file descriptor.
fn marker(word: &str, place: TextRange) -> Option<Heredoc> {
    let digits = word.find(|c: char| !c.is_ascii_digit())?;
    let (descriptor, rest) = word.split_at(digits);
    let rest = rest.strip_prefix("<<")?;
    let (strip_tabs, rest) = rest.strip_prefix('-').map_or((false, rest), |rest| (true, rest));
    if rest.is_empty() || rest.contains('<') {
        return None;
    }
    let options = Options { keep_unset: true, ..Options::new('\\') };
    let [unquoted] = &split(rest, options, &NothingSet)?[..] else {
        return None;
    };
    let quoted = split(rest, Options { quotes: Quotes::Stay, ..options }, &NothingSet)?;
    let count = |text: &str| text.bytes().filter(|byte| matches!(byte, b'\'' | b'"')).count();
    let expand = quoted.first().is_some_and(|quoted| count(&quoted.text) == count(&unquoted.text));
    Some(Heredoc {
        marker: place,
        name: unquoted.text.clone(),
        strip_tabs,
        expand,
        descriptor: descriptor.parse().unwrap_or(0),
        body: TextRange::default(),
        end: None,
    })
}

struct NothingSet;

impl Environment for NothingSet {
    fn get(&self, _: &str) -> Lookup {
        Lookup::Unset
    }
}

/// What BuildKit cannot expand in the bodies that an instruction copies.
pub(super) fn body_errors(text: &str, instruction: &Instruction) -> Vec<SyntaxError> {
    let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else {
        return Vec::new();
    };
    let copied = copy.sources.iter().filter_map(|source| match source {
        Source::Heredoc(index) => instruction.heredocs.get(*index).filter(|heredoc| heredoc.expand),
        Source::Path(_) => None,
    });
    let bodies = copied.map(|heredoc| Word::new(heredoc.body, &text[heredoc.body]));
    bodies.flat_map(|body| expand_body(&body, &NothingKnown).errors).collect()
}

/// Finds the ends of heredocs.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    mended: usize,
}

impl Bodies {
    /// Where the body that begins at `from` ends, and whether a line follows that ends the heredoc.
    pub(super) fn read(
        &mut self,
        text: &str,
        from: usize,
        heredoc: &Heredoc,
        errors: &mut Vec<SyntaxError>,
    ) -> (usize, bool) {
        let mut at = from;
        let mut nearly: Option<Range<usize>> = None;
        while let Some(line) = physical(text, at) {
            let content = &text[line.start..line.end];
            let content = if heredoc.strip_tabs { content.trim_start_matches('\t') } else { content };
            if content == heredoc.name {
                return (line.start, true);
            }
            if nearly.is_none() && content.trim() == heredoc.name.trim() {
                nearly = Some(line.start..line.end);
            }
            at = line.next;
        }
        let error = SyntaxError::new(
            ErrorKind::InvalidHeredoc,
            heredoc.marker,
            format!("this heredoc has no end: no line is just `{}`", shown(&heredoc.name)),
        );
        let nearly = nearly.filter(|_| self.mended < MAX_MENDED);
        self.mended += 1;
        if let Some(line) = nearly {
            errors.push(
                error
                    .help("Remove the blanks around the delimiter on the line that is to end it")
                    .related(range(line.clone()), "this line has blanks around the delimiter"),
            );
            return (line.start, true);
        }
        errors.push(error.help(format!("End the heredoc with a line that is just `{}`", shown(&heredoc.name))));
        (text.len(), false)
    }
}
