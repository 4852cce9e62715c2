//! Shell text as the shell sees it, in the file's own coordinates.

use std::ops::Range;

use crate::shell::ShellText;
use crate::text::range;

use super::line::Line;

const NULS: &str = "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

/// The shell text at a joined range of a line. What stands between the parts that Docker joins (the continuation with its
/// newline, comment lines, empty lines) is masked by a NUL for each byte: the shell does not see it, so that it does not
/// even separate words.
pub(super) fn shell_text(line: &Line<'_>, span: Range<usize>) -> ShellText {
    let place = line.range(span.clone());
    if usize::from(place.len()) == span.len() {
        return ShellText::new(place, line.text[span].to_owned());
    }
    let mut masked = String::with_capacity(place.len().into());
    let mut at = usize::from(place.start());
    line.each_part(span, |_, part| {
        // What is masked is mostly a backslash, a newline and nothing else.
        let mut left = usize::from(part.start()) - at;
        while left > 0 {
            let some = left.min(NULS.len());
            masked.push_str(&NULS[..some]);
            left -= some;
        }
        masked.push_str(&line.source[part]);
        at = part.end().into();
    });
    ShellText::new(range(place.start().into()..at), masked)
}
