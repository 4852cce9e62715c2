//! How BuildKit divides an instruction's text into words. All ranges are joined offsets of the [`Line`].
//!
//! [`Line`]: super::line::Line

use std::ops::Range;

/// White space between the words of `FROM`, `COPY`, `EXPOSE` and others, and after the keyword: BuildKit's
/// `[\t\v\f\r ]+`, which is not all that Unicode calls white space.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c | b'\r')
}

/// The first word of a range, and what follows it and the blanks after it.
pub(super) fn first_word(text: &str, span: Range<usize>) -> (Range<usize>, Range<usize>) {
    let bytes = text.as_bytes();
    let end = (span.start..span.end).find(|&at| is_blank(bytes[at])).unwrap_or(span.end);
    let rest = (end..span.end).find(|&at| !is_blank(bytes[at])).unwrap_or(span.end);
    (span.start..end, rest..span.end)
}

/// The words between blanks. Quotes mean nothing here.
pub(super) fn split_blanks(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut rest = span;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let (word, after) = first_word(text, rest.clone());
            rest = after;
            if !word.is_empty() {
                return Some(word);
            }
        }
        None
    })
}

/// The words of `ENV`, `LABEL` and `ARG`: blanks (as Unicode sees them) inside quotes, or after the escape character,
/// do not divide. Quotes and escape characters stay in the words; an escape character at the very end is dropped.
pub(super) fn split_quoted(text: &str, span: Range<usize>, escape: char) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut chars = text[span.clone()].char_indices().map(|(at, c)| (span.start + at, c));
    let mut end = span.end;
    while let Some((at, c)) = chars.next() {
        if start.is_none() {
            if c.is_whitespace() {
                continue;
            }
            start = Some(at);
        }
        if c == escape && quote != Some('\'') {
            if chars.next().is_none() {
                end = at;
            }
        } else if quote == Some(c) {
            quote = None;
        } else if quote.is_none() {
            if c == '\'' || c == '"' {
                quote = Some(c);
            } else if c.is_whitespace() {
                words.extend(start.take().map(|start| start..at));
            }
        }
    }
    words.extend(start.map(|start| start..end).filter(|word| !word.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks(text: &str) -> Vec<&str> {
        split_blanks(text, 0..text.len()).map(|word| &text[word]).collect()
    }

    fn quoted(text: &str) -> Vec<&str> {
        split_quoted(text, 0..text.len(), '\\').into_iter().map(|word| &text[word]).collect()
    }

    #[test]
    fn only_ascii_blanks_divide_plain_words() {
        assert_eq!(blanks("a\t b\u{b}c\u{c}d\re"), ["a", "b", "c", "d", "e"]);
        assert_eq!(blanks("a\u{a0}b \"c d\""), ["a\u{a0}b", "\"c", "d\""]);
        assert!(blanks("").is_empty());
    }

    #[test]
    fn quotes_and_escapes_hold_a_word_together() {
        assert_eq!(quoted(r#"a="b c" d='e "f' g=h\ i"#), [r#"a="b c""#, r#"d='e "f'"#, r"g=h\ i"]);
        assert_eq!(quoted(r#"a="\" b" c"#), [r#"a="\" b""#, "c"]);
        assert_eq!(quoted(r"a='\' b"), [r"a='\'", "b"]);
        assert_eq!(quoted("a\u{a0}b"), ["a", "b"]);
    }

    #[test]
    fn an_open_quote_reaches_the_end() {
        assert_eq!(quoted(r#"a="b c  d"#), [r#"a="b c  d"#]);
    }

    #[test]
    fn an_escape_character_at_the_end_is_dropped() {
        assert_eq!(quoted(r"a=b\"), ["a=b"]);
        assert_eq!(quoted(r#"a="b\"#), [r#"a="b"#]);
        assert!(quoted(r"\").is_empty());
    }
}
