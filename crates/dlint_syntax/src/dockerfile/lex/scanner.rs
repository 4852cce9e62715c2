//! The scanner behind variable expansion and the search for heredocs.

use crate::text::CompactString;
use std::ops::Range;

use super::parts::{LexReference, LexWord, Options, Problem, Quotes, Text, Words, append, push};
use super::pattern::Pattern;
use super::{Environment, Lookup, Modifier};

/// How deep references may stand in the modifiers of others; BuildKit has no limit.
const MAX_DEPTH: usize = 64;

/// The words of a text's expansion; nothing if there is an error or the result is not known.
pub(in crate::dockerfile) fn split(text: &str, options: Options, env: &dyn Environment) -> Option<Vec<LexWord>> {
    let mut scanner = Scanner::new(text, options, env);
    let mut words = Words::default();
    scanner.until(None, options.keep_escapes, Some(&mut words))?;
    words.finish()
}

/// Scans one text.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    options: Options,
    env: &'a dyn Environment,
    depth: usize,
    /// How many modifiers were read.
    modifiers: usize,
    /// References stand too deep in each other: the rest of the text was skipped.
    too_deep: bool,
    pub(super) references: Vec<LexReference>,
    pub(super) problem: Option<Problem>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, options: Options, env: &'a dyn Environment) -> Self {
        let references = Vec::new();
        Self { text, at: 0, options, env, depth: 0, modifiers: 0, too_deep: false, references, problem: None }
    }

    /// The whole text's expansion; nothing if there is a problem.
    pub(super) fn all(&mut self) -> Option<Text> {
        let text = self.until(None, self.options.keep_escapes, None)?;
        self.references.sort_by_key(|reference| reference.span.start);
        Some(text)
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn fail<T>(&mut self, problem: Problem) -> Option<T> {
        self.problem = Some(problem);
        None
    }

    /// Reads up to and with `stop`, or to the end. `raw` keeps escape characters in the result.
    fn until(&mut self, stop: Option<char>, raw: bool, mut words: Option<&mut Words>) -> Option<Text> {
        let opened = self.at;
        let mut text = Some(CompactString::default());
        while let Some(c) = self.peek() {
            let start = self.at;
            if Some(c) == stop {
                self.at += c.len_utf8();
                return Some(text);
            }
            if c == '$' || (matches!(c, '\'' | '"') && self.options.quotes != Quotes::Plain) {
                let modifiers = self.modifiers;
                let part = match c {
                    '$' => self.dollar()?,
                    '"' => self.double_quoted(raw)?,
                    _ => Some(self.single_quoted()?),
                };
                if let Some(words) = words.as_deref_mut() {
                    // BuildKit loses the beginning of a word when it reads a modifier. That matters where it looks
                    // for heredocs: `<<${a:-b}` begins none.
                    if self.options.keep_unset && self.modifiers > modifiers {
                        words.forget();
                    }
                    match &part {
                        Some(part) if c == '$' => words.divided(part, &(start..self.at)),
                        Some(part) => words.raw(part, start..self.at),
                        None => words.unknown = true,
                    }
                }
                append(&mut text, part);
                continue;
            }
            let Some((part, is_raw)) = self.plain(c, raw) else {
                break;
            };
            let part = &self.text[part];
            if let Some(text) = &mut text {
                text.push_str(part);
            }
            match words.as_deref_mut() {
                Some(words) if is_raw => words.raw(part, start..self.at),
                Some(words) => words.divided(part, &(start..self.at)),
                None => {}
            }
        }
        match stop {
            Some('/') if !self.too_deep => self.fail(Problem::MissingSlash { span: opened..self.at }),
            Some(_) if !self.too_deep => self.fail(Problem::MissingBrace { span: opened..self.at }),
            _ => Some(text),
        }
    }

    /// Reads the character `c`, which is neither quote nor `$`, with what belongs to it. Gives the range of what stays,
    /// and whether blanks in it do not divide words. Nothing if it is an escape character at the end, which vanishes.
    fn plain(&mut self, c: char, raw: bool) -> Option<(Range<usize>, bool)> {
        let start = self.at;
        self.at += c.len_utf8();
        if c == self.options.escape {
            let kept = if raw { start } else { self.at };
            let next = self.next();
            return (raw || next.is_some()).then_some((kept..self.at, true));
        }
        if c == '<' && self.peek() == Some('<') {
            // A heredoc's delimiter may stand apart from its `<<`.
            let rest = &self.text[self.at + 1..];
            self.at = self.text.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            return Some((start..self.at, true));
        }
        Some((start..self.at, false))
    }

    fn single_quoted(&mut self) -> Option<CompactString> {
        let start = self.at;
        let Some(length) = self.text[start + 1..].find('\'') else {
            return self.fail(Problem::OpenQuote { span: start..start + 1, quote: '\'' });
        };
        self.at = start + length + 2;
        let quotes = usize::from(self.options.quotes != Quotes::Stay);
        Some(self.text[start + quotes..self.at - quotes].into())
    }

    fn double_quoted(&mut self, raw: bool) -> Option<Text> {
        let start = self.at;
        self.at += 1;
        let mut text = Some(CompactString::default());
        if self.options.quotes == Quotes::Stay {
            push(&mut text, '"');
        }
        while let Some(c) = self.peek() {
            if c == '$' {
                let part = self.dollar()?;
                append(&mut text, part);
                continue;
            }
            self.at += c.len_utf8();
            if c == '"' {
                if self.options.quotes == Quotes::Stay {
                    push(&mut text, '"');
                }
                return Some(text);
            }
            if c != self.options.escape {
                push(&mut text, c);
                continue;
            }
            if raw {
                push(&mut text, c);
            }
            match self.peek() {
                None => {}
                Some(next) if next == '"' || next == '$' || next == self.options.escape => {
                    self.at += next.len_utf8();
                    push(&mut text, next);
                }
                Some(_) => push(&mut text, c),
            }
        }
        self.fail(Problem::OpenQuote { span: start..start + 1, quote: '"' })
    }

    /// Reads a `$` and what belongs to it.
    fn dollar(&mut self) -> Option<Text> {
        let start = self.at;
        self.at += 1;
        if self.peek() == Some('{') {
            self.at += 1;
            self.depth += 1;
            let value = if self.depth > MAX_DEPTH {
                self.too_deep = true;
                self.at = self.text.len();
                Some(None)
            } else {
                self.braced(start)
            };
            self.depth -= 1;
            return value;
        }
        let name = self.name();
        if name.is_empty() {
            return Some(Some("$".into()));
        }
        self.refer(start, name.clone(), None);
        Some(self.value(start, &name))
    }

    /// The value of a reference without a modifier.
    fn value(&self, start: usize, name: &Range<usize>) -> Text {
        match self.env.get(&self.text[name.clone()]) {
            Lookup::Set(value) => Some(value),
            Lookup::Unset if self.options.keep_unset => Some(self.text[start..self.at].into()),
            Lookup::Unset => Some(CompactString::default()),
            Lookup::Unknown => None,
        }
    }

    fn refer(&mut self, start: usize, name: Range<usize>, modifier: Option<Modifier>) {
        if !name.is_empty() {
            let nested = self.depth > usize::from(self.text[start..].starts_with("${"));
            self.references.push(LexReference { span: start..self.at, name, modifier, nested });
        }
    }

    /// Reads what follows a `${` that began at `start`.
    fn braced(&mut self, start: usize) -> Option<Text> {
        match self.peek() {
            None => return self.fail(Problem::MissingBrace { span: start..self.at }),
            Some('{' | '}' | ':') => {
                return self.fail(Problem::NoName { span: start..self.at + 1 });
            }
            Some(_) => {}
        }
        let name = self.name();
        let from = self.at;
        match self.next() {
            None => self.fail(Problem::MissingBrace { span: start..self.at }),
            Some('}') => {
                self.refer(start, name.clone(), None);
                Some(self.value(start, &name))
            }
            Some('/') => self.replaced(start, name),
            Some(':') => match self.next() {
                Some(operator @ ('-' | '+' | '?')) => self.modified(start, name, operator, true),
                Some('}') | None => self.fail(Problem::Modifier { span: from..from + 1, text: ":".into() }),
                Some(_) => self.unsupported(from),
            },
            Some(operator @ ('-' | '+' | '?')) => self.modified(start, name, operator, false),
            Some(operator @ ('#' | '%')) => self.trimmed(start, name, operator),
            // In the body of a heredoc a line can end here.
            Some('\n') => self.fail(Problem::MissingBrace { span: start..from }),
            Some(_) if name.is_empty() => self.fail(Problem::NoName { span: start..self.at }),
            Some(_) => self.unsupported(from),
        }
    }

    fn unsupported(&mut self, from: usize) -> Option<Text> {
        let text = self.text[from..self.at].into();
        self.fail(Problem::Modifier { span: from..self.at, text })
    }

    /// Reads the rest of a reference up to `stop`; without it, the whole reference is at fault.
    fn rest(&mut self, start: usize, stop: char, raw: bool) -> Option<Text> {
        let opened = self.at;
        self.modifiers += 1;
        let text = self.until(Some(stop), raw, None);
        if let Some(Problem::MissingBrace { span } | Problem::MissingSlash { span }) = &mut self.problem
            && span.start == opened
        {
            span.start = start;
        }
        text
    }

    /// `${name:-word}`, `${name-word}` and likewise `+` and `?`. With the colon, an empty value counts as none.
    fn modified(&mut self, start: usize, name: Range<usize>, operator: char, colon: bool) -> Option<Text> {
        let word = self.rest(start, '}', false)?;
        let modifier = match operator {
            '-' => Modifier::Default,
            '+' => Modifier::Alternative,
            _ => Modifier::Required,
        };
        self.refer(start, name.clone(), Some(modifier));
        let value = self.env.get(&self.text[name.clone()]);
        if self.options.keep_unset && value == Lookup::Unset {
            return Some(Some(self.text[start..self.at].into()));
        }
        let given = match value {
            Lookup::Unknown if modifier == Modifier::Alternative && word.as_deref() == Some("") => return Some(word),
            Lookup::Unknown => return Some(None),
            Lookup::Set(value) if !(colon && value.is_empty()) => Some(value),
            Lookup::Set(_) | Lookup::Unset => None,
        };
        match (modifier, given) {
            (Modifier::Alternative, Some(_)) | (Modifier::Default, None) => Some(word),
            (Modifier::Alternative, None) => Some(Some(CompactString::default())),
            (_, Some(value)) => Some(Some(value)),
            (_, None) => {
                let name = self.text[name].into();
                self.fail(Problem::Required { span: start..self.at, name, text: word.unwrap_or_default() })
            }
        }
    }

    /// `${name#pattern}`, `${name##pattern}` and likewise `%`.
    fn trimmed(&mut self, start: usize, name: Range<usize>, operator: char) -> Option<Text> {
        let from = self.at;
        let pattern = self.rest(start, '}', true)?;
        let modifier = if operator == '#' { Modifier::RemovePrefix } else { Modifier::RemoveSuffix };
        self.refer(start, name.clone(), Some(modifier));
        let value = self.env.get(&self.text[name]);
        if self.options.keep_unset && value == Lookup::Unset {
            return Some(Some(self.text[start..self.at].into()));
        }
        let Some(pattern) = pattern else {
            return Some(None);
        };
        let (longest, pattern) = match pattern.strip_prefix(operator) {
            Some(rest) => (true, rest),
            None => (false, pattern.as_str()),
        };
        let end = (self.at - usize::from(!self.too_deep)).max(from);
        let pattern = self.pattern(pattern, from..end)?;
        Some(match value {
            Lookup::Set(value) if !pattern.is_cheap_on(&value) => None,
            Lookup::Set(value) if operator == '#' => Some(pattern.without_prefix(&value, longest)),
            Lookup::Set(value) => Some(pattern.without_suffix(&value, longest)),
            Lookup::Unset => Some(CompactString::default()),
            Lookup::Unknown => None,
        })
    }

    /// `${name/pattern/replacement}` and `${name//pattern/replacement}`.
    fn replaced(&mut self, start: usize, name: Range<usize>) -> Option<Text> {
        let every = self.peek() == Some('/');
        if every {
            self.at += 1;
        }
        let from = self.at;
        let pattern = self.rest(start, '/', true)?;
        let pattern_end = (self.at - usize::from(!self.too_deep)).max(from);
        let replacement = self.rest(start, '}', true)?;
        self.refer(start, name.clone(), Some(Modifier::Replace));
        let value = self.env.get(&self.text[name]);
        if self.options.keep_unset && value == Lookup::Unset {
            return Some(Some(self.text[start..self.at].into()));
        }
        let Some(pattern) = pattern else {
            return Some(None);
        };
        let pattern = self.pattern(&pattern, from..pattern_end)?;
        Some(match (value, replacement) {
            // BuildKit lets a regular expression library put the replacement in, which gives `$` a meaning of its own.
            (_, Some(replacement)) if every && replacement.contains('$') => None,
            (Lookup::Set(value), _) if !pattern.is_cheap_on(&value) => None,
            (Lookup::Set(value), Some(replacement)) => Some(pattern.replaced(&value, &replacement, every)),
            (Lookup::Unset, Some(replacement)) => Some(pattern.replaced("", &replacement, every)),
            _ => None,
        })
    }

    fn pattern(&mut self, text: &str, span: Range<usize>) -> Option<Pattern> {
        match Pattern::new(text) {
            Ok(pattern) => Some(pattern),
            Err(escaped) => self.fail(Problem::Pattern { span, escaped }),
        }
    }

    /// Reads a variable's name, which may be empty.
    fn name(&mut self) -> Range<usize> {
        let start = self.at;
        let rest = &self.text[start..];
        let length = match rest.chars().next() {
            Some('0'..='9') => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => 1,
            _ => rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len()),
        };
        self.at = start + length;
        start..self.at
    }
}
