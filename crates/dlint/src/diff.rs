//! What fixing would change, as a unified diff.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use similar::algorithms::{Capture, Compact, Replace, myers};
use similar::udiff::UnifiedHunkHeader;
use similar::{DiffOp, group_diff_ops};

use crate::paths::plain;
use crate::terminal::{Look, visible};

/// How long to look for the smallest difference of one file before any difference will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// So many lines that are the same stand around those that are not.
const CONTEXT: usize = 3;

/// The lines of a text, each with its end.
pub(crate) fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// What makes other lines of lines.
pub(crate) fn changes(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut hook = Compact::new(Replace::new(Capture::new()), old, new);
    let deadline = Instant::now() + PATIENCE;
    // Asked by name: where the library chooses, all of its six algorithms come into the binary.
    let Ok(()) = myers::diff_deadline(&mut hook, old, 0..old.len(), new, 0..new.len(), Some(deadline));
    hook.into_inner().into_inner().into_ops()
}

/// Writes a diff that `patch -p0` and `git apply -p0` understand.
pub(crate) fn unified(path: &Path, old: &str, new: &str, look: Look) -> String {
    let name = plain(path);
    let (old, new) = (lines(old), lines(new));
    let mut text = String::new();
    for hunk in group_diff_ops(changes(&old, &new), CONTEXT) {
        if text.is_empty() {
            let _ = writeln!(text, "--- {name}\n+++ {name}");
        }
        let _ = writeln!(text, "{}", UnifiedHunkHeader::new(&hunk));
        for op in hunk {
            if let DiffOp::Equal { .. } = op {
                add(&mut text, ' ', &old[op.old_range()]);
            } else {
                add(&mut text, '-', &old[op.old_range()]);
                add(&mut text, '+', &new[op.new_range()]);
            }
        }
    }
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

fn add(text: &mut String, sign: char, lines: &[&str]) {
    for line in lines {
        text.push(sign);
        text.push_str(line);
        if !line.ends_with('\n') {
            text.push_str("\n\\ No newline at end of file\n");
        }
    }
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
        assert_eq!(unified(Path::new("Dockerfile"), "FROM a\n", "FROM a\n", look), "");
        let many = "RUN 1\nRUN 2\nRUN 3\nRUN 4\nRUN 5\nRUN 6\nRUN 7\nRUN 8\nRUN 9\n";
        assert_eq!(
            unified(Path::new("Dockerfile"), many, &many.replace('9', "x"), look),
            "--- Dockerfile\n+++ Dockerfile\n@@ -6,4 +6,4 @@\n RUN 6\n RUN 7\n RUN 8\n-RUN 9\n+RUN x\n"
        );
    }
}
