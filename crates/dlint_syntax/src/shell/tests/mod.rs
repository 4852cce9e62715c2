//! Tests of the shell scanner, by concept.
#![allow(clippy::unwrap_used)]

mod broken;
mod commands;
mod compounds;
mod masking;
mod mutations;
mod nested;
mod options;
mod program;
mod redirects;
mod settings;
mod status;
mod words;

use crate::text::{TextRange, TextSize};

use super::{Command, Operator, Script, Word, parse};

/// Where the texts of these tests stand in their imagined file, so that a range without it is noticed.
const BASE: u32 = 1000;

/// Reads a text that has to be free of errors.
fn read(text: &str) -> Script {
    let script = parse(text, BASE.into());
    assert_eq!(script.errors(), [], "{text}");
    script
}

/// Where the only `needle` of `text` stands in the file.
#[track_caller]
fn place(text: &str, needle: &str) -> TextRange {
    assert_eq!(text.matches(needle).count(), 1, "{needle:?} has to stand once in {text:?}");
    place_of(text, needle, 0)
}

/// Where the `needle` with the number `nth`, from 0, stands in the file.
#[track_caller]
fn place_of(text: &str, needle: &str, nth: usize) -> TextRange {
    let (at, _) = text.match_indices(needle).nth(nth).unwrap();
    TextRange::at(TextSize::new(BASE + at as u32), TextSize::of(needle))
}

/// The texts of the simple commands.
fn commands(script: &Script) -> Vec<&str> {
    script.commands().map(|command| command.text()).collect()
}

/// The texts of a command's words.
fn words<'s>(command: &Command<'s>) -> Vec<&'s str> {
    command.words().iter().map(|word| word.text()).collect()
}

/// The only simple command with this name.
#[track_caller]
fn command<'s>(script: &'s Script, name: &str) -> Command<'s> {
    let mut found = script.commands().filter(|command| command.name().is_some_and(|found| found == name));
    let command = found.next().unwrap_or_else(|| panic!("no command {name}"));
    assert!(found.next().is_none(), "more than one command {name}");
    command
}

/// The last word of the first simple command.
fn last_word(script: &Script) -> Word<'_> {
    script.commands().next().unwrap().words().iter().last().unwrap()
}
