//! From our types to those of the protocol.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, Mutex, PoisonError};

use dlint_linter::{Diagnostic, Document, Edit, Level, RuleId};
use dlint_syntax::TextRange;
use serde_json::json;
use tower_lsp_server::ls_types::{
    self as lsp, CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, DocumentChanges,
    Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextEdit, Uri,
    WorkspaceEdit,
};

use crate::documents::{Abilities, Snapshot};
use crate::text::{Encoding, Lines};

fn span(range: TextRange) -> Range<usize> {
    range.into()
}

/// A finding as the protocol has it.
pub(crate) fn diagnostic(
    it: &Diagnostic,
    snapshot: &Snapshot,
    encoding: Encoding,
    abilities: Abilities,
) -> lsp::Diagnostic {
    let rule = it.rule();
    let mut message = it.message.clone();
    let mut related = Vec::new();
    for other in &it.related {
        let (uri, range) = match &other.document {
            None => (Some(snapshot.uri.clone()), range(snapshot, other.range, encoding)),
            Some(document) => (snapshot.uri_of(document), range_in(document, other.range, encoding)),
        };
        let Some(uri) = uri else { continue };
        if abilities.related_information {
            let location = Location { uri, range };
            related.push(DiagnosticRelatedInformation { location, message: other.message.clone() });
        } else if related.is_empty() && other.document.is_none() {
            message = format!("{message} (see line {}: {})", range.start.line + 1, other.message);
        }
    }
    lsp::Diagnostic {
        range: range(snapshot, it.range, encoding),
        severity: Some(match it.level {
            Level::Error => DiagnosticSeverity::ERROR,
            Level::Warning => DiagnosticSeverity::WARNING,
            Level::Info => DiagnosticSeverity::INFORMATION,
            Level::Hint => DiagnosticSeverity::HINT,
        }),
        code: Some(NumberOrString::String(rule.name.to_owned())),
        code_description: page(it.rule),
        source: Some("dlint".to_owned()),
        message,
        related_information: Some(related).filter(|related| !related.is_empty()),
        tags: tags(rule.name),
        data: Some(if it.fixes.is_empty() {
            json!({ "rule": rule.name })
        } else {
            let fixes: Vec<&str> = it.fixes.iter().map(|fix| fix.title.as_str()).collect();
            json!({ "rule": rule.name, "fixes": fixes })
        }),
    }
}

/// The address of a rule's page, read once: it is given with each finding.
fn page(rule: RuleId) -> Option<CodeDescription> {
    static PAGES: LazyLock<Mutex<HashMap<RuleId, Option<Uri>>>> = LazyLock::new(Mutex::default);
    let mut pages = PAGES.lock().unwrap_or_else(PoisonError::into_inner);
    let href = pages.entry(rule).or_insert_with(|| rule.rule().url().parse().ok());
    href.clone().map(|href| CodeDescription { href })
}

/// How editors draw it: struck through, or faded.
fn tags(rule: &str) -> Option<Vec<DiagnosticTag>> {
    let of = |word: &str| rule.split('-').any(|part| part == word);
    if of("deprecated") || of("obsolete") {
        Some(vec![DiagnosticTag::DEPRECATED])
    } else if of("unused") || of("repeated") || of("overridden") {
        Some(vec![DiagnosticTag::UNNECESSARY])
    } else {
        None
    }
}

/// A place in a text.
pub(crate) fn range(snapshot: &Snapshot, range: TextRange, encoding: Encoding) -> lsp::Range {
    snapshot.lines().range(&snapshot.text, span(range), encoding)
}

fn range_in(document: &Document, range: TextRange, encoding: Encoding) -> lsp::Range {
    Lines::new(document.text()).range(document.text(), span(range), encoding)
}

/// Edits of a text as an edit of the workspace.
pub(crate) fn workspace_edit(
    edits: &[Edit],
    snapshot: &Snapshot,
    encoding: Encoding,
    abilities: Abilities,
) -> WorkspaceEdit {
    let edits =
        edits.iter().map(|edit| TextEdit { range: range(snapshot, edit.range, encoding), new_text: edit.text.clone() });
    if abilities.document_changes {
        let text_document =
            OptionalVersionedTextDocumentIdentifier { uri: snapshot.uri.clone(), version: Some(snapshot.version) };
        let edits = edits.map(OneOf::Left).collect();
        let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
        return WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let changes = HashMap::from([(snapshot.uri.clone(), edits.collect())]);
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

/// The one edit that makes `new` of `old`; nothing where they are the same.
pub(crate) fn difference(old: &str, new: &str) -> Option<Edit> {
    if old == new {
        return None;
    }
    let common = |left: &mut dyn Iterator<Item = char>, right: &mut dyn Iterator<Item = char>| -> usize {
        left.zip(right).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = common(&mut old.chars(), &mut new.chars());
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = common(&mut old_rest.chars().rev(), &mut new_rest.chars().rev());
    let range = dlint_syntax::text::range(start..old.len() - end);
    Some(Edit { range, text: new[start..new.len() - end].to_owned() })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::difference;

    #[test]
    fn a_difference_makes_one_text_of_the_other() {
        for (old, new) in
            [("aXb", "aYb"), ("aa", "aaa"), ("aaa", "aa"), ("", "x"), ("x", ""), ("é😀", "é😁"), ("ab", "ba")]
        {
            let edit = difference(old, new).unwrap();
            let mut text = old.to_owned();
            text.replace_range(std::ops::Range::<usize>::from(edit.range), &edit.text);
            assert_eq!(text, new);
        }
        assert!(difference("x", "x").is_none());
    }
}
