//! Flags before an instruction's arguments (`--from=build`), and which of them each instruction has.

use std::ops::Range;

use crate::suggest::nearest;
use crate::text::TextRange;

use super::error::{ErrorKind, SyntaxError};
use super::instructions::MOST_ERRORS;
use super::line::{Line, WordBuilder};
use super::tree::Flag;
use super::word::Word;

/// What a flag takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// A value.
    Value,
    /// A value; may stand several times.
    Values,
    /// `true`, `false`, or nothing for `true`.
    Boolean,
}

/// The flags of an instruction, by its name in upper case.
/// Source: <https://docs.docker.com/reference/dockerfile/>.
fn known(instruction: &str) -> &'static [(&'static str, Takes)] {
    match instruction {
        "FROM" => &[("platform", Takes::Value)],
        "RUN" => &[
            ("mount", Takes::Values),
            ("network", Takes::Value),
            ("security", Takes::Value),
            ("device", Takes::Values),
        ],
        "COPY" => &[
            ("from", Takes::Value),
            ("chown", Takes::Value),
            ("chmod", Takes::Value),
            ("link", Takes::Boolean),
            ("parents", Takes::Boolean),
            ("exclude", Takes::Values),
        ],
        "ADD" => &[
            ("chown", Takes::Value),
            ("chmod", Takes::Value),
            ("link", Takes::Boolean),
            ("keep-git-dir", Takes::Boolean),
            ("checksum", Takes::Value),
            ("unpack", Takes::Boolean),
            ("exclude", Takes::Values),
        ],
        "HEALTHCHECK" => &[
            ("interval", Takes::Value),
            ("timeout", Takes::Value),
            ("start-period", Takes::Value),
            ("start-interval", Takes::Value),
            ("retries", Takes::Value),
        ],
        _ => &[],
    }
}

/// Reads the flags at the start of a joined range; gives them and the rest of the range.
///
/// Quotes and backslashes are processed here, whatever the escape character is. A lone `--` ends the flags.
pub(super) fn read(line: &Line<'_>, span: Range<usize>) -> (Vec<Flag>, Range<usize>) {
    let mut flags = Vec::new();
    let after_spaces = |span: Range<usize>| {
        let spaces = line.text[span.clone()].find(|c: char| !is_space(c)).unwrap_or(span.len());
        span.start + spaces..span.end
    };
    let mut rest = after_spaces(span);
    while line.text[rest.clone()].starts_with("--") {
        let (word, end) = read_word(line, rest.clone());
        rest = after_spaces(end..rest.end);
        if word.text == "--" {
            break;
        }
        let (name, value) = match word.text.find('=') {
            Some(equals) => (word.slice(2..equals), Some(word.slice(equals + 1..word.text.len()))),
            None => (word.slice(2..word.text.len()), None),
        };
        flags.push(Flag { range: word.range, name, value });
    }
    (flags, line.trim(rest))
}

/// Reads one word with its quotes removed; gives it and the joined offset of its end.
fn read_word(line: &Line<'_>, span: Range<usize>) -> (Word, usize) {
    let text = &line.text[span.clone()];
    let plain = text
        .find(|c: char| is_space(c) || contains_latin1_space(c) || matches!(c, '\'' | '"' | '\\'))
        .unwrap_or(text.len());
    let mut builder = WordBuilder::new(line);
    builder.verbatim(span.start..span.start + plain);
    let mut quote = None;
    let mut chars = text[plain..].char_indices().map(|(at, c)| (span.start + plain + at, c));
    let mut end = span.end;
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        if c == '\\' {
            if let Some((next, escaped)) = chars.next() {
                builder.escape(at..next + escaped.len_utf8(), escaped.encode_utf8(&mut [0; 4]));
            }
        } else if quote == Some(c) {
            quote = None;
        } else if quote.is_some() {
            builder.verbatim(at..after);
        } else if c == '\'' || c == '"' {
            quote = Some(c);
        } else if is_space(c) {
            end = at;
            break;
        } else if contains_latin1_space(c) {
            // Half a character ends the flag: nobody can mean that.
            builder.verbatim(at..after);
            end = after;
            break;
        } else {
            builder.verbatim(at..after);
        }
    }
    (builder.finish(span.start..end, end), end)
}

/// White space of a single byte.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ')
}

/// Whether one of the character's bytes in UTF-8, taken for a character of its own, is white space. BuildKit looks for
/// the end of a flag byte by byte, so that `à` and a no-break space end it too.
pub(super) fn contains_latin1_space(c: char) -> bool {
    !c.is_ascii() && c.encode_utf8(&mut [0; 4]).bytes().any(|byte| byte == 0x85 || byte == 0xa0)
}

/// Reports flags that the instruction does not have, that stand twice, or that lack their value.
pub(super) fn check(instruction: &str, flags: &[Flag]) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    let known = known(instruction);
    let mut seen: Vec<&Flag> = Vec::new();
    for flag in flags {
        if errors.len() >= MOST_ERRORS {
            break;
        }
        let name = flag.name.text.as_str();
        let Some(&(_, takes)) = known.iter().find(|(known, _)| *known == name) else {
            errors.push(unknown(instruction, flag, known));
            continue;
        };
        if let Some(earlier) = seen.iter().find(|earlier| earlier.name.text == name) {
            if takes != Takes::Values {
                let message = format!("`--{name}` stands twice in one `{instruction}`");
                errors.push(
                    SyntaxError::new(ErrorKind::DuplicateFlag, flag.range, message)
                        .related(earlier.range, "the first one is here"),
                );
                continue;
            }
        } else {
            seen.push(flag);
        }
        errors.extend(check_value(flag, takes));
    }
    errors
}

fn check_value(flag: &Flag, takes: Takes) -> Option<SyntaxError> {
    let name = &flag.name.text;
    let error = |place, message| SyntaxError::new(ErrorKind::InvalidFlagValue, place, message);
    match (&flag.value, takes) {
        (None, Takes::Value | Takes::Values) => Some(
            error(flag.range, format!("`--{name}` has no value"))
                .help(format!("Write the value after an equals sign, without a blank: `--{name}=VALUE`")),
        ),
        (Some(value), Takes::Boolean) if value.text.is_empty() => Some(
            error(flag.range, format!("`--{name}=` has no value"))
                .help(format!("Write `--{name}`, `--{name}=true` or `--{name}=false`")),
        ),
        (Some(value), Takes::Boolean) if !matches!(value.text.to_ascii_lowercase().as_str(), "true" | "false") => Some(
            error(value.range, format!("`{}` is neither `true` nor `false`", value.text))
                .help(format!("Write `--{name}`, `--{name}=true` or `--{name}=false`"))
                .suggestion(nearest(&value.text, ["true", "false"])),
        ),
        _ => None,
    }
}

fn unknown(instruction: &str, flag: &Flag, known: &[(&'static str, Takes)]) -> SyntaxError {
    let name = &flag.name.text;
    let place = TextRange::new(flag.range.start(), flag.name.range.end());
    let error = |message: String| SyntaxError::new(ErrorKind::UnknownFlag, place, message);
    if known.is_empty() {
        return error(format!("`{instruction}` takes no flags, but `--{name}` stands before its arguments"))
            .help("If it is an argument, write a lone `--` before it, which ends the flags");
    }
    let names = known.iter().map(|(known, _)| format!("`--{known}`")).collect::<Vec<_>>().join(", ");
    error(format!("`{instruction}` has no flag `--{name}`"))
        .help(format!("`{instruction}` takes {names}"))
        .suggestion(nearest(name, known.iter().map(|(known, _)| *known)).map(|known| format!("--{known}")))
}
