//! Shell text as the shell sees it, in the file's own coordinates.

use std::ops::Range;

use crate::shell::ShellText;
use crate::text::range;

use super::line::Line;

/// The shell text at a joined range of a line. What stands between its physical lines is masked: the continuation
/// becomes a backslash directly before the newline, whatever the escape character and the blanks after it; comment
/// lines and empty lines become blanks.
pub(super) fn shell_text(line: &Line<'_>, span: Range<usize>) -> ShellText {
    let place = line.range(span.clone());
    if usize::from(place.len()) == span.len() {
        return ShellText::new(place, line.text[span].to_owned());
    }
    let mut masked = String::with_capacity(place.len().into());
    let mut at = usize::from(place.start());
    line.each_part(span, |_, part| {
        mask(&mut masked, &line.source[at..part.start().into()]);
        masked.push_str(&line.source[part]);
        at = part.end().into();
    });
    ShellText::new(range(place.start().into()..at), masked)
}

/// Masks what stands between two parts of a line: the end of a physical line, and whole lines.
fn mask(masked: &mut String, between: &str) {
    let Some(newline) = between.find('\n').filter(|&newline| newline > 0) else {
        blanks(masked, between.len());
        return;
    };
    blanks(masked, newline - 1);
    masked.push_str("\\\n");
    blanks(masked, between.len() - newline - 1);
}

fn blanks(masked: &mut String, count: usize) {
    const SOME: &str = "                                ";
    for _ in 0..count / SOME.len() {
        masked.push_str(SOME);
    }
    masked.push_str(&SOME[..count % SOME.len()]);
}
