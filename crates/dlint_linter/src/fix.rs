//! Applying fixes.

use std::sync::Arc;

use dlint_syntax::TextSize;

use crate::check::{Checked, Files, check_all};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Fix, Safety};
use crate::document::Document;
use crate::rule::RuleId;
use crate::suppress::Suppressed;

/// How often a document is checked again after its fixes were applied: a fix may uncover another, but not for ever.
const ROUNDS: usize = 10;

/// What fixing gave.
#[derive(Debug)]
pub struct Fixed {
    /// The document after the fixes; the same as before if there was nothing to fix.
    pub document: Arc<Document>,
    /// What is still wrong with it.
    pub remaining: Vec<Diagnostic>,
    /// What is wrong with it too, and suppressed by comments; it is never fixed.
    pub suppressed: Vec<Suppressed>,
    /// The rules whose findings were fixed, one entry a fix, in the order in which they were applied.
    pub applied: Vec<RuleId>,
}

/// Applies every fix of at most the given safety, checks again, and so on until nothing changes.
///
/// [`Safety::Display`] fixes are never applied. A document with bytes that are not UTF-8 is left as it is: writing it
/// back would lose them. So is one in UTF-16, which would come back in another encoding.
pub fn fix_document(document: &Arc<Document>, config: &Config, files: &dyn Files, limit: Safety) -> Fixed {
    fix_chosen(document, config, files, limit, &mut |_, checked| checked.diagnostics.clone())
}

/// As [`fix_document`], of the findings that are chosen in each round.
pub fn fix_chosen(
    document: &Arc<Document>,
    config: &Config,
    files: &dyn Files,
    limit: Safety,
    choose: &mut dyn FnMut(&Arc<Document>, &Checked) -> Vec<Diagnostic>,
) -> Fixed {
    let mut document = Arc::clone(document);
    let mut checked = check_all(&document, config, files);
    let mut applied = Vec::new();
    let is_text = document.invalid_bytes().is_empty() && !document.is_utf16();
    for _ in 0..if is_text { ROUNDS } else { 0 } {
        let (text, rules) = apply(document.text(), &choose(&document, &checked), limit);
        if rules.is_empty() {
            break;
        }
        document = Arc::new(Document::parse(document.path(), text, document.language()));
        checked = check_all(&document, config, files);
        applied.extend(rules);
    }
    Fixed { document, remaining: checked.diagnostics, suppressed: checked.suppressed, applied }
}

/// Applies the first fix of each finding that is safe enough and does not touch what an earlier one touched.
/// Gives the new text and the rules whose fixes are in it.
pub fn apply(text: &str, diagnostics: &[Diagnostic], limit: Safety) -> (String, Vec<RuleId>) {
    let mut chosen: Vec<(RuleId, &Fix)> = Vec::new();
    for diagnostic in diagnostics {
        let fix = diagnostic.fixes.iter().find(|fix| fix.safety <= limit && fix.safety != Safety::Display);
        if let Some(fix) = fix
            && !fix.edits.is_empty()
            && !chosen.iter().any(|(_, other)| touch(fix, other))
        {
            chosen.push((diagnostic.rule, fix));
        }
    }
    let mut edits: Vec<_> = chosen.iter().flat_map(|(_, fix)| &fix.edits).collect();
    edits.sort_by_key(|edit| (edit.range.start(), edit.range.end()));
    let mut result = String::with_capacity(text.len());
    let mut done = TextSize::new(0);
    for edit in edits {
        result.push_str(&text[usize::from(done)..usize::from(edit.range.start())]);
        result.push_str(&edit.text);
        done = edit.range.end();
    }
    result.push_str(&text[usize::from(done)..]);
    (result, chosen.into_iter().map(|(rule, _)| rule).collect())
}

/// Whether two fixes edit the same or adjacent places, so that only one of them can be made in one round.
fn touch(a: &Fix, b: &Fix) -> bool {
    a.edits.iter().any(|a| b.edits.iter().any(|b| a.range.start() <= b.range.end() && b.range.start() <= a.range.end()))
}
