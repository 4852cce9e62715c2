//! What the languages offer, in the words of the protocol.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use dlint_linter::Document;
use dlint_syntax::TextRange;
use serde_json::json;
use tower_lsp_server::ls_types::{
    self as lsp, CodeLens, Command, CompletionItem, CompletionItemKind, CompletionTextEdit, DocumentChanges,
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightKind, DocumentLink,
    DocumentSymbol, DocumentSymbolResponse, Documentation, FoldingRange, FoldingRangeKind,
    FullDocumentDiagnosticReport, InlayHint, InlayHintLabel, InlayHintTooltip, InsertReplaceEdit, InsertTextFormat,
    InsertTextMode, Location, MarkupContent, MarkupKind, OneOf, OptionalVersionedTextDocumentIdentifier,
    ParameterInformation, ParameterLabel, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, SelectionRange, SemanticToken, SemanticTokenModifier, SemanticTokenType,
    SemanticTokens, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions,
    SemanticTokensServerCapabilities, SignatureHelp, SignatureInformation, SymbolInformation, SymbolKind,
    TextDocumentEdit, TextEdit, UnchangedDocumentDiagnosticReport, Uri, WorkDoneProgressOptions, WorkspaceEdit,
};

use crate::documents::{Abilities, Snapshot};
use crate::features::completion::{Completion, CompletionKind};
use crate::features::inlays::Inlay;
use crate::features::lenses::Lens;
use crate::features::links::{Link, Target};
use crate::features::navigation::Spot;
use crate::features::outline::{Fold, Item, ItemKind};
use crate::features::signature::Signature;
use crate::features::tokens::Token;
use crate::proto;
use crate::server::commands;
use crate::text::{Encoding, Lines};

/// The findings of a text for a client that asks. They are named by what they are, so that only what is the same counts as unchanged.
pub(crate) fn report(items: Vec<lsp::Diagnostic>, known: Option<&str>) -> DocumentDiagnosticReportResult {
    let mut hasher = std::hash::DefaultHasher::new();
    serde_json::to_string(&items).unwrap_or_default().hash(&mut hasher);
    let id = format!("{:016x}", hasher.finish());
    let report = if known == Some(id.as_str()) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
        })
    };
    report.into()
}

/// Completions in the order in which they were given.
pub(crate) fn completions(
    all: Vec<Completion>,
    snapshot: &Snapshot,
    encoding: Encoding,
    abilities: Abilities,
) -> Vec<CompletionItem> {
    let markup = if abilities.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let item = |(index, it): (usize, Completion)| {
        let filter_text = filter(&it, snapshot);
        CompletionItem {
            label: it.label,
            kind: Some(match it.kind {
                CompletionKind::Keyword => CompletionItemKind::KEYWORD,
                CompletionKind::Key => CompletionItemKind::PROPERTY,
                CompletionKind::Value => CompletionItemKind::ENUM_MEMBER,
                CompletionKind::Reference => CompletionItemKind::REFERENCE,
                CompletionKind::Variable => CompletionItemKind::VARIABLE,
                CompletionKind::File => CompletionItemKind::FILE,
                CompletionKind::Folder => CompletionItemKind::FOLDER,
            }),
            detail: Some(it.detail).filter(|detail| !detail.is_empty()),
            documentation: Some(it.documentation)
                .filter(|text| !text.is_empty())
                .map(|value| Documentation::MarkupContent(MarkupContent { kind: markup.clone(), value })),
            sort_text: Some(format!("{index:04}")),
            filter_text: Some(filter_text),
            insert_text_mode: (abilities.snippets && !it.snippet.is_empty())
                .then_some(InsertTextMode::ADJUST_INDENTATION),
            insert_text_format: (abilities.snippets && !it.snippet.is_empty()).then_some(InsertTextFormat::SNIPPET),
            text_edit: Some({
                let new_text = if abilities.snippets && !it.snippet.is_empty() { it.snippet } else { it.text };
                let insert = proto::range(snapshot, it.range, encoding);
                if abilities.insert_replace && it.word != it.range {
                    let replace = proto::range(snapshot, it.word, encoding);
                    CompletionTextEdit::InsertAndReplace(InsertReplaceEdit { new_text, insert, replace })
                } else {
                    CompletionTextEdit::Edit(TextEdit::new(insert, new_text))
                }
            }),
            ..CompletionItem::default()
        }
    };
    all.into_iter().enumerate().map(item).collect()
}

/// What an editor compares with what is typed: what is put there, but for a quote that comes along with it.
fn filter(it: &Completion, snapshot: &Snapshot) -> String {
    let is_quoted = |text: &str| text.starts_with('"');
    let typed = snapshot.text.get(std::ops::Range::<usize>::from(it.range)).unwrap_or_default();
    let text = if is_quoted(&it.text) && !is_quoted(typed) { it.label.trim_matches('"') } else { it.text.trim_end() };
    text.to_owned()
}

/// Places in this file and in others of its project.
pub(crate) fn locations(spots: &[Spot], snapshot: &Snapshot, encoding: Encoding) -> Vec<Location> {
    let mut others: HashMap<*const Document, Lines> = HashMap::new();
    let location = |spot: &Spot| match &spot.document {
        None => Some(Location::new(snapshot.uri.clone(), proto::range(snapshot, spot.range, encoding))),
        Some(document) => {
            let lines = others.entry(Arc::as_ptr(document)).or_insert_with(|| Lines::new(document.text()));
            let range = lines.range(document.text(), spot.range.into(), encoding);
            Some(Location::new(snapshot.uri_of(document)?, range))
        }
    };
    spots.iter().filter_map(location).collect()
}

/// The edits that write another name. Of the text that was asked about they hold for that version alone, where the client can tell.
pub(crate) fn renamed(
    spots: &[Spot],
    name: &str,
    snapshot: &Snapshot,
    encoding: Encoding,
    abilities: Abilities,
) -> WorkspaceEdit {
    let mut changes: HashMap<Uri, Vec<TextEdit>> = HashMap::new();
    for location in locations(spots, snapshot, encoding) {
        changes.entry(location.uri).or_default().push(TextEdit::new(location.range, name.to_owned()));
    }
    if abilities.document_changes {
        let edit = |(uri, edits): (Uri, Vec<TextEdit>)| TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: (uri == snapshot.uri).then_some(snapshot.version),
                uri,
            },
            edits: edits.into_iter().map(OneOf::Left).collect(),
        };
        let edits = DocumentChanges::Edits(changes.into_iter().map(edit).collect());
        return WorkspaceEdit { document_changes: Some(edits), ..WorkspaceEdit::default() };
    }
    WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }
}

/// The places in this file.
pub(crate) fn highlights(spots: &[Spot], snapshot: &Snapshot, encoding: Encoding) -> Vec<DocumentHighlight> {
    let own = spots.iter().filter(|spot| spot.document.is_none());
    let highlight = |spot: &Spot| {
        let kind = if spot.is_definition { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
        DocumentHighlight { range: proto::range(snapshot, spot.range, encoding), kind: Some(kind) }
    };
    own.map(highlight).collect()
}

fn kind(kind: ItemKind) -> SymbolKind {
    match kind {
        ItemKind::Stage => SymbolKind::MODULE,
        ItemKind::Instruction => SymbolKind::EVENT,
        ItemKind::Section => SymbolKind::NAMESPACE,
        ItemKind::Service => SymbolKind::CLASS,
        ItemKind::Resource => SymbolKind::OBJECT,
        ItemKind::Key => SymbolKind::PROPERTY,
    }
}

/// The outline: a tree, or a list for editors that know only lists.
pub(crate) fn symbols(
    items: &[Item],
    snapshot: &Snapshot,
    encoding: Encoding,
    abilities: Abilities,
) -> DocumentSymbolResponse {
    let range = |range: TextRange| proto::range(snapshot, range, encoding);
    if abilities.nested_symbols {
        return DocumentSymbolResponse::Nested(items.iter().map(|item| nested(item, &range)).collect());
    }
    let mut list = Vec::new();
    flat(items, None, snapshot, &range, &mut list);
    DocumentSymbolResponse::Flat(list)
}

/// How to tell a place to the client.
type ToRange<'f> = &'f dyn Fn(TextRange) -> tower_lsp_server::ls_types::Range;

#[allow(deprecated, reason = "the field has to be there")]
fn nested(item: &Item, range: ToRange<'_>) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = item.children.iter().map(|child| nested(child, range)).collect();
    DocumentSymbol {
        name: item.name.clone(),
        detail: (!item.detail.is_empty()).then(|| item.detail.clone()),
        kind: kind(item.kind),
        tags: None,
        deprecated: None,
        range: range(item.range),
        selection_range: range(item.name_range),
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated, reason = "the field has to be there")]
fn flat(
    items: &[Item],
    container: Option<&str>,
    snapshot: &Snapshot,
    range: ToRange<'_>,
    list: &mut Vec<SymbolInformation>,
) {
    for item in items {
        list.push(SymbolInformation {
            name: item.name.clone(),
            kind: kind(item.kind),
            tags: None,
            deprecated: None,
            location: Location::new(snapshot.uri.clone(), range(item.range)),
            container_name: container.map(str::to_owned),
        });
        flat(&item.children, Some(&item.name), snapshot, range, list);
    }
}

/// What can be folded, by lines.
pub(crate) fn folds(folds: &[Fold], snapshot: &Snapshot, encoding: Encoding) -> Vec<FoldingRange> {
    let fold = |it: &Fold| {
        let range = proto::range(snapshot, it.range, encoding);
        let kind = it.is_comment.then_some(FoldingRangeKind::Comment);
        FoldingRange { start_line: range.start.line, end_line: range.end.line, kind, ..FoldingRange::default() }
    };
    folds.iter().map(fold).collect()
}

/// Selections, each within the next.
pub(crate) fn selection(ranges: &[TextRange], snapshot: &Snapshot, encoding: Encoding) -> SelectionRange {
    let mut parent = None;
    let (inner, outer) = ranges.split_first().map_or((TextRange::default(), ranges), |(inner, outer)| (*inner, outer));
    for range in outer.iter().rev() {
        let range = proto::range(snapshot, *range, encoding);
        parent = Some(Box::new(SelectionRange { range, parent }));
    }
    SelectionRange { range: proto::range(snapshot, inner, encoding), parent }
}

/// Places that lead to pages and files.
pub(crate) fn links(links: &[Link], snapshot: &Snapshot, encoding: Encoding) -> Vec<DocumentLink> {
    let link = |it: &Link| {
        let (target, tooltip) = match &it.target {
            Target::Page(page) => (page.parse().ok()?, "The image on Docker Hub"),
            Target::Rule(rule) => (rule.rule().url().parse().ok()?, "The page of the rule"),
            Target::File(path) => (snapshot.uri_at(path)?, "Open the file"),
        };
        let (range, tooltip) = (proto::range(snapshot, it.range, encoding), Some(tooltip.to_owned()));
        Some(DocumentLink { range, target: Some(target), tooltip, data: None })
    };
    links.iter().filter_map(link).collect()
}

/// What is shown above stages and services. Where the client can show places, it is a command that leads there.
pub(crate) fn lenses(lenses: &[Lens], snapshot: &Snapshot, encoding: Encoding, abilities: Abilities) -> Vec<CodeLens> {
    let lens = |it: &Lens| {
        let target = it.target.as_ref().filter(|_| abilities.show_document).and_then(|(document, place)| {
            let place = Spot::bare(document.clone(), *place);
            let location = locations(&[place], snapshot, encoding).pop()?;
            Some(vec![json!(location.uri), json!(location.range)])
        });
        let name = if target.is_some() { commands::SHOW } else { "" };
        let range = proto::range(snapshot, it.range, encoding);
        CodeLens { range, command: Some(Command::new(it.title.clone(), name.to_owned(), target)), data: None }
    };
    lenses.iter().map(lens).collect()
}

/// What is shown between the words.
pub(crate) fn inlays(inlays: Vec<Inlay>, snapshot: &Snapshot, encoding: Encoding) -> Vec<InlayHint> {
    let hint = |it: Inlay| InlayHint {
        position: proto::range(snapshot, TextRange::empty(it.at), encoding).start,
        label: InlayHintLabel::String(it.label),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(it.tooltip)),
        padding_left: Some(true),
        padding_right: Some(true),
        data: None,
    };
    inlays.into_iter().map(hint).collect()
}

/// Parts with names, as the list of a workspace.
#[allow(deprecated, reason = "the field has to be there")]
pub(crate) fn named(items: &[Item], document: &Document, uri: &Uri, encoding: Encoding) -> Vec<SymbolInformation> {
    if items.is_empty() {
        return Vec::new();
    }
    let container = document.path().display().to_string();
    let lines = Lines::new(document.text());
    let range = |range: TextRange| lines.range(document.text(), range.into(), encoding);
    let symbol = |it: &Item| SymbolInformation {
        name: it.name.clone(),
        kind: kind(it.kind),
        tags: None,
        deprecated: None,
        location: Location::new(uri.clone(), range(it.name_range)),
        container_name: Some(container.clone()),
    };
    items.iter().map(symbol).collect()
}

/// What pieces of text can be, in the order of [`TokenKind`](crate::features::tokens::TokenKind).
pub(crate) fn token_options() -> SemanticTokensServerCapabilities {
    let legend = SemanticTokensLegend {
        token_types: vec![
            SemanticTokenType::KEYWORD,
            SemanticTokenType::PARAMETER,
            SemanticTokenType::VARIABLE,
            SemanticTokenType::NAMESPACE,
            SemanticTokenType::MACRO,
            SemanticTokenType::TYPE,
        ],
        token_modifiers: vec![SemanticTokenModifier::DECLARATION],
    };
    SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
        work_done_progress_options: WorkDoneProgressOptions::default(),
        legend,
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
    })
}

/// What pieces of the text are, each told from where the one before it begins.
pub(crate) fn tokens(tokens: &[Token], snapshot: &Snapshot, encoding: Encoding) -> SemanticTokens {
    let (mut line, mut start) = (0, 0);
    let token = |it: &Token| {
        let range = proto::range(snapshot, it.range, encoding);
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 { range.start.character - start } else { range.start.character };
        (line, start) = (range.start.line, range.start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character.saturating_sub(range.start.character),
            token_type: it.kind as u32,
            token_modifiers_bitset: u32::from(it.is_declaration),
        }
    };
    let data = tokens.iter().map(token).collect();
    SemanticTokens { result_id: None, data }
}

/// The ways to write what is being typed.
pub(crate) fn signatures(signatures: Vec<Signature>, abilities: Abilities) -> Option<SignatureHelp> {
    let kind = if abilities.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
    let active_parameter = signatures.first()?.active.map(|at| at as u32);
    let parameter = |part| ParameterInformation { label: ParameterLabel::Simple(part), documentation: None };
    let signature = |it: Signature| SignatureInformation {
        label: it.label,
        documentation: Some(Documentation::MarkupContent(MarkupContent {
            kind: kind.clone(),
            value: it.documentation,
        })),
        parameters: Some(it.parameters.into_iter().map(parameter).collect()),
        active_parameter: it.active.map(|at| at as u32),
    };
    let signatures = signatures.into_iter().map(signature).collect();
    Some(SignatureHelp { signatures, active_signature: Some(0), active_parameter })
}
