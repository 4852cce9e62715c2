//! The backslash sequences of `$'…'` (bash's manual, "ANSI-C Quoting").

use std::borrow::Cow;

/// The value of a `$'…'` string, given with its quotes.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let inner = text.strip_prefix("$'").unwrap_or(text);
    let inner = inner.strip_suffix('\'').unwrap_or(inner);
    if !inner.contains(['\\', '\0']) {
        return Cow::Borrowed(inner);
    }
    let mut value = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(char) = rest.chars().next() {
        if char == '\\' {
            let (decoded, len) = sequence(rest);
            value.extend(decoded);
            rest = &rest[len..];
        } else {
            if char != '\0' {
                value.push(char);
            }
            rest = &rest[char.len_utf8()..];
        }
    }
    Cow::Owned(value)
}

/// The character that the sequence at the start of `text` stands for, and how many bytes the sequence has. A character
/// is never longer in UTF-8 than its sequence. `None` for what is no character; an unknown sequence stands for its
/// backslash, and the next character for itself.
pub(super) fn sequence(text: &str) -> (Option<char>, usize) {
    debug_assert!(text.starts_with('\\'));
    let Some(&next) = text.as_bytes().get(1) else { return (Some('\\'), 1) };
    let simple = |char: char| (Some(char), 2);
    match next {
        b'n' => simple('\n'),
        b't' => simple('\t'),
        b'r' => simple('\r'),
        b'a' => simple('\x07'),
        b'b' => simple('\x08'),
        b'e' | b'E' => simple('\x1b'),
        b'f' => simple('\x0c'),
        b'v' => simple('\x0b'),
        b'\\' | b'\'' | b'"' | b'?' => simple(char::from(next)),
        b'x' => number(text, 2, 2, 16),
        b'u' => number(text, 2, 4, 16),
        b'U' => number(text, 2, 8, 16),
        b'0'..=b'7' => number(text, 1, 3, 8),
        _ => (Some('\\'), 1),
    }
}

/// A character by its number, of up to `max` digits from byte `from` on. Bytes above 0x7F are taken as characters of
/// that number, since a text cannot hold them.
fn number(text: &str, from: usize, max: usize, radix: u32) -> (Option<char>, usize) {
    let digits = text[from..].bytes().take(max).take_while(|byte| char::from(*byte).is_digit(radix)).count();
    if digits == 0 {
        return (Some('\\'), 1);
    }
    let value = u32::from_str_radix(&text[from..from + digits], radix).unwrap_or_default();
    (char::from_u32(value).filter(|char| *char != '\0'), from + digits)
}
