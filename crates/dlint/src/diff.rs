//! What fixing would change, as a unified diff.

use std::path::Path;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use similar::TextDiff;

use crate::paths::plain;
use crate::terminal::{Look, visible};

/// How long to look for the smallest difference of one file before any difference will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes a diff that `patch -p0` and `git apply -p0` understand.
pub(crate) fn unified(path: &Path, old: &str, new: &str, look: Look) -> String {
    let name = plain(path);
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
    let text = diff.unified_diff().header(&name, &name).to_string();
    if !look.color {
        return text;
    }
    let mut painted = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        let style = match line.as_bytes().first() {
            Some(b'+') => AnsiColor::Green.on_default(),
            Some(b'-') => AnsiColor::Red.on_default(),
            Some(b'@') => AnsiColor::Cyan.on_default(),
            _ => Style::new(),
        };
        // In colours it is for a person's terminal, which the text must not steer.
        painted.push_str(&look.paint(style, &visible(line.strip_suffix('\r').unwrap_or(line))));
        painted.push('\n');
    }
    painted
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::unified;
    use crate::terminal::Look;

    #[test]
    fn says_what_changes_and_keeps_line_endings() {
        let look = Look { color: false, unicode: true, width: 80 };
        let text = unified(Path::new("a/Dockerfile"), "FROM a\r\nRUN b\r\n", "FROM a\r\nRUN c", look);
        assert_eq!(
            text,
            "--- a/Dockerfile\n+++ a/Dockerfile\n@@ -1,2 +1,2 @@\n FROM a\r\n-RUN b\r\n+RUN c\n\\ No newline at end of file\n"
        );
    }
}
