//! Patterns in `${name#pattern}` and its kin: `*` is any text, `?` any character; there are no brackets.

use crate::text::CompactString;

/// A pattern.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Token>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Char(char),
    AnyChar,
    AnyText,
}

impl Pattern {
    /// Reads a pattern. The error is the character after a `\` that cannot be escaped, or nothing if the text ends.
    pub(super) fn new(text: &str) -> Result<Self, Option<char>> {
        let mut tokens = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            tokens.push(match c {
                '*' => Token::AnyText,
                '?' => Token::AnyChar,
                '\\' => match chars.peek() {
                    // Read as itself in the next round.
                    Some('}' | '/') => continue,
                    Some(&escaped @ ('*' | '?' | '\\')) => {
                        chars.next();
                        Token::Char(escaped)
                    }
                    other => return Err(other.copied()),
                },
                c => Token::Char(c),
            });
        }
        Ok(Self(tokens))
    }

    /// Whether matching is a matter of no time: the work grows with the pattern's length and the value's square.
    pub(super) fn is_cheap_on(&self, value: &str) -> bool {
        self.0.len().saturating_mul(value.len()).saturating_mul(value.len()) < 10_000_000
    }

    /// The value without the prefix that matches; the value if none does.
    pub(super) fn without_prefix(&self, value: &str, longest: bool) -> CompactString {
        let length = matched(&self.0, value.chars(), longest).unwrap_or(0);
        value[length..].into()
    }

    /// The value without the suffix that matches; the value if none does.
    pub(super) fn without_suffix(&self, value: &str, longest: bool) -> CompactString {
        let reversed: Vec<Token> = self.0.iter().rev().copied().collect();
        let length = matched(&reversed, value.chars().rev(), longest).unwrap_or(0);
        value[..value.len() - length].into()
    }

    /// The value with the first match replaced, or every one: always the leftmost and longest.
    pub(super) fn replaced(&self, value: &str, replacement: &str, every: bool) -> CompactString {
        let mut result = CompactString::default();
        let mut rest = value;
        // After a match, an empty one does not count at the same place.
        let mut after_match = false;
        loop {
            match matched(&self.0, rest.chars(), true) {
                Some(length) if length > 0 || !after_match => {
                    result.push_str(replacement);
                    rest = &rest[length..];
                    if !every {
                        break;
                    }
                    after_match = length > 0;
                    if length > 0 {
                        continue;
                    }
                }
                _ => {}
            }
            let Some(c) = rest.chars().next() else {
                break;
            };
            result.push(c);
            rest = &rest[c.len_utf8()..];
            after_match = false;
        }
        result.push_str(rest);
        result
    }
}

/// How many bytes of the text the tokens match from its start: the fewest, or the most.
fn matched(tokens: &[Token], text: impl Iterator<Item = char>, longest: bool) -> Option<usize> {
    // `states[n]`: the first `n` tokens can have matched the text so far.
    let mut states = vec![false; tokens.len() + 1];
    states[0] = true;
    let mut found = None;
    let mut length = 0;
    let mut text = text;
    loop {
        // A `*` can also match nothing.
        for (index, token) in tokens.iter().enumerate() {
            if states[index] && *token == Token::AnyText {
                states[index + 1] = true;
            }
        }
        if states[tokens.len()] {
            found = Some(length);
        }
        if !states.contains(&true) || (found.is_some() && !longest) {
            return found;
        }
        let Some(c) = text.next() else {
            return found;
        };
        length += c.len_utf8();
        let mut next = vec![false; tokens.len() + 1];
        for (index, token) in tokens.iter().enumerate().filter(|&(index, _)| states[index]) {
            match token {
                Token::AnyText => next[index] = true,
                Token::AnyChar => next[index + 1] = true,
                Token::Char(expected) => next[index + 1] |= *expected == c,
            }
        }
        states = next;
    }
}
