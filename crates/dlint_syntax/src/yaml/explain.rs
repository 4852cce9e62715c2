//! What is wrong with a text, in words of a Compose user.

use super::MAX_DEPTH;
use super::error::{ErrorKind, YamlError};
use super::escape;
use super::layout::{line_end, line_start, next_line};
use super::parse::Stop;
use super::tabs;
use crate::text::{self, TextRange};

/// Why a parser stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    AfterDocument,
    AfterQuotes,
    AnchorName,
    BlockScalarHeader,
    BlockScalarIndentation,
    ByteOrderMark,
    Character(char),
    Colon,
    Comment,
    Dash,
    Directive,
    DocumentMarkerInQuotes,
    Escape,
    FlowSeparator,
    GluedComment,
    Indentation,
    MismatchedBracket(char, char),
    MissingColon,
    Other(String),
    StrayBracket,
    Tab,
    Tag,
    TooDeep,
    UnclosedBracket(char),
    UnclosedQuote,
}

pub(super) fn explain(text: &str, stop: &Stop) -> YamlError {
    let at = stop.at.min(text.len());
    let place = char_at(text, at);
    let syntax = |range: TextRange, message: &str| YamlError::new(ErrorKind::Syntax, range, message);
    match &stop.fault {
        Fault::TooDeep => {
            YamlError::new(ErrorKind::Limit, place, format!("collections are nested more than {MAX_DEPTH} levels deep"))
        }
        Fault::Tab => tab(text, at),
        Fault::UnclosedQuote => syntax(place, "this quote is never closed"),
        Fault::DocumentMarkerInQuotes => {
            syntax(place, "a quoted text cannot contain a line that starts with `---` or `...`")
        }
        Fault::UnclosedBracket(open) => {
            YamlError::new(ErrorKind::Syntax, place, format!("this `{open}` is never closed"))
                .help(format!("Add a `{}`", closer(*open)))
        }
        Fault::MismatchedBracket(open, close) => {
            YamlError::new(ErrorKind::Syntax, place, format!("`{close}` does not close `{open}`"))
        }
        Fault::StrayBracket => YamlError::new(ErrorKind::Syntax, place, "this bracket closes nothing")
            .help("Put the text in quotes if the bracket belongs to it"),
        Fault::FlowSeparator => syntax(word_at(text, at), "a comma or a closing bracket is missing before this"),
        Fault::Dash => syntax(place, "a list item cannot start here")
            .help("Start it on a line of its own, or put the text in quotes"),
        Fault::Escape => escape_fault(text, at),
        Fault::AfterQuotes => syntax(word_at(text, at), "text follows the closing quote")
            .help("Put the whole value in quotes, and write a quote inside of them as `\\\"` or `''`"),
        Fault::BlockScalarHeader => {
            syntax(word_at(text, at), "only an indentation digit, `+` or `-` and a comment can follow `|` or `>`")
        }
        Fault::BlockScalarIndentation => syntax(line(text, at), "this line is indented less than the text above it"),
        Fault::Comment | Fault::GluedComment => {
            syntax(place, "a comment cannot stand here").help("Put a space before `#`, or the text in quotes")
        }
        Fault::AnchorName => {
            syntax(place, "a name must follow `&` or `*`").help("Put the text in quotes if it is no anchor or alias")
        }
        Fault::Tag => syntax(word_at(text, at), "this tag cannot be read")
            .help("Put the text in quotes if its `!` does not start a tag"),
        Fault::Directive => syntax(line(text, at), "this `%` directive cannot be read")
            .help("Put the text in quotes if it is no directive"),
        Fault::AfterDocument => syntax(word_at(text, at), "nothing but a new document can follow here"),
        Fault::ByteOrderMark => syntax(place, "a byte order mark stands inside of the document"),
        Fault::Character(char) => character(place, *char),
        Fault::Colon => colon(text, at),
        Fault::MissingColon => missing_colon(text, at),
        Fault::Indentation => indentation(text, at),
        Fault::Other(message) => YamlError::new(ErrorKind::Syntax, place, message.clone()),
    }
}

fn closer(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

/// The character at an offset; at the end of a line, an empty range.
fn char_at(text: &str, at: usize) -> TextRange {
    let len = text[at..].chars().next().filter(|char| !matches!(char, '\n' | '\r')).map_or(0, char::len_utf8);
    text::range(at..at + len)
}

/// From an offset to the next blank.
fn word_at(text: &str, at: usize) -> TextRange {
    let len = text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
    if len == 0 { char_at(text, at) } else { text::range(at..at + len) }
}

/// The line of an offset without the blanks around it.
fn line(text: &str, at: usize) -> TextRange {
    let (start, end) = (line_start(text, at), line_end(text, at));
    let content = text[start..end].trim();
    let first = start + text[start..end].find(|char: char| !char.is_whitespace()).unwrap_or(0);
    text::range(first..first + content.len())
}

/// The parser blames the tab, the line, or the text that the line may go on.
fn tab(text: &str, at: usize) -> YamlError {
    let mut line = line_start(text, at);
    while line < text.len() {
        let indent = text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
        if let Some(first) = text[line..line + indent].find('\t') {
            let first = line + first;
            let len = text[first..].bytes().take_while(|byte| *byte == b'\t').count();
            return tabs::error(text::range(first..first + len));
        }
        line = next_line(text, line);
    }
    tabs::error(char_at(text, at))
}

/// The parser blames the opening quote, or a place in the escape.
fn escape_fault(text: &str, at: usize) -> YamlError {
    let quote = if text[at..].starts_with('"') { at } else { text[..at].rfind('"').unwrap_or(at) };
    let range = escape::refused(text, text::range(quote..text.len())).unwrap_or_else(|| char_at(text, at));
    escape::error(text, range)
}

fn character(place: TextRange, char: char) -> YamlError {
    match char {
        '\t' => YamlError::new(ErrorKind::Syntax, place, "YAML is indented with spaces, this is a tab")
            .help("Replace the tab with spaces"),
        '@' | '`' | '%' | '|' | '>' => YamlError::new(
            ErrorKind::Syntax,
            place,
            format!("a text without quotes cannot start with {}", quoted(char)),
        )
        .help("Put the text in quotes"),
        _ if char.is_control() => {
            YamlError::new(ErrorKind::Syntax, place, format!("control character U+{:04X} is not allowed", char as u32))
        }
        _ => YamlError::new(ErrorKind::Syntax, place, format!("{} cannot stand here", quoted(char))),
    }
}

fn quoted(char: char) -> String {
    if char == '`' { "a backtick".to_owned() } else { format!("`{char}`") }
}

/// A colon where no key can be: mostly a value with `: ` in it, or a line that is indented too deep.
fn colon(text: &str, at: usize) -> YamlError {
    let start = line_start(text, at);
    let place = char_at(text, at);
    let before = &text[start..at];
    if let Some(first) = key_colon(before) {
        return YamlError::new(ErrorKind::Syntax, place, "a second `: ` in this line, where no key can be")
            .related(text::range(start + first..start + first + 1), "the key ends here")
            .help("Put the value in quotes");
    }
    YamlError::new(
        ErrorKind::Syntax,
        line(text, at),
        "a key cannot stand here: the line above is not a key with an open value, or the indentation differs",
    )
    .help("Indent the line like the keys around it")
}

/// Where the first `: ` of a line is.
fn key_colon(line: &str) -> Option<usize> {
    line.match_indices(':').map(|(at, _)| at).find(|&at| line[at + 1..].starts_with([' ', '\t']))
}

fn missing_colon(text: &str, at: usize) -> YamlError {
    let range = line(text, at);
    let content = &text[range];
    let error = YamlError::new(ErrorKind::Syntax, range, format!("a colon is missing after `{}`", shortened(content)));
    match content.find(':') {
        Some(found) => {
            let colon = usize::from(range.start()) + found;
            YamlError::new(ErrorKind::Syntax, text::range(colon..colon + 1), "a space is missing after this colon")
                .help("Write `key: value`")
        }
        None => error.help("Write `key: value`"),
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

fn indentation(text: &str, at: usize) -> YamlError {
    let range = line(text, at);
    let start = line_start(text, at);
    if text[start..usize::from(range.start()).max(start)].contains('\t') {
        return tab(text, at);
    }
    let content = &text[range];
    if content.starts_with("- ") {
        return YamlError::new(ErrorKind::Syntax, range, "this list item is not indented like the ones above it");
    }
    if usize::from(range.start()) < at && !content.is_empty() {
        return YamlError::new(ErrorKind::Syntax, word_at(text, at), "nothing can follow here")
            .help("Start a new line, or put the value in quotes");
    }
    YamlError::new(ErrorKind::Syntax, range, "this line is not indented like the keys around it")
        .help("Indent it like the keys of the same mapping")
}
