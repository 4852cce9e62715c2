//! `%` directives. Go's parser takes `%YAML 1.1` and `%TAG`, and nothing else.

use std::ops::Range;

use super::error::{ErrorKind, YamlError};
use crate::text;

/// The errors of the directives in a part of the text that lies between two documents.
pub(super) fn check(source: &str, between: Range<usize>) -> Vec<YamlError> {
    let mut errors = Vec::new();
    let mut at = between.start;
    for line in source.get(between).unwrap_or_default().split_inclusive('\n') {
        if line.starts_with('%') {
            let content = line.split(" #").next().unwrap_or(line).trim_end();
            let mut words = content.split_ascii_whitespace();
            let error =
                |message: String| YamlError::new(ErrorKind::Syntax, text::range(at..at + content.len()), message);
            match (words.next(), words.next()) {
                (Some("%YAML"), Some("1.1")) | (Some("%TAG"), _) => {}
                (Some("%YAML"), Some(version)) => {
                    errors.push(
                        error(format!("Docker Compose reads YAML 1.1 only and refuses a file that says {version}"))
                            .help("Remove this line"),
                    );
                }
                (name, _) => {
                    errors.push(error(format!("`{}` is no directive", name.unwrap_or("%"))).help("Remove this line"));
                }
            }
        }
        at += line.len();
    }
    errors
}

/// The error of a `...` before the first document, which starts at `end`: it ends none.
pub(super) fn stray_end(source: &str, end: usize) -> Option<YamlError> {
    let before = source.get(..end).filter(|before| before.contains("..."))?;
    let mut at = 0;
    for line in before.split_inclusive('\n') {
        if line.starts_with("...") && line[3..].trim().is_empty() {
            let error =
                YamlError::new(ErrorKind::Syntax, text::range(at..at + 3), "`...` ends a document, and none has begun");
            return Some(error.help("Remove this line"));
        }
        at += line.len();
    }
    None
}
