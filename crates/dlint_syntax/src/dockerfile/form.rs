//! Commands as `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK` hold them.

use std::ops::{Deref, Range};
use std::sync::OnceLock;

use crate::shell::{Script, ShellText, argv};
use crate::text::{TextRange, TextSize};

use super::tree::{Heredoc, Run};
use super::word::Word;

/// A command in shell form or exec form.
#[derive(Debug, Clone)]
pub enum Form {
    /// Text that the shell reads (`RUN make`). May be empty. For a `RUN` with heredocs it has their bodies too.
    Shell(ShellText),
    /// A JSON array of the words (`CMD ["nginx"]`).
    Exec(Exec),
}

impl Form {
    /// What is run, as a script: the commands of the shell form, or the one command of the exec form, in whose words
    /// nothing is expanded. `sh -c "…"` is a nested script in both.
    pub fn script(&self) -> &Script {
        match self {
            Self::Shell(shell) => shell.script(),
            Self::Exec(exec) => exec.script(),
        }
    }
}

/// The words of a command in exec form, as a JSON array gives them.
#[derive(Debug, Clone, Default)]
pub struct Exec {
    words: Vec<Word>,
    script: OnceLock<Box<Script>>,
}

impl Exec {
    pub(super) fn new(words: Vec<Word>) -> Self {
        Self { words, script: OnceLock::new() }
    }

    /// The one command with these words. The places of the words in it are without their quotes. An escape sequence
    /// counts as its first bytes, so that the place of what ends with one, in a nested script, ends within it.
    pub fn script(&self) -> &Script {
        self.script.get_or_init(|| Box::new(script(&self.words)))
    }
}

impl Deref for Exec {
    type Target = [Word];

    fn deref(&self) -> &[Word] {
        &self.words
    }
}

fn script(words: &[Word]) -> Script {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Script::default() };
    let base = first.range.start();
    let local = |offset: TextSize| usize::from(offset - base);
    let mut text = vec![0; local(last.range.end())];
    let mut places = Vec::with_capacity(words.len());
    for word in words {
        word.each_piece(|decoded, source| {
            let at = local(source.start());
            text[at..at + decoded.len()].copy_from_slice(decoded.as_bytes());
        });
        let quotes = TextSize::new(1);
        places.push(local(word.range.start() + quotes)..local(word.range.end() - quotes));
    }
    // Nothing but characters was written, none of them longer than what it stands for.
    argv(String::from_utf8(text).unwrap_or_default(), base, &places)
}

impl Run {
    /// Completes a shell form that has heredocs, once their bodies are read. `text` is the whole file, `arguments` what
    /// the instruction's line says.
    ///
    /// A heredoc that is all of the command is the script itself; BuildKit then hands its body to the shell as it is, or,
    /// if it begins with `#!`, runs it as a file. Otherwise the shell reads the line with the bodies after it.
    pub(super) fn add_heredocs(&mut self, text: &str, arguments: TextRange, heredocs: &[Heredoc]) {
        let Form::Shell(line) = &self.form else { return };
        let script = match heredocs {
            [only] if only.marker == arguments => {
                self.is_heredoc = true;
                let mut body = text[only.body].as_bytes().to_vec();
                if only.strip_tabs {
                    mask_tabs(&mut body);
                }
                ShellText::new(only.body, String::from_utf8(body).unwrap_or_default())
            }
            [.., last] => {
                let range = TextRange::new(line.range.start(), last.end.unwrap_or(last.body).end());
                let bodies = usize::from(heredocs[0].body.start());
                let mut whole = String::with_capacity(range.len().into());
                whole.push_str(line.text());
                // The newline before the first body stands for everything between the line and it.
                if let Some(hidden) = bodies.checked_sub(usize::from(line.range.end()) + 1) {
                    whole.extend(std::iter::repeat_n('\0', hidden));
                    whole.push('\n');
                    whole.push_str(&text[bodies..range.end().into()]);
                    ShellText::new(range, whole)
                } else {
                    return;
                }
            }
            [] => return,
        };
        self.form = Form::Shell(script);
    }

    /// The interpreter that a script in a heredoc names in its first line (`#!/bin/bash -e`), without the `#!`.
    pub fn shebang(&self) -> Option<&str> {
        let Form::Shell(script) = &self.form else { return None };
        let line = script.text().lines().next().filter(|_| self.is_heredoc)?;
        Some(line.trim_start_matches('\0').strip_prefix("#!")?.trim())
    }
}

/// Masks the tabs at the beginnings of lines.
fn mask_tabs(body: &mut [u8]) {
    let mut at_start = true;
    for byte in body {
        match *byte {
            b'\t' if at_start => *byte = 0,
            other => at_start = other == b'\n',
        }
    }
}

impl Word {
    /// Calls `each` for each piece of the text with its place in the file.
    fn each_piece(&self, mut each: impl FnMut(&str, TextRange)) {
        if self.pieces.is_empty() {
            each(&self.text, self.range);
        }
        for (index, piece) in self.pieces.iter().enumerate() {
            let span: Range<usize> = piece.text.into()..self.next_piece(index).into();
            each(&self.text[span], piece.source);
        }
    }
}
