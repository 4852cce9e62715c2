//! Escapes in double quotes. Go's parser knows those of YAML 1.1, so neither `\/` nor the surrogate pairs of JSON.

use super::error::{ErrorKind, YamlError};
use crate::text::{self, TextRange};

/// The first escape in a double-quoted scalar that Go's parser refuses. `scalar` starts with the opening quote and may reach
/// beyond the closing one.
pub(super) fn refused(text: &str, scalar: TextRange) -> Option<TextRange> {
    let start = usize::from(scalar.start());
    let bytes = &text.as_bytes()[start..usize::from(scalar.end())];
    let mut at = 1;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'\\' | b'"'))?;
        if bytes[at] == b'"' {
            return None;
        }
        let escape = at;
        let digits = match bytes.get(at + 1)? {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'0' | b'a' | b'b' | b't' | b'\t' | b'n' | b'v' | b'f' | b'e' | b' ' | b'"' | b'\'' | b'\\' | b'N'
            | b'_' | b'L' | b'P' | b'\n' | b'\r' => 0,
            _ => {
                let len = text[start + at + 1..].chars().next().map_or(0, char::len_utf8);
                // U+0085, U+2028 and U+2029 are line breaks, too.
                if text[start + at + 1..].starts_with(['\u{85}', '\u{2028}', '\u{2029}']) {
                    at += 1 + len;
                    continue;
                }
                return Some(text::range(start + escape..start + at + 1 + len));
            }
        };
        at += 2;
        let hex = bytes[at..].iter().take(digits).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let value = text.get(start + at..start + at + hex).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        at += hex;
        if digits > 0 && (hex < digits || value.and_then(char::from_u32).is_none()) {
            return Some(text::range(start + escape..start + at));
        }
    }
}

/// The text with every `\'` of the double-quoted scalar at `quote` replaced; none if it has none.
pub(super) fn replace_single_quotes(text: &str, quote: usize, replacement: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut replaced = String::new();
    let mut done = 0;
    let mut at = quote + 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| matches!(byte, b'\\' | b'"'))) {
        at += found;
        if bytes[at] == b'"' {
            break;
        }
        if bytes.get(at + 1) == Some(&b'\'') {
            replaced.push_str(&text[done..at]);
            replaced.push_str(replacement);
            done = at + 2;
        }
        at += 2;
    }
    if done == 0 {
        return None;
    }
    replaced.push_str(&text[done..]);
    Some(replaced)
}

/// The error for an escape at `range`.
pub(super) fn error(text: &str, range: TextRange) -> YamlError {
    let escape = &text[range];
    let help = match escape.as_bytes().get(1) {
        Some(b'/') => "write the slash without a backslash",
        Some(b'x' | b'u' | b'U') => "write the character itself, or `\\U` with eight hexadecimal digits",
        _ => "write `\\\\` for a backslash, or put the text in single quotes",
    };
    YamlError::new(ErrorKind::Syntax, range, format!("`{escape}` is no escape sequence of Docker Compose's YAML"))
        .help(help)
}
