//! The tokens that tile the text.

use crate::text::{TextRange, range};

use super::tree::{Token, TokenKind};

/// Collects tokens in file order.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    done: Vec<Token>,
    /// The tokens of an instruction while they are taken apart.
    scratch: Vec<Token>,
}

impl Tokens {
    /// With room for about as many tokens as a text has.
    pub(super) fn for_text(text: &str) -> Self {
        Self { done: Vec::with_capacity(text.len() / 8), scratch: Vec::new() }
    }

    pub(super) fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        if start < end {
            self.done.push(Token { kind, range: range(start..end) });
        }
    }

    /// The number of tokens so far, for [`Tokens::mark`].
    pub(super) fn len(&self) -> usize {
        self.done.len()
    }

    pub(super) fn finish(self) -> Vec<Token> {
        self.done
    }

    /// Takes apart the text tokens from index `from` on: what stands at one of the marks gets the mark's kind, and
    /// blanks around the rest become space. The marks are ascending and do not overlap.
    pub(super) fn mark(&mut self, source: &str, from: usize, marks: &[(TokenKind, TextRange)]) {
        self.scratch.clear();
        self.scratch.extend_from_slice(&self.done[from..]);
        self.done.truncate(from);
        let scratch = std::mem::take(&mut self.scratch);
        let mut marks = marks.iter().filter(|(_, place)| !place.is_empty()).peekable();
        for token in &scratch {
            if token.kind != TokenKind::Text {
                self.done.push(*token);
                continue;
            }
            let mut at = token.range.start();
            while let Some((kind, place)) = marks.peek() {
                if place.start() >= token.range.end() {
                    break;
                }
                let start = place.start().max(at);
                let end = place.end().min(token.range.end());
                self.text(source, TextRange::new(at, start));
                self.push(*kind, start.into(), end.into());
                at = end;
                if place.end() > token.range.end() {
                    break;
                }
                marks.next();
            }
            self.text(source, TextRange::new(at, token.range.end()));
        }
        self.scratch = scratch;
    }

    /// Pushes text with the blanks at its ends apart.
    fn text(&mut self, source: &str, place: TextRange) {
        let text = &source[place];
        let (start, end) = (usize::from(place.start()), usize::from(place.end()));
        let left = text.len() - text.trim_start().len();
        let right = text.trim_end().len().max(left);
        self.push(TokenKind::Space, start, start + left);
        self.push(TokenKind::Text, start + left, start + right);
        self.push(TokenKind::Space, start + right, end);
    }
}
