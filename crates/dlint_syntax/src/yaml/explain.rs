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
    Content,
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
    Space,
    StrayBracket,
    Tab,
    Tag,
    TooDeep,
    UnclosedBracket(char),
    UnclosedQuote,
}

/// The place of a fault, where the parser blames one before it.
pub(super) fn place(text: &str, fault: &Fault, at: usize) -> usize {
    match fault {
        Fault::Tab => leading_tab(text, at).unwrap_or(at),
        Fault::Character(char) => text[at..].find(*char).map_or(at, |found| at + found),
        _ => at,
    }
}

/// The opening quote of the last token, which lies between `start` and `end`.
pub(super) fn last_quote(text: &str, start: usize, end: usize) -> Option<usize> {
    text.get(start..end)?.find(['"', '\'']).map(|found| start + found)
}

pub(super) fn explain(text: &str, stop: &Stop) -> YamlError {
    let at = stop.at.min(text.len());
    let place = char_at(text, at);
    if let Some(marker) = conflict_marker(text, at) {
        return marker;
    }
    if let Some(unclosed) = unclosed_bracket(text, stop) {
        return unclosed;
    }
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
        Fault::MismatchedBracket(open, close) => mismatched(text, at, *open, *close),
        Fault::StrayBracket => YamlError::new(ErrorKind::Syntax, place, "this bracket closes nothing")
            .help("Put the text in quotes if the bracket belongs to it"),
        Fault::FlowSeparator => syntax(word_at(text, at), "a comma or a closing bracket is missing before this"),
        Fault::Dash => syntax(place, "a list item cannot start here")
            .help("Start it on a line of its own, or put the text in quotes"),
        Fault::Escape => escape_fault(text, at),
        Fault::AfterQuotes => after_quotes(text, at, stop.opener),
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
        Fault::Content => syntax(place, "a value cannot start here").help("Put it in quotes if it is a text"),
        Fault::Space => syntax(place, "a space is missing before this"),
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

/// The first tab in the indentation of the line of `at` or a later one. The parser may blame the text that the line goes on.
fn leading_tab(text: &str, at: usize) -> Option<usize> {
    let mut line = line_start(text, at);
    while line < text.len() {
        let indent = text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
        if let Some(found) = text[line..line + indent].find('\t') {
            return Some(line + found);
        }
        line = next_line(text, line);
    }
    None
}

fn tab(text: &str, at: usize) -> YamlError {
    let first = leading_tab(text, line_start(text, at)).unwrap_or(at);
    let len = text[first..].bytes().take_while(|byte| *byte == b'\t').count();
    tabs::error(text::range(first..first + len))
}

fn after_quotes(text: &str, at: usize, quote: Option<usize>) -> YamlError {
    let behind = word_at(text, at);
    if let Some(quote) = quote.filter(|&quote| text[quote..at].contains('\n')) {
        return YamlError::new(ErrorKind::Syntax, char_at(text, quote), "this quote is not closed on its line")
            .help("Close it at the end of the value")
            .related(behind, "the next quote ends it only here");
    }
    YamlError::new(ErrorKind::Syntax, behind, "text follows the closing quote")
        .help("Put the whole value in quotes, and write a quote inside of them as `\\\"` or `''`")
}

fn mismatched(text: &str, opener: usize, open: char, close: char) -> YamlError {
    let partner = if close == ']' { '[' } else { '{' };
    let mut depth = 0_i32;
    let found = text[opener..].char_indices().skip(1).find(|(_, char)| {
        depth += i32::from(*char == partner) - i32::from(*char == close);
        depth < 0
    });
    let place = char_at(text, found.map_or(opener, |(at, _)| opener + at));
    YamlError::new(ErrorKind::Syntax, place, format!("`{close}` does not close `{open}`"))
        .related(char_at(text, opener), "opened here")
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
    let error = |message: &str| YamlError::new(ErrorKind::Syntax, line(text, at), message);
    let above = line_above(text, start);
    let content = text[above].trim_start_matches("- ");
    let indent = |range: TextRange| usize::from(range.start()) - line_start(text, usize::from(range.start()));
    if start == 0 || content.is_empty() {
        error("a key cannot stand here")
    } else if key_colon(content).is_some() && indent(line(text, at)) > indent(above) {
        error("this key is indented deeper than the line above, which has a value already")
            .help("Indent it like the keys of the same mapping")
            .related(above, "this line has a value")
    } else if indent(line(text, at)) == indent(above) && key_colon(content).is_none() {
        missing_colon(text, usize::from(above.start()))
    } else {
        error("a key cannot stand here").help("Indent the line like the keys around it")
    }
}

/// The nearest line above `start` that is neither empty nor a comment; the first line if there is none.
fn line_above(text: &str, start: usize) -> TextRange {
    let mut end = start;
    loop {
        let found = line(text, text[..end].trim_end().len());
        end = line_start(text, usize::from(found.start()));
        if end == 0 || !text[found].starts_with('#') {
            return found;
        }
    }
}

/// The lines that git leaves in a file with a conflict.
fn conflict_marker(text: &str, at: usize) -> Option<YamlError> {
    let range = line(text, at);
    let is_marker = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|marker| text[range].starts_with(marker));
    is_marker.then(|| {
        YamlError::new(ErrorKind::Syntax, range, "this is the marker of a merge conflict")
            .help("Resolve the conflict and remove its markers")
    })
}

/// A bracket on an earlier line that nothing closes: the parser complains about the first line that does not fit into it.
fn unclosed_bracket(text: &str, stop: &Stop) -> Option<YamlError> {
    let opener = stop.opener?;
    let at = stop.at.min(text.len());
    if !matches!(
        stop.fault,
        Fault::Colon | Fault::FlowSeparator | Fault::Dash | Fault::Indentation | Fault::MissingColon
    ) || line_start(text, at) <= opener
        || is_closed_after(text, opener, at)
    {
        return None;
    }
    let place = char_at(text, opener);
    let open = if text[place].starts_with('[') { '[' } else { '{' };
    let error = YamlError::new(ErrorKind::Syntax, place, format!("this `{open}` is never closed"));
    Some(
        error
            .help(format!("Add a `{}`", closer(open)))
            .related(line(text, at), "this cannot be inside of the brackets"),
    )
}

/// Whether more brackets close than open in the text behind `at`, as far as one looks.
fn is_closed_after(text: &str, opener: usize, at: usize) -> bool {
    const FAR: usize = 4096;
    let (open, close) = if text.as_bytes()[opener] == b'[' { (b'[', b']') } else { (b'{', b'}') };
    let mut depth = 0_i32;
    text.as_bytes()[at..].iter().take(FAR).any(|&byte| {
        depth += i32::from(byte == open) - i32::from(byte == close);
        depth < 0
    })
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
