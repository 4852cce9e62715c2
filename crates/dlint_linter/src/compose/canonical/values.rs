//! Values as Compose prints them.

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

/// A path without `.`, `..`, doubled slashes, and a slash at its end.
///
/// Source: Go's `path.Clean`.
pub(super) fn clean(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            ".." if root == "/" => {}
            part => parts.push(part),
        }
    }
    let cleaned = format!("{root}{}", parts.join("/"));
    if cleaned.is_empty() { ".".to_owned() } else { cleaned }
}

#[cfg(test)]
mod tests {
    use super::{clean, duration};

    #[test]
    fn paths_as_go_cleans_them() {
        for (path, cleaned) in
            [("/a//b/./../c/", "/a/c"), ("../a/..", ".."), ("", "."), ("/..", "/"), (r"C:\a", r"C:\a")]
        {
            assert_eq!(clean(path), cleaned, "{path}");
        }
    }

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
}
