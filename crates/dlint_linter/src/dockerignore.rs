//! Which files of a build context a `.dockerignore` leaves out.
//!
//! Source: Docker documentation, "Build context", ".dockerignore files"; github.com/moby/patternmatcher, whose order counts: the last
//! pattern that matches the path, or a folder that it lies in, decides.

use std::path::Path;

use crate::check::Files;

/// The patterns of a `.dockerignore`.
#[derive(Debug, Default)]
pub struct Dockerignore(Vec<Pattern>);

#[derive(Debug)]
struct Pattern {
    tokens: Vec<Token>,
    /// How many parts the path has that it names.
    parts: usize,
    is_exception: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Char(char),
    /// `?`.
    One,
    /// `*`.
    Many,
    /// `**/`: any folders, also none.
    Folders,
    /// `**` at the end or before something else than a slash.
    Everything,
    /// `[a-z]`, `[^a]`.
    Class {
        ranges: Vec<(char, char)>,
        is_negated: bool,
    },
}

/// More lines and longer ones than anybody writes.
const MOST_PATTERNS: usize = 5000;
const LONGEST: usize = 1000;

impl Dockerignore {
    /// The one that counts for a Dockerfile: that beside it with its name, else that of the context.
    pub fn find(context: &Path, dockerfile: Option<&Path>, files: &dyn Files) -> Self {
        let own = dockerfile.and_then(|path| {
            let mut name = path.file_name()?.to_owned();
            name.push(".dockerignore");
            files.text(&path.with_file_name(name))
        });
        let text = own.or_else(|| files.text(&context.join(".dockerignore")));
        text.map(|text| Self::parse(&text)).unwrap_or_default()
    }

    /// Whether it leaves nothing out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a path in the context is left out with all that may lie in it: no exception names something below it.
    pub fn leaves_out_wholly(&self, path: &str) -> bool {
        self.leaves_out(path) && !self.0.iter().any(|pattern| pattern.is_exception && pattern.may_match_below(path))
    }

    /// Reads the lines.
    pub fn parse(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines().take(MOST_PATTERNS);
        Self(lines.filter(|line| !line.starts_with('#') && line.len() <= LONGEST).filter_map(Pattern::parse).collect())
    }

    /// Whether a path in the context (`a/b`, without `./`) is left out.
    pub fn leaves_out(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        let mut is_left_out = false;
        for pattern in &self.0 {
            // One that says what is so already changes nothing.
            if pattern.is_exception != is_left_out {
                continue;
            }
            let parent = parts.get(..pattern.parts).filter(|parent| parent.len() < parts.len());
            if pattern.matches(path) || parent.is_some_and(|parent| pattern.matches(&parent.join("/"))) {
                is_left_out = !pattern.is_exception;
            }
        }
        is_left_out
    }
}

impl Pattern {
    fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        let (is_exception, line) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim()),
            None => (false, line),
        };
        let clean = clean(line);
        if clean.is_empty() {
            return None;
        }
        Some(Self { parts: clean.split('/').count(), tokens: tokens(&clean), is_exception })
    }

    /// Whether something that lies in a folder may match.
    fn may_match_below(&self, folder: &str) -> bool {
        let literal: String = self
            .tokens
            .iter()
            .map_while(|token| match token {
                Token::Char(char) => Some(*char),
                _ => None,
            })
            .collect();
        let is_literal = literal.chars().count() == self.tokens.len();
        literal.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
            || !is_literal && (literal.starts_with(folder) || folder.starts_with(&literal))
    }

    fn matches(&self, path: &str) -> bool {
        let text: Vec<char> = path.chars().collect();
        // Which lengths of the text the tokens so far can match.
        let mut reached = vec![false; text.len() + 1];
        reached[0] = true;
        for token in &self.tokens {
            let mut next = vec![false; text.len() + 1];
            let mut running = false;
            for at in 0..=text.len() {
                let char = at.checked_sub(1).map(|before| text[before]);
                let before = at > 0 && reached[at - 1];
                next[at] = match token {
                    Token::Char(wanted) => before && char == Some(*wanted),
                    Token::One => before && char != Some('/'),
                    Token::Class { ranges, is_negated } => {
                        let is_in = |char: char| ranges.iter().any(|(low, high)| (*low..=*high).contains(&char));
                        before && char.is_some_and(|char| is_in(char) != *is_negated)
                    }
                    Token::Many => {
                        running = reached[at] || (running && char != Some('/'));
                        running
                    }
                    Token::Everything => {
                        running |= reached[at];
                        running
                    }
                    Token::Folders => {
                        let is_after_slash = running && char == Some('/');
                        running |= reached[at];
                        reached[at] || is_after_slash
                    }
                };
            }
            reached = next;
        }
        reached.last().copied().unwrap_or(false)
    }
}

/// The pattern without `.`, `..`, doubled slashes and one at the start.
pub(crate) fn clean(pattern: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in pattern.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if pattern.starts_with('/') => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn tokens(pattern: &str) -> Vec<Token> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&char) = chars.get(at) {
        at += 1;
        match char {
            '*' if chars.get(at) == Some(&'*') => {
                while chars.get(at) == Some(&'*') {
                    at += 1;
                }
                if chars.get(at) == Some(&'/') {
                    at += 1;
                    tokens.push(Token::Folders);
                } else {
                    tokens.push(Token::Everything);
                }
            }
            '*' => tokens.push(Token::Many),
            '?' => tokens.push(Token::One),
            '[' => match class(&chars[at..]) {
                Some((class, len)) => {
                    tokens.push(class);
                    at += len;
                }
                None => tokens.push(Token::Char('[')),
            },
            '\\' => {
                tokens.push(Token::Char(chars.get(at).copied().unwrap_or('\\')));
                at += 1;
            }
            char => tokens.push(Token::Char(char)),
        }
    }
    tokens
}

/// A class after its `[`, and how many characters it has up to and with its `]`.
fn class(chars: &[char]) -> Option<(Token, usize)> {
    let end = chars.iter().skip(1).position(|&char| char == ']')? + 1;
    let is_negated = chars.first() == Some(&'^');
    let mut inner = chars.get(usize::from(is_negated)..end)?;
    let mut ranges = Vec::new();
    while let Some((&low, rest)) = inner.split_first() {
        let (high, after) = match rest {
            ['-', high, after @ ..] => (*high, after),
            after => (low, after),
        };
        ranges.push((low, high));
        inner = after;
    }
    Some((Token::Class { ranges, is_negated }, end + 1))
}

#[cfg(test)]
mod tests {
    use super::Dockerignore;

    #[test]
    fn the_last_pattern_that_matches_decides() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            (".env", &[".env"], &["a/.env", ".env.local", "x.env"]),
            ("**/.env", &[".env", "a/.env", "a/b/.env"], &["a.env", "a/x.env"]),
            ("/secrets/", &["secrets", "secrets/a", "secrets/b/c"], &["a/secrets/b", "secrets2"]),
            ("*.pem\n!public.pem", &["key.pem"], &["public.pem", "a/key.pem"]),
            ("!key.pem\n*.pem", &["key.pem"], &["a"]),
            ("*", &["a", "a/b"], &[]),
            ("*\n!src", &["a", "srcs/a"], &["src", "src/a", "src/b/c"]),
            ("*\n!src/**", &["a"], &["src/a", "src/b/c"]),
            ("**", &["a", "a/b"], &[]),
            ("a/**/c", &["a/c", "a/b/c", "a/x/y/c"], &["a/bc", "b/a/c"]),
            ("a?c\n[xy]z\n[^a-c]1", &["abc", "xz", "yz", "d1"], &["a/c", "az", "a1", "b1"]),
            ("# .env\n\n  .env  \n./x/../y", &[".env", "y", "y/z"], &["x", "# .env"]),
            ("\\*.env", &["*.env"], &["a.env"]),
            ("", &[], &["a"]),
            ("**/*.key\n!**/ok.key", &["a.key", "a/b.key"], &["ok.key", "a/ok.key"]),
        ];
        for (text, out, kept) in cases {
            let ignore = Dockerignore::parse(text);
            for path in *out {
                assert!(ignore.leaves_out(path), "{text:?} leaves {path:?} out");
            }
            for path in *kept {
                assert!(!ignore.leaves_out(path), "{text:?} keeps {path:?}");
            }
        }
    }
}
