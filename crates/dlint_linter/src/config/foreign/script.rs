//! Configuration that is a program, which nobody runs here: what is nothing but one literal is read all the same.

use serde::de::IgnoredAny;

use dlint_syntax::yaml::MAX_DEPTH;

use super::Fault;

/// How a program may give its literal.
const HEADS: [&[&str]; 2] = [&["module", ".", "exports", "="], &["export", "default"]];

/// The literal of a program that consists of nothing else, as JSON with the same lines.
pub(super) fn literal(text: &str) -> Result<String, Fault> {
    let text = text.trim_start_matches('\u{feff}');
    let rest = skip_blanks(text);
    let strict = ["'use strict'", "\"use strict\""].iter().find_map(|strict| rest.strip_prefix(strict));
    let rest = strict.map_or(rest, |rest| skip_blanks(rest.trim_start_matches(';')));
    let head = HEADS
        .iter()
        .find_map(|head| head.iter().try_fold(rest, |rest, word| Some(skip_blanks(rest.strip_prefix(word)?))));
    let Some(value) = head.filter(|value| value.starts_with('{')) else {
        return Err(program(line(text, text.len() - rest.len())));
    };
    let start = text.len() - value.len();
    let value = value.trim_end();
    let value = value.strip_suffix(';').unwrap_or(value);
    // Who reads it calls itself for each level, and a stranger may have written it.
    if depth(value) > MAX_DEPTH {
        return Err(program(line(text, start)));
    }
    // It has to be one literal to its end.
    if let Err(error) = json5::from_str::<IgnoredAny>(value) {
        let below = error.position().map_or(0, |position| position.line);
        return Err(program(line(text, start) + below as u32));
    }
    let above = text.get(..start).unwrap_or_default().matches('\n').count();
    Ok("\n".repeat(above) + &json(value))
}

fn program(line: u32) -> Fault {
    let message = "is a program, which dlint does not run; write what it gives as `.dclintrc.json`".to_owned();
    Fault { line, message, is_program: true }
}

/// How deep collections are nested at most; brackets in strings count.
fn depth(text: &str) -> usize {
    let (mut depth, mut most) = (0usize, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// The line of a byte, from 1.
fn line(text: &str, at: usize) -> u32 {
    text.get(..at).unwrap_or_default().matches('\n').count() as u32 + 1
}

/// The text behind blanks and comments.
fn skip_blanks(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        match comment(text) {
            Some(len) => text = text.get(len..).unwrap_or_default(),
            None => return text,
        }
    }
}

/// The length of the comment that a text begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        Some(text.find('\n').unwrap_or(text.len()))
    } else if text.starts_with("/*") {
        Some(text.find("*/").map_or(text.len(), |end| end + 2))
    } else {
        None
    }
}

/// A literal of JSON5 as JSON, line by line.
fn json(literal: &str) -> String {
    let mut out = String::with_capacity(literal.len());
    let mut rest = literal;
    while let Some(char) = rest.chars().next() {
        let is_in_word = |char: char| char.is_alphanumeric() || "_$+-.".contains(char);
        let len = if let Some(len) = comment(rest) {
            out.extend(rest[..len].matches('\n'));
            len
        } else if char == '"' || char == '\'' {
            string(rest, char, &mut out)
        } else if is_in_word(char) {
            let len = rest.find(|char| !is_in_word(char)).unwrap_or(rest.len());
            let word = &rest[..len];
            let is_key = !char.is_ascii_digit() && !"+-.".contains(char) && !matches!(word, "true" | "false" | "null");
            let quote = if is_key { "\"" } else { "" };
            out.extend([quote, word, quote]);
            len
        } else {
            match char {
                ':' => out.push_str(": "),
                '\n' => out.push('\n'),
                char if char.is_whitespace() => out.push(' '),
                char => out.push(char),
            }
            char.len_utf8()
        };
        rest = &rest[len..];
    }
    out
}

/// Writes the string that a text begins with, and gives its length.
fn string(text: &str, quote: char, out: &mut String) -> usize {
    let mut lines = 0;
    out.push('"');
    let mut chars = text.char_indices().skip(1);
    let mut end = text.len();
    while let Some((at, char)) = chars.next() {
        match char {
            '\\' => match chars.next() {
                Some((_, '\n')) => lines += 1,
                Some((_, char)) if "bfnrtvux0\\\"".contains(char) => out.extend(['\\', char]),
                Some((_, char)) => out.push(char),
                None => {}
            },
            char if char == quote => {
                end = at + char.len_utf8();
                break;
            }
            '"' => out.push_str("\\\""),
            char => out.push(char),
        }
    }
    out.push('"');
    out.push_str(&"\n".repeat(lines));
    end
}
