//! Tests of the parser, by concept. Expected places are written into the text: `FROM «x»`.

#![allow(clippy::unwrap_used)]

mod invariants;

use super::*;
use crate::text::{TextRange, range};

/// A text without the marks `«` and `»`, and the ranges between them.
fn marked(text: &str) -> (String, Vec<TextRange>) {
    let mut plain = String::new();
    let mut open = Vec::new();
    let mut ranges = Vec::new();
    for c in text.chars() {
        match c {
            '«' => open.push((plain.len(), ranges.len())),
            '»' => {
                let (start, _) = open.pop().expect("a mark that is closed was opened");
                ranges.push(range(start..plain.len()));
            }
            c => plain.push(c),
        }
    }
    assert!(open.is_empty(), "a mark is not closed in {text:?}");
    ranges.sort_by_key(|range| range.start());
    (plain, ranges)
}
