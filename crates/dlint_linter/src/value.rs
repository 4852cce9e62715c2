//! Reporting a value of a Compose file that is wrong.

use dlint_syntax::suggest::nearest;

use crate::compose::{Place, Scalar};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::rule::{Context, Report};
use crate::text::shorten;

/// Reports a value where it is written, and tells of the alias by which it came.
pub(crate) fn report<'r>(cx: &'r mut Context<'_>, value: &Scalar, message: impl Into<String>) -> Report<'r> {
    report_at(cx, value.place, value.alias, message)
}

/// Reports a place, and tells of the alias by which it came to where it counts.
pub(crate) fn report_at<'r>(
    cx: &'r mut Context<'_>,
    place: Place,
    alias: Option<Place>,
    message: impl Into<String>,
) -> Report<'r> {
    let mut report = cx.report_at(place, message);
    if let Some(alias) = alias {
        report.related_at(alias, "comes in here");
    }
    report
}

/// Proposes the word nearest to `text` instead of it; what else could be written where none is near. `value` is what is replaced.
pub(crate) fn propose(report: &mut Report<'_>, value: &Scalar, text: &str, words: &[&str], otherwise: &str) {
    match nearest(text, words.iter().copied()) {
        Some(near) => propose_one(report, value, near),
        None => {
            report.help(otherwise);
        }
    }
}

/// Proposes a word instead of `value`. Never applied by itself: what was meant is a guess.
pub(crate) fn propose_one(report: &mut Report<'_>, value: &Scalar, word: &str) {
    report.help(format!("Did you mean `{}`?", shorten(word)));
    if let Some(edit) = replace(value, word) {
        let title = format!("Replace with `{}`", shorten(word));
        report.fix(Fix { title, safety: Safety::Display, edits: vec![edit] });
    }
}

/// The edit that writes `text` in place of a value, if the value stands there literally and for nothing else.
pub(crate) fn replace(value: &Scalar, text: &str) -> Option<Edit> {
    (value.is_literal && value.alias.is_none()).then(|| Edit::replace(value.inner_range(), text))
}
