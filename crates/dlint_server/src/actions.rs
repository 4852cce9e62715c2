//! Code actions: the fixes of findings, one at a time, all of a rule, all that are safe.

use std::collections::HashMap;

use dlint_linter::fix;
use dlint_linter::suppress::{self, Extent};
use dlint_linter::{Category, Diagnostic, Edit, Fix, RuleId, Safety};
use dlint_syntax::TextRange;
use serde::{Deserialize, Serialize};
use tower_lsp_server::ls_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, Command, CreateFile, DocumentChangeOperation, DocumentChanges,
    OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use crate::documents::{Abilities, Snapshot};
use crate::text::{Encoding, Lines};
use crate::{ConfigEdit, proto};

/// Applies all safe fixes, under a name of our own, so that editors can be told to run this one alone.
pub(crate) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.dlint");

/// Whether the client, which asked for `only`, wants an action of this kind: kinds are a hierarchy with dots. What changes the whole text is
/// only given to who asks for it.
pub(crate) fn wants(only: Option<&[CodeActionKind]>, kind: &CodeActionKind) -> bool {
    let is_part = |wanted: &CodeActionKind| {
        kind.as_str().strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    match only {
        None => *kind == CodeActionKind::QUICKFIX,
        Some(only) => only.iter().any(is_part),
    }
}

/// How the client has edits.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) encoding: Encoding,
    pub(crate) abilities: Abilities,
}

/// The actions upon what was found at a place (byte offsets, half-open; an empty one is a cursor): fixes, ignoring, explanations.
pub(crate) fn of_place(
    snapshot: &Snapshot,
    diagnostics: &[Diagnostic],
    place: TextRange,
    style: Style,
) -> Vec<CodeActionOrCommand> {
    let here: Vec<&Diagnostic> = diagnostics.iter().filter(|it| is_at(it, place)).collect();
    let mut actions = quick_fixes(snapshot, diagnostics, &here, style);
    actions.extend(ignores(snapshot, &here, style));
    actions.extend(explanations(&here, style));
    actions
}

fn is_at(it: &Diagnostic, place: TextRange) -> bool {
    it.range.start() <= place.end() && place.start() <= it.range.end()
}

/// An action upon a finding.
fn quick_fix(title: String, edits: &[Edit], of: &Diagnostic, snapshot: &Snapshot, style: Style) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![proto::diagnostic(of, snapshot, style.encoding, style.abilities)]),
        edit: Some(proto::workspace_edit(edits, snapshot, style.encoding, style.abilities)),
        ..CodeAction::default()
    }
}

/// The fixes of some findings, and of all of their rules.
fn quick_fixes(
    snapshot: &Snapshot,
    diagnostics: &[Diagnostic],
    here: &[&Diagnostic],
    style: Style,
) -> Vec<CodeActionOrCommand> {
    let mut actions = Vec::new();
    let mut rules: Vec<RuleId> = Vec::new();
    for &diagnostic in here {
        let fixes: Vec<&Fix> = diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty()).collect();
        let is_only = fixes.len() == 1;
        for fix in fixes {
            let is_safe = fix.safety == Safety::Safe;
            let title = if is_safe { fix.title.clone() } else { format!("{} (may change what it does)", fix.title) };
            let is_preferred = (is_only && is_safe).then_some(true);
            let action = quick_fix(title, &fix.edits, diagnostic, snapshot, style);
            actions.push(CodeActionOrCommand::CodeAction(CodeAction { is_preferred, ..action }));
        }
        let is_fixable = diagnostic.fixes.iter().any(|fix| fix.safety == Safety::Safe);
        if is_fixable && !rules.contains(&diagnostic.rule) {
            rules.push(diagnostic.rule);
        }
    }
    actions.extend(rules.into_iter().filter_map(|rule| fix_rule(snapshot, diagnostics, rule, style)));
    actions
}

/// Has findings ignored by comments: the rule in the instruction or entry, and in the file.
fn ignores(snapshot: &Snapshot, here: &[&Diagnostic], style: Style) -> Vec<CodeActionOrCommand> {
    let mut actions = Vec::new();
    let mut rules: Vec<RuleId> = Vec::new();
    for &diagnostic in here {
        if rules.contains(&diagnostic.rule) || rules.len() == MOST_IGNORES {
            continue;
        }
        rules.push(diagnostic.rule);
        for (extent, end) in [(Extent::Here, "here"), (Extent::File, "in this file")] {
            let title = format!("Ignore `{}` {end}", diagnostic.rule.rule().name);
            let action = if style.abilities.resolve_edits {
                if !suppress::may_be_ignored(snapshot.document(), diagnostic) {
                    continue;
                }
                let wanted = Wanted {
                    uri: snapshot.uri.clone(),
                    version: snapshot.version,
                    rule: diagnostic.rule.rule().name.to_owned(),
                    range: [diagnostic.range.start().into(), diagnostic.range.end().into()],
                    in_file: extent == Extent::File,
                };
                let data = serde_json::to_value(wanted).ok();
                CodeAction { edit: None, data, ..quick_fix(title, &[], diagnostic, snapshot, style) }
            } else {
                let Some(edit) = suppress::edit(snapshot.document(), diagnostic, extent) else { continue };
                quick_fix(title, &[edit], diagnostic, snapshot, style)
            };
            actions.push(CodeActionOrCommand::CodeAction(action));
        }
    }
    actions
}

/// An action to ignore a finding, of which the edit is worked out once it is chosen: editors ask for actions at each move of the cursor, and
/// the edit takes a look at the text as it would be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Wanted {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    rule: String,
    /// Of the finding: bytes, half-open.
    range: [u32; 2],
    in_file: bool,
}

/// Gives an action its edit. It has none where no comment would do.
pub(crate) fn resolve(
    mut action: CodeAction,
    wanted: &Wanted,
    snapshot: &Snapshot,
    diagnostics: &[Diagnostic],
    style: Style,
) -> CodeAction {
    let is_it = |it: &&Diagnostic| {
        it.rule.rule().name == wanted.rule && [u32::from(it.range.start()), it.range.end().into()] == wanted.range
    };
    let extent = if wanted.in_file { Extent::File } else { Extent::Here };
    let found = diagnostics.iter().find(is_it);
    let edit = found.and_then(|diagnostic| suppress::edit(snapshot.document(), diagnostic, extent));
    action.edit = edit.map(|edit| proto::workspace_edit(&[edit], snapshot, style.encoding, style.abilities));
    action
}

/// The rules that found something at a place and may be switched off: what Docker refuses is always reported.
pub(crate) fn rules_at(diagnostics: &[Diagnostic], place: TextRange) -> Vec<RuleId> {
    let mut rules = Vec::new();
    for it in diagnostics.iter().filter(|it| is_at(it, place)) {
        let is_syntax = it.category == Category::Syntax || it.rule.rule().category == Category::Syntax;
        if !is_syntax && !rules.contains(&it.rule) && rules.len() < MOST_IGNORES {
            rules.push(it.rule);
        }
    }
    rules
}

/// Switches a rule off in the configuration. `version` is that of the configuration file, where it is open.
pub(crate) fn switch_off(rule: RuleId, it: &ConfigEdit, version: Option<i32>, style: Style) -> Option<CodeAction> {
    let uri = Uri::from_file_path(&it.path)?;
    let text = it.text.as_deref().unwrap_or_default();
    let range = Lines::new(text).range(text, it.edit.range.into(), style.encoding);
    let edit = TextEdit { range, new_text: it.edit.text.clone() };
    let edit = if style.abilities.document_changes {
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version };
        let edit = TextDocumentEdit { text_document, edits: vec![OneOf::Left(edit)] };
        let create = CreateFile { uri, options: None, annotation_id: None };
        let changes = match it.text {
            Some(_) => DocumentChanges::Edits(vec![edit]),
            None => DocumentChanges::Operations(vec![
                DocumentChangeOperation::Op(ResourceOp::Create(create)),
                DocumentChangeOperation::Edit(edit),
            ]),
        };
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    } else {
        WorkspaceEdit { changes: Some(HashMap::from([(uri, vec![edit])])), ..WorkspaceEdit::default() }
    };
    let new = if it.text.is_none() { "a new " } else { "" };
    let title = format!("Switch `{}` off in {new}{}", rule.rule().name, it.name);
    Some(CodeAction { title, kind: Some(CodeActionKind::QUICKFIX), edit: Some(edit), ..CodeAction::default() })
}

/// The command that shows the page of a rule; its argument is the rule's name.
pub(crate) const EXPLAIN: &str = "dlint.explainRule";

/// Actions that show the pages of the rules that found something, where the client can show pages.
fn explanations(here: &[&Diagnostic], style: Style) -> Vec<CodeActionOrCommand> {
    if !style.abilities.show_document {
        return Vec::new();
    }
    let mut names: Vec<&str> = here.iter().map(|it| it.rule.rule().name).collect();
    names.sort_unstable();
    names.dedup();
    let explain = |name: &str| {
        let title = format!("Explain `{name}`");
        let command = Command::new(title.clone(), EXPLAIN.to_owned(), Some(vec![name.into()]));
        let kind = Some(CodeActionKind::QUICKFIX);
        CodeActionOrCommand::CodeAction(CodeAction { title, kind, command: Some(command), ..CodeAction::default() })
    };
    names.into_iter().take(MOST_IGNORES).map(explain).collect()
}

/// The rules at one place that may be ignored from there; each costs a look at the text as it would be.
const MOST_IGNORES: usize = 4;

/// The safe fixes of all findings of a rule, if there are several.
fn fix_rule(
    snapshot: &Snapshot,
    diagnostics: &[Diagnostic],
    rule: RuleId,
    style: Style,
) -> Option<CodeActionOrCommand> {
    let all: Vec<Diagnostic> = diagnostics.iter().filter(|it| it.rule == rule).cloned().collect();
    let (text, applied) = fix::apply(&snapshot.text, &all, Safety::Safe);
    if applied.len() < 2 {
        return None;
    }
    let title = format!("Fix all {} `{}` in this file", applied.len(), rule.rule().name);
    Some(whole(title, CodeActionKind::QUICKFIX, &text, snapshot, style))
}

/// An action that makes `text` of the whole file; nothing where it is that already.
pub(crate) fn fix_all(text: &str, snapshot: &Snapshot, style: Style) -> Option<CodeActionOrCommand> {
    (text != &*snapshot.text).then(|| whole("Fix all (dlint)".to_owned(), FIX_ALL, text, snapshot, style))
}

fn whole(title: String, kind: CodeActionKind, text: &str, snapshot: &Snapshot, style: Style) -> CodeActionOrCommand {
    let edits: Vec<_> = proto::difference(&snapshot.text, text).into_iter().collect();
    let edit = proto::workspace_edit(&edits, snapshot, style.encoding, style.abilities);
    CodeActionOrCommand::CodeAction(CodeAction { title, kind: Some(kind), edit: Some(edit), ..CodeAction::default() })
}

#[cfg(test)]
mod tests {
    use tower_lsp_server::ls_types::CodeActionKind;

    use super::{FIX_ALL, wants};

    #[test]
    fn a_kind_stands_for_those_below_it() {
        let only = |kind: &'static str| vec![CodeActionKind::new(kind)];
        assert!(wants(Some(&only("source")), &FIX_ALL));
        assert!(wants(Some(&only("source.fixAll")), &FIX_ALL));
        assert!(wants(Some(&only("source.fixAll.dlint")), &FIX_ALL));
        assert!(!wants(Some(&only("source.fixAll.dlin")), &FIX_ALL));
        assert!(!wants(Some(&only("refactor")), &CodeActionKind::QUICKFIX));
        assert!(wants(None, &CodeActionKind::QUICKFIX) && !wants(None, &FIX_ALL));
    }
}
