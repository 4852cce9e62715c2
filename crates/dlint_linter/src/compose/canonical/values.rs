//! Values as Compose prints them: sizes, spans of time, words of a command.

use std::fmt::Write as _;

/// A span of time as Go prints it: `1m30s`, `1h0m0s`, `1.5s`, `100ms`.
///
/// Source: Go's `time.Duration.String`.
pub(super) fn duration(span: u128) -> String {
    let fraction = |span: u128, unit: u128, name: &str| {
        let mut text = (span / unit).to_string();
        let rest = span % unit;
        if rest != 0 {
            let width = unit.to_string().len() - 1;
            let digits = format!("{rest:0width$}");
            let _ = write!(text, ".{}", digits.trim_end_matches('0'));
        }
        text + name
    };
    match span {
        0 => "0s".to_owned(),
        1..1_000 => format!("{span}ns"),
        1_000..1_000_000 => fraction(span, 1_000, "µs"),
        1_000_000..1_000_000_000 => fraction(span, 1_000_000, "ms"),
        _ => {
            let (minutes, rest) = (span / 60_000_000_000, span % 60_000_000_000);
            let seconds = fraction(rest, 1_000_000_000, "s");
            match (minutes / 60, minutes % 60) {
                (0, 0) => seconds,
                (0, minutes) => format!("{minutes}m{seconds}"),
                (hours, minutes) => format!("{hours}h{minutes}m{seconds}"),
            }
        }
    }
}

/// The words of a command line, without a shell: quotes and backslashes are taken away, nothing is replaced. `None` where a quote is
/// open.
///
/// Source: Compose file reference, "command"; github.com/mattn/go-shellwords, which Compose uses.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, quote) {
            ('\\', None | Some('"')) => {
                let escaped = chars.next()?;
                word.get_or_insert_default().push(escaped);
            }
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ' | '\t' | '\r' | '\n', None) => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::{duration, words};

    #[test]
    fn spans_as_go_prints_them() {
        for (nanoseconds, text) in [
            (0, "0s"),
            (90_000_000_000, "1m30s"),
            (60_000_000_000, "1m0s"),
            (3_600_000_000_000, "1h0m0s"),
            (1_500_000_000, "1.5s"),
            (100_000_000, "100ms"),
            (1_500, "1.5µs"),
            (7, "7ns"),
        ] {
            assert_eq!(duration(nanoseconds), text);
        }
    }

    #[test]
    fn words_without_a_shell() {
        let split = |text: &str| words(text).map(|words| words.join("|"));
        assert_eq!(split("echo \"a b\" 'c\"d' e\\ f $X").as_deref(), Some("echo|a b|c\"d|e f|$X"));
        assert_eq!(split("a '' b").as_deref(), Some("a||b"));
        assert_eq!(split(""), Some(String::new()));
        assert_eq!(split("a 'b"), None);
    }
}
