//! Tests of the parser, by concept. Expected places are marked in the text: `FROM «x»`.

#![allow(clippy::unwrap_used)]

mod arguments;
mod commands;
mod convert;
mod flags;
mod heredocs;
mod invariants;
mod kinds;
mod lines;
mod speed;
mod structure;

use super::*;
use crate::text::{TextRange, range};

/// A text without the marks `«` and `»`, and the ranges between them, in the order in which they begin.
pub(super) fn marked(text: &str) -> (String, Vec<TextRange>) {
    let mut plain = String::new();
    let mut open = Vec::new();
    let mut ranges = Vec::new();
    for c in text.chars() {
        match c {
            '«' => open.push(plain.len()),
            '»' => ranges.push(range(open.pop().expect("a mark that is closed was opened")..plain.len())),
            c => plain.push(c),
        }
    }
    assert!(open.is_empty(), "a mark is not closed in {text:?}");
    ranges.sort_by_key(|range| (range.start(), std::cmp::Reverse(range.end())));
    (plain, ranges)
}

fn compare(text: &str, errors: &[SyntaxError], ranges: &[TextRange], kinds: &[ErrorKind]) {
    let found: Vec<_> = errors.iter().map(|error| (error.kind, &text[error.range], error.range)).collect();
    assert_eq!(ranges.len(), kinds.len(), "each kind needs a mark in {text:?}");
    let expected: Vec<_> = kinds.iter().zip(ranges).map(|(kind, range)| (*kind, &text[*range], *range)).collect();
    assert_eq!(found, expected, "in {text:?}");
}

/// BuildKit's parser refuses the text, at the marks, for these reasons and no other. Gives the errors.
fn refused(text: &str, kinds: &[ErrorKind]) -> Vec<SyntaxError> {
    let (plain, ranges) = marked(text);
    let file = parse(&plain);
    compare(&plain, &file.errors, &ranges, kinds);
    file.errors
}

/// As [`refused`], for a text that stands in a stage.
fn refused_in_stage(text: &str, kinds: &[ErrorKind]) -> Vec<SyntaxError> {
    refused(&format!("FROM a\n{text}"), kinds)
}

/// BuildKit reads the text, but refuses it later. Gives the errors.
fn refused_later(text: &str, kinds: &[ErrorKind]) -> Vec<SyntaxError> {
    let (plain, ranges) = marked(text);
    let file = parse(&plain);
    assert!(file.errors.is_empty(), "{:?} in {plain:?}", file.errors);
    let errors = convert_errors(&file);
    compare(&plain, &errors, &ranges, kinds);
    errors
}

/// BuildKit finds nothing wrong.
fn accepted(text: &str) -> Dockerfile {
    let file = parse(text);
    assert!(file.errors.is_empty(), "{:?} in {text:?}", file.errors);
    let late = convert_errors(&file);
    assert!(late.is_empty(), "{late:?} in {text:?}");
    file
}

/// The last instruction of a text that stands in a stage and is accepted.
fn instruction(text: &str) -> Instruction {
    accepted(&format!("FROM a\n{text}")).instructions.pop().unwrap()
}

/// What stands in the file at a place of an instruction that [`instruction`] gave.
fn at(text: &str, place: TextRange) -> &str {
    let start = usize::from(place.start()) - "FROM a\n".len();
    &text[start..start + usize::from(place.len())]
}

fn texts(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}
