//! Comma-separated values on one line, as in `--mount` and `--device`: Go's `encoding/csv`, RFC 4180.

use super::word::Word;

/// Why a line cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CsvError {
    /// There is nothing.
    Empty,
    /// A quote at this offset in a field that does not begin with one, or text after a closing quote.
    StrayQuote(usize),
    /// The quote at this offset is never closed.
    OpenQuote(usize),
}

/// The fields of a word, quotes removed.
pub(super) fn fields(word: &Word) -> Result<Vec<Word>, CsvError> {
    let text = word.text.as_str();
    if text.is_empty() {
        return Err(CsvError::Empty);
    }
    let mut fields = Vec::new();
    let mut at = 0;
    loop {
        let (field, end) = if text[at..].starts_with('"') { quoted(word, at)? } else { plain(word, at)? };
        fields.push(field);
        if end == text.len() {
            return Ok(fields);
        }
        at = end + 1;
    }
}

fn plain(word: &Word, start: usize) -> Result<(Word, usize), CsvError> {
    let rest = &word.text[start..];
    let end = start + rest.find(',').unwrap_or(rest.len());
    match word.text[start..end].find('"') {
        Some(quote) => Err(CsvError::StrayQuote(start + quote)),
        None => Ok((word.slice(start..end), end)),
    }
}

/// A quoted field, in which two quotes mean one.
fn quoted(word: &Word, start: usize) -> Result<(Word, usize), CsvError> {
    let text = word.text.as_str();
    let mut at = start + 1;
    let mut field = word.slice(at..at);
    loop {
        let quote = at + text[at..].find('"').ok_or(CsvError::OpenQuote(start))?;
        let is_double = text[quote + 1..].starts_with('"');
        field.append(word.slice(at..quote + usize::from(is_double)));
        if is_double {
            at = quote + 2;
            continue;
        }
        field.range = word.sub_range(start..quote + 1);
        return match text.as_bytes().get(quote + 1) {
            None | Some(b',') => Ok((field, quote + 1)),
            Some(_) => Err(CsvError::StrayQuote(quote)),
        };
    }
}
