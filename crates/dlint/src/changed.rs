//! The lines that a unified diff adds, so that only findings on them are reported.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use dlint_linter::{Checked, Diagnostic, Document};
use similar::DiffOp;

use crate::diff;
use crate::paths::Here;

/// Lines that a diff begins with; one that changes nothing may have a commit's alone.
const HEADS: [&str; 6] = ["diff ", "--- ", "+++ ", "@@ ", "commit ", "From "];

/// The added lines by file, each list ascending.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changed(BTreeMap<PathBuf, Vec<u32>>);

impl Changed {
    /// Reads a diff. Its paths are taken from the top of the repository and from the working directory, with and without
    /// Git's `b/` before them.
    pub(crate) fn parse(diff: &str, here: &Here) -> Result<Self, String> {
        let root = here.root(here.dir());
        let mut files: BTreeMap<PathBuf, Vec<u32>> = BTreeMap::new();
        let mut current: Vec<PathBuf> = Vec::new();
        let (mut line, mut old, mut new) = (0u32, 0u32, 0u32);
        let mut is_diff = diff.trim().is_empty();
        for text in diff.lines() {
            // What is not understood must not pass for a diff that changes nothing.
            if text.starts_with('\u{1b}') {
                return Err("is coloured; have it written with `--no-color`".to_owned());
            }
            if old == 0 && new == 0 && text.starts_with("@@@") {
                return Err(
                    "is the combined diff of a merge; have one parent compared, as `git diff A...B` does".to_owned()
                );
            }
            is_diff |= HEADS.iter().any(|head| text.starts_with(head));
            if old > 0 || new > 0 {
                match text.as_bytes().first() {
                    Some(b'+') => {
                        for path in &current {
                            files.entry(path.clone()).or_default().push(line);
                        }
                        line = line.saturating_add(1);
                        new = new.saturating_sub(1);
                    }
                    Some(b'-') => old = old.saturating_sub(1),
                    Some(b'\\') => {}
                    // A blank at the end of a line is lost on some ways.
                    Some(b' ') | None => {
                        line = line.saturating_add(1);
                        old = old.saturating_sub(1);
                        new = new.saturating_sub(1);
                    }
                    Some(_) => return Err(format!("is no unified diff: `{text}` is not a line of a hunk")),
                }
            } else if let Some(name) = text.strip_prefix("+++ ") {
                current = paths(name).into_iter().flat_map(|path| [root.join(&path), here.dir().join(&path)]).collect();
                current.dedup();
            } else if let Some(hunk) = text.strip_prefix("@@ ") {
                let counts = hunk.split_once(" @@").and_then(|(counts, _)| counts.split_once(' '));
                let parsed = counts.and_then(|(a, b)| Some((range(a, '-')?, range(b, '+')?)));
                let Some(((_, old_count), (start, new_count))) = parsed else {
                    return Err(format!("is no unified diff: `{text}` is not the head of a hunk"));
                };
                (line, old, new) = (start, old_count, new_count);
            }
        }
        // What is left of a hunk cannot be context alone, whose blank lines at the end get lost on some ways.
        if new > old {
            return Err("ends in the middle of a hunk".to_owned());
        }
        for lines in files.values_mut() {
            // Several commits may change the same file.
            lines.sort_unstable();
            lines.dedup();
        }
        if is_diff { Ok(Self(files)) } else { Err("is no unified diff: it names no file".to_owned()) }
    }

    /// Whether it adds lines, but to no file that is there.
    pub(crate) fn is_about_other_files(&self) -> bool {
        !self.0.is_empty() && !self.0.keys().any(|path| path.exists())
    }

    /// Those of a file.
    pub(crate) fn lines(&self, path: &Path, here: &Here) -> Lines {
        Lines(self.0.get(&here.absolute(path)).cloned().unwrap_or_default())
    }
}

/// The added lines of a file, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lines(Vec<u32>);

impl Lines {
    /// Goes with a text from one state to another. What is put in counts as added.
    pub(crate) fn follow(&mut self, old: &str, new: &str) {
        if old == new {
            return;
        }
        let mut lines = Vec::new();
        for op in diff::changes(&diff::lines(old), &diff::lines(new)) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                let kept = (0..len).filter(|n| self.0.binary_search(&((old_index + n) as u32 + 1)).is_ok());
                lines.extend(kept.map(|n| (new_index + n) as u32 + 1));
            } else {
                lines.extend(op.new_range().map(|line| line as u32 + 1));
            }
        }
        self.0 = lines;
    }

    /// Takes out of the findings of a document what lies on none of them.
    pub(crate) fn filter(&self, document: &Document, checked: &mut Checked) {
        let lines = &self.0;
        let is_changed = |diagnostic: &Diagnostic| {
            let first = document.position(diagnostic.range.start()).line;
            let end = document.position(diagnostic.range.end());
            // What ends at the start of a line has nothing of it.
            let last = if end.column == 1 && end.line > first { end.line - 1 } else { end.line };
            lines.get(lines.partition_point(|&line| line < first)).is_some_and(|&line| line <= last)
        };
        checked.diagnostics.retain(is_changed);
        checked.suppressed.retain(|it| is_changed(&it.diagnostic));
    }
}

/// `-3,4`: start and count.
fn range(text: &str, sign: char) -> Option<(u32, u32)> {
    let text = text.strip_prefix(sign)?;
    match text.split_once(',') {
        Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    }
}

/// The paths that a name in a diff may mean.
fn paths(name: &str) -> Vec<PathBuf> {
    let name = match name.strip_prefix('"') {
        Some(quoted) => unquote(quoted),
        // A time may follow.
        None => name.split('\t').next().unwrap_or(name).trim_end_matches('\r').to_owned(),
    };
    if name == "/dev/null" {
        return Vec::new();
    }
    let mut paths = vec![PathBuf::from(&name)];
    if let Some((prefix, rest)) = name.split_once('/')
        && prefix.len() == 1
        && !Path::new(rest).is_absolute()
    {
        paths.push(PathBuf::from(rest));
    }
    paths
}

/// A name as Git quotes it: octal bytes and the escapes of C.
fn unquote(quoted: &str) -> String {
    let mut bytes = Vec::with_capacity(quoted.len());
    let mut rest = quoted.bytes().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => break,
            b'\\' => match rest.next() {
                Some(digit @ b'0'..=b'3') => {
                    let mut value = digit - b'0';
                    for _ in 0..2 {
                        if let Some(next @ b'0'..=b'7') = rest.peek().copied() {
                            value = value.wrapping_mul(8).wrapping_add(next - b'0');
                            rest.next();
                        }
                    }
                    bytes.push(value);
                }
                Some(b'n') => bytes.push(b'\n'),
                Some(b't') => bytes.push(b'\t'),
                Some(other) => bytes.push(other),
                None => {}
            },
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::{Changed, Lines};
    use crate::paths::Here;

    fn lines(diff: &str, path: &str) -> Vec<u32> {
        let changed = Changed::parse(diff, &Here::at("/nowhere/at/all".into())).unwrap();
        changed.0.get(&Path::new("/nowhere/at/all").join(path)).cloned().unwrap_or_default()
    }

    #[test]
    fn added_lines() {
        let diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,3 +1,4 @@ FROM\n a\n-b\n+B\n+++ c\n d\n\\ No newline at end of file\n\
                    @@ -9 +10,2 @@\n-y\n+y\n+z\n--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-q\n";
        assert_eq!(lines(diff, "x"), [2, 3, 10, 11]);
        assert_eq!(lines(diff, "gone"), [0; 0]);
    }

    #[test]
    fn names() {
        // Of two commits, the newer first; and a blank line of context that was lost at the end.
        assert_eq!(lines("+++ b/x\n@@ -3,0 +3 @@\n+c\n+++ b/x\n@@ -0,0 +1,2 @@\n+a\n+b\n", "x"), [1, 2, 3]);
        assert_eq!(lines("+++ b/x\n@@ -1,2 +1,3 @@\n a\n+b\n", "x"), [2]);
        assert_eq!(lines("--- x\n+++ sub/x\t2026-01-01\n@@ -0,0 +1 @@\n+a\n", "sub/x"), [1]);
        assert_eq!(lines("--- x\n+++ \"b/d\\303\\251 \\\"q\\\"\"\n@@ -0,0 +1 @@\n+a\n", "d\u{e9} \"q\""), [1]);
    }

    #[test]
    fn lines_go_with_a_text() {
        let follow = |lines: &[u32], old: &str, new: &str| {
            let mut lines = Lines(lines.to_vec());
            lines.follow(old, new);
            lines.0
        };
        assert_eq!(follow(&[2, 4], "a\nb\nc\nd\n", "b\nc\nd\n"), [1, 3], "a line above is taken out");
        assert_eq!(follow(&[2], "a\nb\nc\n", "a\nB\nB\nc\n"), [2, 3], "one becomes two");
        assert_eq!(follow(&[3], "a\nb\nc\n", "x\na\nb\nc\n"), [1, 4]);
    }

    #[test]
    fn what_is_no_diff() {
        let here = Here::at("/nowhere".into());
        assert!(Changed::parse("@@ x @@\n", &here).unwrap_err().contains("head of a hunk"));
        assert!(Changed::parse("+++ b/x\n@@ -1 +1 @@\nx\n", &here).unwrap_err().contains("line of a hunk"));
        assert!(Changed::parse("\u{1b}[1mdiff --git a/x b/x\u{1b}[m\n", &here).unwrap_err().contains("--no-color"));
        assert!(
            Changed::parse("diff --cc x\n+++ b/x\n@@@ -1 -1 +1 @@@\n++a\n", &here).unwrap_err().contains("of a merge")
        );
        assert!(Changed::parse("src/Dockerfile\n", &here).unwrap_err().contains("names no file"));
        assert!(Changed::parse("+++ b/x\n@@ -1 +1,3 @@\n a\n+b\n", &here).unwrap_err().contains("middle of a hunk"));
        for none in [
            "",
            "\n",
            "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n",
            "commit ab\n\n    text\n",
        ] {
            assert_eq!(Changed::parse(none, &here), Ok(Changed::default()), "{none}");
        }
    }
}
