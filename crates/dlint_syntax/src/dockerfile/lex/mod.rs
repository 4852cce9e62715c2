//! BuildKit's variable expansion: quotes, escapes, `$name` and `${name…}` in the arguments of instructions.
//!
//! It looks like a shell's, but is BuildKit's own. Source:
//! <https://docs.docker.com/reference/dockerfile/#environment-replacement>.

mod parts;
mod pattern;
mod scanner;
#[cfg(test)]
mod tests;

use crate::text::CompactString;
use crate::text::TextRange;

use super::error::{ErrorKind, SyntaxError};
use super::tree::Escape;
use super::word::Word;

use parts::Problem;
pub(super) use parts::{Options, Quotes};
use scanner::Scanner;
pub(super) use scanner::split;

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// This text.
    Known(CompactString),
    /// Something that depends on a variable whose value cannot be known.
    Unknown,
}

impl Value {
    /// The text, if it is known.
    pub fn known(&self) -> Option<&str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unknown => None,
        }
    }
}

/// What is known of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// It has this value.
    Set(CompactString),
    /// It has none.
    Unset,
    /// It may have any value, or none.
    Unknown,
}

/// The variables that a word can refer to.
pub trait Environment {
    /// Looks a variable up. Names are case-sensitive.
    fn get(&self, name: &str) -> Lookup;
}

/// An environment of which nothing is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct NothingKnown;

impl Environment for NothingKnown {
    fn get(&self, _: &str) -> Lookup {
        Lookup::Unknown
    }
}

/// What [`expand`] finds.
#[derive(Debug, Clone)]
pub struct Expansion {
    /// The word's value; unknown too if there is an error.
    pub value: Value,
    /// The variables that it refers to, in order, those inside a modifier included, up to the first error.
    pub references: Vec<Reference>,
    /// What BuildKit refuses: the first error, since it stops there.
    pub errors: Vec<SyntaxError>,
}

/// A reference to a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// From the `$` to its end.
    pub range: TextRange,
    /// The variable's name. Besides identifiers it can be digits or one of `@*#?-$!0`, for which BuildKit looks too.
    pub name: CompactString,
    /// The place of the name.
    pub name_range: TextRange,
    /// What follows the name in the braces.
    pub modifier: Option<Modifier>,
    /// Whether it stands inside the modifier of another reference, and may thus never be used.
    pub nested: bool,
}

impl Reference {
    /// Whether the modifier says what to take if the variable is not set, so that this is no mistake.
    pub fn has_default(&self) -> bool {
        matches!(self.modifier, Some(Modifier::Default | Modifier::Alternative))
    }
}

/// What a `${name…}` does with the variable's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// `:-` and `-`: another value if it is not set.
    Default,
    /// `:+` and `+`: another value if it is set.
    Alternative,
    /// `:?` and `?`: an error if it is not set.
    Required,
    /// `#` and `##`: without a prefix.
    RemovePrefix,
    /// `%` and `%%`: without a suffix.
    RemoveSuffix,
    /// `/` and `//`: with a part replaced.
    Replace,
}

/// Expands a word in an environment.
pub fn expand(word: &Word, escape: Escape, env: &dyn Environment) -> Expansion {
    if is_plain(&word.text, escape) {
        return Expansion { value: Value::Known(word.text.clone()), references: Vec::new(), errors: Vec::new() };
    }
    scan(word, Options::new(escape.char()), env)
}

/// Expands the body of a heredoc of `COPY` or `ADD` whose delimiter is not quoted. Quotes mean nothing there, and the
/// escape character is a backslash, whatever the file's is.
pub fn expand_body(body: &Word, env: &dyn Environment) -> Expansion {
    scan(body, Options { quotes: Quotes::Plain, ..Options::new('\\') }, env)
}

fn scan(word: &Word, options: Options, env: &dyn Environment) -> Expansion {
    let mut scanner = Scanner::new(&word.text, options, env);
    let value = match scanner.all() {
        Some(text) => text.map_or(Value::Unknown, Value::Known),
        None => Value::Unknown,
    };
    let references = scanner.references.iter().map(|reference| reference.in_word(word)).collect();
    let errors = scanner.problem.iter().map(|problem| describe(problem, word)).collect();
    Expansion { value, references, errors }
}

/// Expands a word in an environment and divides the result at blanks, as BuildKit does with `EXPOSE`. Nothing if the
/// result is not known, or there is an error.
pub fn expand_words(word: &Word, escape: Escape, env: &dyn Environment) -> Option<Vec<CompactString>> {
    let words = split(&word.text, Options::new(escape.char()), env)?;
    Some(words.into_iter().map(|word| word.text).collect())
}

/// The text without its quotes and escape characters; variables stay as they are written. Text with an error stays
/// wholly as it is.
pub fn remove_quotes(text: &str, escape: Escape) -> CompactString {
    struct NothingSet;
    impl Environment for NothingSet {
        fn get(&self, _: &str) -> Lookup {
            Lookup::Unset
        }
    }
    let options = Options { keep_unset: true, ..Options::new(escape.char()) };
    Scanner::new(text, options, &NothingSet).all().flatten().unwrap_or_else(|| text.into())
}

/// Whether a text is its own expansion.
pub(super) fn is_plain(text: &str, escape: Escape) -> bool {
    let escape = escape.char() as u8;
    !text.bytes().any(|byte| matches!(byte, b'$' | b'"' | b'\'') || byte == escape)
}

/// The error for a problem in a word.
fn describe(problem: &Problem, word: &Word) -> SyntaxError {
    let place = word.sub_range(problem.span().clone());
    let substitution = |message: String| SyntaxError::new(ErrorKind::InvalidSubstitution, place, message);
    match problem {
        Problem::OpenQuote { quote, .. } => {
            let name = if *quote == '"' { "double" } else { "single" };
            SyntaxError::new(ErrorKind::UnclosedQuote, place, format!("this {name} quote is never closed"))
                .help(format!("Close the quote, or write an escape character before it if `{quote}` is meant"))
        }
        Problem::MissingBrace { .. } => substitution("a `${` without its `}`".to_owned())
            .help("Close the braces, or write an escape character before the `$` if no variable is meant"),
        Problem::MissingSlash { .. } => {
            substitution("a replacement in `${\u{2026}/\u{2026}}` without its second `/`".to_owned())
                .help("Write `${name/pattern/replacement}`")
        }
        Problem::NoName { .. } => substitution("a `${` without the name of a variable".to_owned())
            .help("Write the name directly after the `{`: `${name}`"),
        Problem::Modifier { text, .. } => substitution(format!("`{text}` is not a modifier that BuildKit knows"))
            .help("BuildKit knows `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` and `//`"),
        Problem::Pattern { escaped, .. } => substitution(match escaped {
            Some(escaped) => format!("`\\{escaped}` means nothing in a pattern"),
            None => "a `\\` at the end of a pattern".to_owned(),
        })
        .help("Only `*`, `?`, `\\`, `/` and `}` can be escaped in a pattern"),
        Problem::Required { name, text, .. } => {
            let error = substitution(format!("the variable `{name}` has no value here, but must have one"));
            if text.is_empty() { error } else { error.help(format!("The file says of it: {text}")) }
        }
    }
}
