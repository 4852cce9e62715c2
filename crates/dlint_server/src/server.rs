//! The handlers of messages.

mod asked;
pub(crate) mod commands;
mod progress;
mod serve;
mod settings;
mod shared;
mod tokens;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_linter::compose::normalize_path;
use dlint_syntax::TextSize;
use tower_lsp_server::LanguageServer;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams,
    CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult,
    DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, FileSystemWatcher, FoldingRange, FoldingRangeParams, GlobPattern,
    GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, LSPAny, Location, MarkupContent, MarkupKind,
    PrepareRenameResponse, ReferenceParams, Registration, RenameParams, SelectionRange, SelectionRangeParams,
    SemanticTokensDeltaParams, SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams,
    SemanticTokensRangeResult, SemanticTokensResult, ServerInfo, SetTraceParams, SignatureHelp, SignatureHelpParams,
    TextDocumentPositionParams, Uri, WorkspaceEdit, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};

pub use serve::serve;
pub(crate) use shared::Shared;

use crate::actions::Wanted;
use crate::documents;
use crate::features::{completion, inlays, lenses, links, navigation, outline, rename, selection, signature, symbols};
use crate::text;
use crate::wishes;
use crate::{actions, capabilities, client, hover, proto, publish, requests};

/// So many files of a folder are looked through for a name.
const MOST_FILES: usize = 2000;

/// Files whose change may change what is found in others.
const WATCHED: [&str; 6] = [
    "**/{dlint,.dlint}.toml",
    "**/{.env,.env.*,*.env}",
    "**/{Dockerfile,Containerfile}*",
    "**/*.{Dockerfile,dockerfile,Containerfile,containerfile,dockerignore}",
    "**/*compose*.{yml,yaml}",
    "**/daemon.json",
];

struct Handlers(Arc<Shared>);

impl LanguageServer for Handlers {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let (encoding, abilities) = capabilities::of_client(params.capabilities);
        let settings = wishes::own(params.initialization_options.unwrap_or_default());
        let configured = settings::take(&self.0, None, settings);
        let mut folders: Vec<Uri> = params.workspace_folders.unwrap_or_default().into_iter().map(|it| it.uri).collect();
        if folders.is_empty() {
            #[allow(deprecated, reason = "clients that know no workspace folders have only this")]
            folders.extend(params.root_uri);
        }
        let wishes = {
            let mut state = self.0.state();
            state.encoding = encoding;
            state.abilities = abilities;
            state.trace = params.trace.unwrap_or_default();
            state.folders = folders.iter().filter_map(documents::folder_at).collect();
            state.settings.usual()
        };
        if let Some(id) = params.process_id {
            let shared = Arc::clone(&self.0);
            tokio::spawn(async move {
                client::gone(id).await;
                shared.log.line("the process of the client is gone");
                shared.abandoned.notify_one();
            });
        }
        if let Err(message) = configured {
            publish::complain(&self.0, message).await;
        }
        Ok(InitializeResult {
            capabilities: capabilities::of_server(encoding, abilities, wishes),
            server_info: Some(ServerInfo {
                name: "dlint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.ask_for_settings();
        if !self.0.state().abilities.watch_files {
            return;
        }
        let watcher = |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: WATCHED.map(watcher).to_vec() };
        let registration = Registration {
            id: "dlint-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        // Not awaited here: a client that is gone never answers, and the server would wait for it.
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            if let Err(error) = shared.client.register_capability(vec![registration]).await {
                shared.log.line(format_args!("the client does not watch files: {error}"));
            }
        });
    }

    async fn shutdown(&self) -> Result<()> {
        self.0.has_shut_down.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let it = params.text_document;
        self.0.edit(|state, detect| state.open(&it.uri, it.language_id, it.version, it.text, detect));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let it = params.text_document;
        self.0.edit(|state, detect| {
            let encoding = state.encoding;
            let edit = |old: &str| text::apply(old, params.content_changes, encoding);
            state.change(&it.uri, it.version, edit, detect);
        });
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.0.edit(|state, _| state.lint_all());
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.0.edit(|state, _| state.close(&uri));
        publish::blame(&self.0, &uri, None);
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.0.edit(|state, _| state.lint_all());
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.changed_settings(params.settings).await;
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let removed: Vec<_> = params.event.removed.iter().filter_map(|it| documents::folder_at(&it.uri)).collect();
        {
            let mut state = self.0.state();
            state.folders.retain(|folder| !removed.contains(folder));
            state.folders.extend(params.event.added.iter().filter_map(|it| documents::folder_at(&it.uri)));
        }
        for folder in removed {
            // To have none is no fault.
            let _ = settings::take(&self.0, Some(folder), serde_json::Value::Null);
        }
        settings::reconsider(&self.0);
        self.ask_for_settings();
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        if !self.wants(&params.text_document_position_params.text_document.uri, |it| it.hover) {
            return Ok(None);
        }
        let at = params.text_document_position_params;
        let Some((snapshot, diagnostics)) = self.current(&at.text_document.uri).await else { return Ok(None) };
        let (encoding, abilities) = self.style();
        let offset = snapshot.lines().offset(&snapshot.text, at.position, encoding) as u32;
        let rule_docs = self.0.state().wishes(&at.text_document.uri).rule_docs;
        let values = self.at(&at, hover::values).await?.filter(|(newest, _)| newest.version == snapshot.version);
        let values = values.map(|(_, values)| values).unwrap_or_default();
        let explained = self
            .work(&snapshot, move |file| hover::hover(file.document(), &diagnostics, rule_docs, values, offset.into()));
        let Some((text, range)) = explained.await? else { return Ok(None) };
        let kind = if abilities.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        Ok(Some(Hover {
            contents: HoverContents::Markup(MarkupContent { kind, value: text }),
            range: Some(proto::range(&snapshot, range, encoding)),
        }))
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        if !self.wants(&params.text_document_position.text_document.uri, |it| it.completion) {
            return Ok(None);
        }
        let at = params.text_document_position;
        let Some((snapshot, all)) = self.at(&at, completion::completions).await? else { return Ok(None) };
        let (encoding, abilities) = self.style();
        Ok(Some(CompletionResponse::Array(requests::completions(all, &snapshot, encoding, abilities))))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let Some((snapshot, spots)) = self.at(&at, navigation::definitions).await? else { return Ok(None) };
        Ok(Some(GotoDefinitionResponse::Array(requests::locations(&spots, &snapshot, self.style().0))))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let Some((snapshot, mut spots)) = self.at(&at, navigation::spots).await? else { return Ok(None) };
        spots.retain(|spot| params.context.include_declaration || !spot.is_definition);
        Ok(Some(requests::locations(&spots, &snapshot, self.style().0)))
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let encoding = self.style().0;
        let (position, uri) = (params.position, &params.text_document.uri);
        let found = self.across(uri, move |file, files| {
            let offset = TextSize::new(file.lines().offset(&file.text, position, encoding) as u32);
            rename::prepare(file.document(), files, offset)
        });
        let Some((snapshot, Some((range, placeholder)))) = found.await? else { return Ok(None) };
        let range = proto::range(&snapshot, range, encoding);
        Ok(Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }))
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let (position, name, encoding) = (at.position, params.new_name.clone(), self.style().0);
        let found = self.across(&at.text_document.uri, move |file, files| {
            let offset = TextSize::new(file.lines().offset(&file.text, position, encoding) as u32);
            rename::rename(file.document(), files, offset, &name).transpose()
        });
        let Some((snapshot, Some(spots))) = found.await? else { return Ok(None) };
        let spots = spots.map_err(Error::invalid_params)?;
        let (encoding, abilities) = self.style();
        Ok(Some(requests::renamed(&spots, &params.new_name, &snapshot, encoding, abilities)))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        let Some((snapshot, spots)) = self.at(&at, navigation::spots).await? else { return Ok(None) };
        Ok(Some(requests::highlights(&spots, &snapshot, self.style().0)))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let Some(snapshot) = self.newest(&params.text_document.uri) else { return Ok(None) };
        let items = self.work(&snapshot, |file| outline::outline(file.document())).await?;
        let (encoding, abilities) = self.style();
        Ok(Some(requests::symbols(&items, &snapshot, encoding, abilities)))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let Some(snapshot) = self.newest(&params.text_document.uri) else { return Ok(None) };
        let folds = self.work(&snapshot, |file| outline::folds(file.document())).await?;
        Ok(Some(requests::folds(&folds, &snapshot, self.style().0)))
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let Some(snapshot) = self.newest(&params.text_document.uri) else { return Ok(None) };
        let encoding = self.style().0;
        let ranges = self.work(&snapshot, move |file| {
            let offset = |at| TextSize::new(file.lines().offset(&file.text, at, encoding) as u32);
            params.positions.into_iter().map(|at| selection::ranges(file.document(), offset(at))).collect::<Vec<_>>()
        });
        Ok(Some(ranges.await?.iter().map(|it| requests::selection(it, &snapshot, encoding)).collect()))
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        Ok(self.all_tokens(&params.text_document.uri).await?.map(SemanticTokensResult::Tokens))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        self.new_tokens(params).await
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        Ok(self.part_tokens(params).await?.map(SemanticTokensRangeResult::Tokens))
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = &params.text_document.uri;
        if !self.wants(uri, |it| it.code_lens) {
            return Ok(None);
        }
        let Some((snapshot, diagnostics)) = self.current(uri).await else { return Ok(None) };
        let version = snapshot.version;
        let found = self.across(uri, move |file, files| lenses::lenses(file.document(), files, &diagnostics)).await?;
        // What was found in another text has other places.
        let found = found.filter(|(newest, _)| newest.version == version);
        let (encoding, abilities) = self.style();
        Ok(found.map(|(snapshot, lenses)| requests::lenses(&lenses, &snapshot, encoding, abilities)))
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let at = params.text_document_position_params;
        let feature = |document: &Document, _: &dyn Files, offset| signature::signatures(document, offset);
        let Some((_, signatures)) = self.at(&at, feature).await? else { return Ok(None) };
        Ok(requests::signatures(signatures, self.style().1))
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        if !self.wants(&params.text_document.uri, |it| it.links) {
            return Ok(None);
        }
        let found = self.across(&params.text_document.uri, |file, files| links::links(file.document(), files)).await?;
        Ok(found.map(|(snapshot, links)| requests::links(&links, &snapshot, self.style().0)))
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        if !self.wants(&params.text_document.uri, |it| it.inlay_hints) {
            return Ok(None);
        }
        let encoding = self.style().0;
        let found = self.across(&params.text_document.uri, move |file, files| {
            let offset = |at| file.lines().offset(&file.text, at, encoding);
            let (start, end) = (offset(params.range.start), offset(params.range.end));
            inlays::inlays(file.document(), files, dlint_syntax::text::range(start..end.max(start)))
        });
        Ok(found.await?.map(|(snapshot, inlays)| requests::inlays(inlays, &snapshot, encoding)))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let (all, folders) = {
            let state = self.0.state();
            (state.all(), state.folders.clone())
        };
        let encoding = self.style().0;
        let mut found = Vec::new();
        let known: Vec<Uri> = all.iter().map(|snapshot| snapshot.uri.clone()).collect();
        for snapshot in all {
            let query = params.query.clone();
            let items = self.work(&snapshot, move |file| symbols::symbols(file.document(), &query)).await?;
            found.extend(requests::named(&items, snapshot.document(), &snapshot.uri, encoding));
        }
        // What is asked for by name is looked for in files that are not open, too.
        if !params.query.trim().is_empty() {
            let query = params.query;
            let others = publish::away(&self.0, move |shared| {
                let mut found = Vec::new();
                for folder in folders {
                    shared.host.documents(&folder, MOST_FILES, &mut |document| {
                        let uri = Uri::from_file_path(normalize_path(&folder.join(document.path())));
                        let Some(uri) = uri.filter(|uri| !known.contains(uri)) else { return };
                        let items = symbols::symbols(document, &query);
                        found.extend(requests::named(&items, document, &uri, encoding));
                    });
                }
                Ok::<_, String>(found)
            });
            let token = params.work_done_progress_params.work_done_token;
            let others = progress::told(&self.0, token, "dlint: looks through the files", others);
            found.extend(others.await.map_err(|message| self.fault(message))?);
        }
        Ok(Some(WorkspaceSymbolResponse::Flat(found)))
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let items = self.report(&params.text_document.uri).await?;
        Ok(requests::report(items, params.previous_result_id.as_deref()))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        self.execute(params).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(wanted) = action.data.clone().and_then(|data| serde_json::from_value::<Wanted>(data).ok()) else {
            return Ok(action);
        };
        let Some((snapshot, diagnostics)) = self.current(&wanted.uri).await else { return Ok(action) };
        if snapshot.version != wanted.version {
            return Err(Error::content_modified());
        }
        let (encoding, abilities) = self.style();
        let style = actions::Style { encoding, abilities };
        let resolved = self.work(&snapshot, move |file| actions::resolve(action, &wanted, file, &diagnostics, style));
        resolved.await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let Some((snapshot, diagnostics)) = self.current(&params.text_document.uri).await else { return Ok(None) };
        let (encoding, abilities) = self.style();
        let style = actions::Style { encoding, abilities };
        let only = params.context.only.as_deref();
        let mut actions = Vec::new();
        if actions::wants(only, &CodeActionKind::QUICKFIX) {
            let offset = |position| snapshot.lines().offset(&snapshot.text, position, encoding);
            let (start, end) = (offset(params.range.start), offset(params.range.end));
            let place = dlint_syntax::text::range(start..end.max(start));
            let rules = actions::rules_at(&diagnostics, place);
            let found = self.work(&snapshot, move |file| actions::of_place(file, &diagnostics, place, style));
            actions.extend(found.await?);
            actions.extend(self.switches(&snapshot, rules, style).await?);
        }
        if actions::wants(only, &actions::FIX_ALL) && self.wants(&snapshot.uri, |it| it.fix_all) {
            actions.extend(self.fixed(&snapshot).await);
        }
        Ok(Some(actions))
    }
}

impl Handlers {
    #[allow(clippy::unused_async, reason = "handlers are")]
    async fn set_trace(&self, params: SetTraceParams) {
        self.0.state().trace = params.value;
    }
}

#[cfg(test)]
mod tests;
