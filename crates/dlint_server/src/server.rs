//! The handlers of messages.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_syntax::TextSize;
use tokio::sync::Notify;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    self as lsp, CodeAction, CodeActionKind, CodeActionOptions, CodeActionParams, CodeActionProviderCapability,
    CodeActionResponse, CompletionOptions, CompletionParams, CompletionResponse, DiagnosticOptions,
    DiagnosticServerCapabilities, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkOptions,
    DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandOptions, ExecuteCommandParams,
    FileSystemWatcher, FoldingRange, FoldingRangeParams, FoldingRangeProviderCapability, GlobPattern,
    GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams, HoverProviderCapability,
    InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, LSPAny, Location, MarkupContent,
    MarkupKind, OneOf, PrepareRenameResponse, ReferenceParams, Registration, RenameOptions, RenameParams, SaveOptions,
    SelectionRange, SelectionRangeParams, SelectionRangeProviderCapability, SemanticTokensParams, SemanticTokensResult,
    ServerCapabilities, ServerInfo, ShowDocumentParams, SignatureHelp, SignatureHelpOptions, SignatureHelpParams,
    TextDocumentPositionParams, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Uri, WorkDoneProgressOptions, WorkspaceEdit, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use tower_lsp_server::{Client, LanguageServer, LspService, Server};

use crate::actions::Wanted;
use crate::documents::{Abilities, Found, Snapshot, State};
use crate::features::rename::NamePlace;
use crate::features::{completion, inlays, links, navigation, outline, rename, selection, signature, symbols, tokens};
use crate::outbox::{self, Outbox};
use crate::text::{self, Encoding};
use crate::wishes::{self, Wishes};
use crate::{Fault, Host, Log, actions, framing, hover, proto, publish, requests};

/// So many handlers run at a time, that a cancellation never has to wait behind them.
const CONCURRENCY: usize = 64;

/// So many bytes may wait between the reader of messages and the server.
const PIPE: usize = 64 * 1024;

/// So long the last message may take to be written.
const LEAVE: std::time::Duration = std::time::Duration::from_secs(1);

/// Files whose change may change what is found in others.
const WATCHED: [&str; 6] = [
    "**/{dlint,.dlint}.toml",
    "**/{.env,.env.*,*.env}",
    "**/{Dockerfile,Containerfile}*",
    "**/*.{Dockerfile,dockerfile,Containerfile,containerfile,dockerignore}",
    "**/*compose*.{yml,yaml}",
    "**/daemon.json",
];

/// What the handlers and the task that lints share.
pub(crate) struct Shared {
    pub(crate) client: Client,
    outbox: Outbox,
    pub(crate) host: Box<dyn Host>,
    pub(crate) log: Log,
    /// Wakes the task that lints.
    pub(crate) wake: Notify,
    state: Mutex<State>,
    /// The last complaint that was shown.
    told: Mutex<Option<String>>,
    has_shut_down: std::sync::atomic::AtomicBool,
}

impl Shared {
    /// The state. Never held across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn told(&self) -> MutexGuard<'_, Option<String>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the client what is wrong with a text, unless it has taken leave.
    pub(crate) fn publish(&self, uri: Uri, diagnostics: Vec<lsp::Diagnostic>, version: Option<i32>) {
        if !self.has_shut_down.load(std::sync::atomic::Ordering::Relaxed) {
            self.outbox.publish(uri, diagnostics, version);
        }
    }

    fn edit(&self, edit: impl FnOnce(&mut State, crate::documents::Detect<'_>)) {
        edit(&mut self.state(), &|path, id, text| self.host.language(path, id, text));
        self.wake.notify_one();
    }
}

struct Handlers(Arc<Shared>);

/// Serves a client on standard input and output until it says `exit` or is gone. Gives whether it took leave in order.
///
/// # Errors
/// If the runtime cannot be started.
pub fn serve(host: impl Host, log: Log) -> std::io::Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let is_orderly = runtime.block_on(async {
        let mut shared = None;
        let (outbox, messages) = Outbox::new();
        let (service, socket) = LspService::new(|client| {
            let new = Arc::new(Shared {
                client,
                outbox,
                host: Box::new(host),
                log,
                wake: Notify::new(),
                state: Mutex::default(),
                told: Mutex::default(),
                has_shut_down: false.into(),
            });
            shared = Some(Arc::clone(&new));
            Handlers(new)
        });
        let linting = shared.clone().map(|shared| tokio::spawn(publish::run(shared)));
        let (input, output) = tokio::io::duplex(PIPE);
        let log = shared.as_ref().map(|shared: &Arc<Shared>| shared.log.clone()).unwrap_or_default();
        let reading = tokio::spawn(framing::filter(tokio::io::stdin(), output, log));
        let (pipe, answers) = tokio::io::duplex(PIPE);
        let writing = tokio::spawn(outbox::join(answers, messages, tokio::io::stdout()));
        let server = Server::new(input, pipe, socket);
        server.concurrency_level(CONCURRENCY).serve(service).await;
        reading.abort();
        // The last answer has to be out; a client that reads nothing is not waited for.
        let _ = tokio::time::timeout(LEAVE, writing).await;
        if let Some(linting) = linting {
            linting.abort();
        }
        shared.is_some_and(|shared| shared.has_shut_down.load(std::sync::atomic::Ordering::Relaxed))
    });
    // A thread still waits for standard input.
    runtime.shutdown_background();
    Ok(is_orderly)
}

impl LanguageServer for Handlers {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let general = params.capabilities.general.unwrap_or_default();
        let encoding = Encoding::negotiate(&general.position_encodings.unwrap_or_default());
        let document = params.capabilities.text_document.unwrap_or_default();
        let workspace = params.capabilities.workspace.unwrap_or_default();
        let is = |flag: Option<bool>| flag == Some(true);
        let abilities = Abilities {
            related_information: document.publish_diagnostics.is_some_and(|it| is(it.related_information)),
            nested_symbols: document.document_symbol.is_some_and(|it| is(it.hierarchical_document_symbol_support)),
            document_changes: workspace.workspace_edit.is_some_and(|it| is(it.document_changes)),
            markdown: document
                .hover
                .and_then(|it| it.content_format)
                .is_some_and(|it| it.contains(&MarkupKind::Markdown)),
            watch_files: workspace.did_change_watched_files.is_some_and(|it| is(it.dynamic_registration)),
            pull: document.diagnostic.is_some() && workspace.diagnostics.is_some_and(|it| is(it.refresh_support)),
            resolve_edits: document
                .code_action
                .filter(|it| is(it.data_support))
                .and_then(|it| it.resolve_support)
                .is_some_and(|it| it.properties.iter().any(|property| property == "edit")),
            show_document: params.capabilities.window.and_then(|it| it.show_document).is_some_and(|it| it.support),
        };
        let settings = wishes::own(params.initialization_options.unwrap_or_default());
        let wishes = Wishes::read(&settings);
        let configured = self.0.host.configure(&settings);
        let mut folders: Vec<Uri> = params.workspace_folders.unwrap_or_default().into_iter().map(|it| it.uri).collect();
        if folders.is_empty() {
            #[allow(deprecated, reason = "clients that know no workspace folders have only this")]
            folders.extend(params.root_uri);
        }
        {
            let mut state = self.0.state();
            state.encoding = encoding;
            state.abilities = abilities;
            state.on_save = wishes.on_save;
            state.folders = folders.iter().filter_map(|uri| Some(uri.to_file_path()?.into_owned())).collect();
        }
        if let Err(message) = configured {
            publish::complain(&self.0, message).await;
        }
        Ok(InitializeResult {
            capabilities: capabilities(encoding, abilities, wishes),
            server_info: Some(ServerInfo {
                name: "dlint".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..InitializeResult::default()
        })
    }

    async fn initialized(&self, _: InitializedParams) {
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
        self.0.has_shut_down.store(true, std::sync::atomic::Ordering::Relaxed);
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
        let settings = wishes::own(params.settings);
        let configured = if settings.is_object() { self.0.host.configure(&settings) } else { Ok(()) };
        self.0.edit(|state, _| {
            if settings.is_object() {
                state.on_save = Wishes::read(&settings).on_save;
            }
            state.lint_all();
        });
        if let Err(message) = configured {
            publish::complain(&self.0, message).await;
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.0.edit(|state, _| {
            let path = |uri: &Uri| uri.to_file_path().map(std::borrow::Cow::into_owned);
            let removed: Vec<_> = params.event.removed.iter().filter_map(|it| path(&it.uri)).collect();
            state.folders.retain(|folder| !removed.contains(folder));
            state.folders.extend(params.event.added.iter().filter_map(|it| path(&it.uri)));
        });
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        let Some((snapshot, diagnostics)) = self.current(&at.text_document.uri).await else { return Ok(None) };
        let (encoding, abilities) = self.style();
        let offset = snapshot.lines().offset(&snapshot.text, at.position, encoding) as u32;
        let values = self.at(&at, hover::values).await.filter(|(newest, _)| newest.version == snapshot.version);
        let values = values.map(|(_, values)| values).unwrap_or_default();
        let Some((text, range)) = hover::hover(snapshot.document(), &diagnostics, values, offset.into()) else {
            return Ok(None);
        };
        let kind = if abilities.markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        Ok(Some(Hover {
            contents: HoverContents::Markup(MarkupContent { kind, value: text }),
            range: Some(proto::range(&snapshot, range, encoding)),
        }))
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let Some((snapshot, all)) = self.at(&at, completion::completions).await else { return Ok(None) };
        let (encoding, abilities) = self.style();
        Ok(Some(CompletionResponse::Array(requests::completions(all, &snapshot, encoding, abilities))))
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let Some((snapshot, spots)) = self.at(&at, navigation::definitions).await else { return Ok(None) };
        Ok(Some(GotoDefinitionResponse::Array(requests::locations(&spots, &snapshot, self.style().0))))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let Some((snapshot, mut spots)) = self.at(&at, navigation::spots).await else { return Ok(None) };
        spots.retain(|spot| params.context.include_declaration || !spot.is_definition);
        Ok(Some(requests::locations(&spots, &snapshot, self.style().0)))
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let Some((snapshot, spots)) = self.at(&params, navigation::spots).await else { return Ok(None) };
        let encoding = self.style().0;
        let offset = snapshot.lines().offset(&snapshot.text, params.position, encoding) as u32;
        let Ok((placeholder, places)) = rename::places(&spots, &snapshot.text) else { return Ok(None) };
        let here = |it: &&NamePlace<'_>| it.spot.document.is_none() && it.range.contains_inclusive(offset.into());
        Ok(places.iter().find(here).map(|it| PrepareRenameResponse::RangeWithPlaceholder {
            range: proto::range(&snapshot, it.range, encoding),
            placeholder,
        }))
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let Some((snapshot, spots)) = self.at(&at, navigation::spots).await else { return Ok(None) };
        let Some(first) = spots.first() else { return Ok(None) };
        rename::check(first.named(), &params.new_name).map_err(Error::invalid_params)?;
        let (_, places) = rename::places(&spots, &snapshot.text).map_err(Error::invalid_params)?;
        rename::check_free(&spots, snapshot.document(), &params.new_name).map_err(Error::invalid_params)?;
        Ok(Some(requests::renamed(&places, &params.new_name, &snapshot, self.style().0)))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        let Some((snapshot, spots)) = self.at(&at, navigation::spots).await else { return Ok(None) };
        Ok(Some(requests::highlights(&spots, &snapshot, self.style().0)))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let Some(snapshot) = self.newest(&params.text_document.uri) else { return Ok(None) };
        let items = self.work(&snapshot, |file| outline::outline(file.document())).await;
        let (encoding, abilities) = self.style();
        Ok(items.map(|items| requests::symbols(&items, &snapshot, encoding, abilities)))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        let Some(snapshot) = self.newest(&params.text_document.uri) else { return Ok(None) };
        let folds = self.work(&snapshot, |file| outline::folds(file.document())).await;
        Ok(folds.map(|folds| requests::folds(&folds, &snapshot, self.style().0)))
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let Some(snapshot) = self.newest(&params.text_document.uri) else { return Ok(None) };
        let encoding = self.style().0;
        let ranges = self.work(&snapshot, move |file| {
            let offset = |at| TextSize::new(file.lines().offset(&file.text, at, encoding) as u32);
            params.positions.into_iter().map(|at| selection::ranges(file.document(), offset(at))).collect::<Vec<_>>()
        });
        Ok(ranges.await.map(|all| all.iter().map(|it| requests::selection(it, &snapshot, encoding)).collect()))
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let Some(snapshot) = self.newest(&params.text_document.uri) else { return Ok(None) };
        let tokens = self.work(&snapshot, |file| tokens::tokens(file.document())).await;
        Ok(tokens.map(|tokens| requests::tokens(&tokens, &snapshot, self.style().0)))
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let at = params.text_document_position_params;
        let feature = |document: &Document, _: &dyn Files, offset| signature::signatures(document, offset);
        let Some((_, signatures)) = self.at(&at, feature).await else { return Ok(None) };
        Ok(requests::signatures(signatures, self.style().1))
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let found = self.across(&params.text_document.uri, |file, files| links::links(file.document(), files)).await;
        Ok(found.map(|(snapshot, links)| requests::links(&links, &snapshot, self.style().0)))
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let encoding = self.style().0;
        let found = self.across(&params.text_document.uri, move |file, files| {
            let offset = |at| file.lines().offset(&file.text, at, encoding);
            let (start, end) = (offset(params.range.start), offset(params.range.end));
            inlays::inlays(file.document(), files, dlint_syntax::text::range(start..end.max(start)))
        });
        Ok(found.await.map(|(snapshot, inlays)| requests::inlays(inlays, &snapshot, encoding)))
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let all = self.0.state().all();
        let encoding = self.style().0;
        let mut found = Vec::new();
        for snapshot in all {
            let query = params.query.clone();
            let items = self.work(&snapshot, move |file| symbols::symbols(file.document(), &query)).await;
            found.extend(requests::named(&items.unwrap_or_default(), &snapshot, encoding));
        }
        Ok(Some(WorkspaceSymbolResponse::Flat(found)))
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let items = self.report(&params.text_document.uri).await?;
        Ok(requests::report(items, params.previous_result_id.as_deref()))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        let name = params.arguments.first().and_then(|it| it.as_str()).unwrap_or_default();
        let rule = dlint_linter::RuleId::of_name(name).filter(|_| params.command == actions::EXPLAIN);
        let page = rule.and_then(|rule| rule.rule().url().parse().ok());
        let Some(uri) = page else {
            return Err(Error::invalid_params(format!("there is no `{}` of `{name}`", params.command)));
        };
        let show = ShowDocumentParams { uri, external: Some(true), take_focus: None, selection: None };
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            if let Err(error) = shared.client.show_document(show).await {
                shared.log.line(format_args!("the client does not show the page: {error}"));
            }
        });
        Ok(None)
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
        resolved.await.ok_or_else(Error::internal_error)
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
            let found = self.work(&snapshot, move |file| actions::of_place(file, &diagnostics, place, style));
            actions.extend(found.await.unwrap_or_default());
        }
        if actions::wants(only, &actions::FIX_ALL) {
            let open = self.0.state().others(&snapshot);
            let file = Arc::clone(&snapshot);
            let fixed = publish::away(&self.0, move |shared| {
                let open: Vec<_> = open.iter().map(|it| it.open_file()).collect();
                shared.host.fix(&file.open_file(), &open)
            });
            match fixed.await {
                Ok(text) => actions.extend(actions::fix_all(&text, &snapshot, style)),
                Err(message) => self.0.log.line(message),
            }
        }
        Ok(Some(actions))
    }
}

impl Handlers {
    /// What is wrong with a text, for a client that asks.
    async fn report(&self, uri: &Uri) -> Result<Vec<lsp::Diagnostic>> {
        let (snapshot, open) = {
            let mut state = self.0.state();
            let Some((snapshot, _)) = state.current(uri) else { return Ok(Vec::new()) };
            state.begin(uri);
            let open = state.others(&snapshot);
            (snapshot, open)
        };
        let diagnostics = match publish::check(&self.0, &snapshot, open).await {
            Ok(diagnostics) => diagnostics,
            Err(Fault { message, .. }) => {
                publish::complain(&self.0, message.clone()).await;
                // What the client shows stays.
                return Err(Error { message: message.into(), ..Error::internal_error() });
            }
        };
        self.0.told().take();
        let (encoding, abilities) = self.style();
        let found = Found { version: snapshot.version, diagnostics: Arc::clone(&diagnostics) };
        if !self.0.state().keep(uri, found) {
            return Err(Error::content_modified());
        }
        Ok(diagnostics.iter().map(|it| proto::diagnostic(it, &snapshot, encoding, abilities)).collect())
    }

    fn style(&self) -> (Encoding, Abilities) {
        let state = self.0.state();
        (state.encoding, state.abilities)
    }

    fn newest(&self, uri: &Uri) -> Option<Arc<Snapshot>> {
        self.0.state().current(uri).map(|(snapshot, _)| snapshot)
    }

    /// Works on a text, away from the loop that reads messages. Nothing where dlint is at fault, which goes to the log.
    async fn work<T: Send + 'static>(
        &self,
        snapshot: &Arc<Snapshot>,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Option<T> {
        let file = Arc::clone(snapshot);
        let done = publish::away(&self.0, move |_| Ok::<_, String>(work(&file))).await;
        done.inspect_err(|message| self.0.log.line(message)).ok()
    }

    /// What a feature finds at a place of the newest text.
    async fn at<T: Send + 'static>(
        &self,
        at: &TextDocumentPositionParams,
        feature: fn(&Document, &dyn Files, TextSize) -> Vec<T>,
    ) -> Option<(Arc<Snapshot>, Vec<T>)> {
        let (position, encoding) = (at.position, self.style().0);
        let feature = move |file: &Snapshot, files: &dyn Files| {
            let offset = file.lines().offset(&file.text, position, encoding) as u32;
            feature(file.document(), files, offset.into())
        };
        self.across(&at.text_document.uri, feature).await
    }

    /// What a feature finds in the newest text with the files around it.
    async fn across<T: Send + Default + 'static>(
        &self,
        uri: &Uri,
        feature: impl Fn(&Snapshot, &dyn Files) -> T + Send + 'static,
    ) -> Option<(Arc<Snapshot>, T)> {
        let (snapshot, open) = {
            let state = self.0.state();
            let (snapshot, _) = state.current(uri)?;
            let open = state.others(&snapshot);
            (snapshot, open)
        };
        let file = Arc::clone(&snapshot);
        let found = publish::away(&self.0, move |shared| {
            let open: Vec<_> = open.iter().map(|it| it.open_file()).collect();
            let mut found = T::default();
            shared.host.visit(&file.open_file(), &open, &mut |files| found = feature(&file, files))?;
            Ok::<_, String>(found)
        });
        let found = found.await.inspect_err(|message| self.0.log.line(message)).ok()?;
        Some((snapshot, found))
    }

    /// The newest text of a file with what is wrong with it; linted now, if that is not known yet.
    async fn current(&self, uri: &Uri) -> Option<(Arc<Snapshot>, Arc<[dlint_linter::Diagnostic]>)> {
        let (snapshot, found, open) = {
            let state = self.0.state();
            let (snapshot, found) = state.current(uri)?;
            let open = state.others(&snapshot);
            (snapshot, found, open)
        };
        if let Some(Found { diagnostics, .. }) = found {
            return Some((snapshot, diagnostics));
        }
        let diagnostics = publish::check(&self.0, &snapshot, open).await.unwrap_or_else(|fault| {
            self.0.log.line(fault.message);
            Arc::from([])
        });
        Some((snapshot, diagnostics))
    }
}

fn capabilities(encoding: Encoding, abilities: Abilities, wishes: Wishes) -> ServerCapabilities {
    let findings = DiagnosticOptions {
        identifier: Some("dlint".to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: false,
        work_done_progress_options: WorkDoneProgressOptions::default(),
    };
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: wishes.completion.then(|| CompletionOptions {
            trigger_characters: Some(
                ["-", "=", ",", "$", "{", ":", " ", "*", "\"", "#", "/"].map(str::to_owned).to_vec(),
            ),
            ..CompletionOptions::default()
        }),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: wishes.links.then(|| DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        semantic_tokens_provider: wishes.semantic_tokens.then(requests::token_options),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some([" ", "-", "=", ","].map(str::to_owned).to_vec()),
            ..SignatureHelpOptions::default()
        }),
        inlay_hint_provider: wishes.inlay_hints.then_some(OneOf::Left(true)),
        diagnostic_provider: abilities.pull.then_some(DiagnosticServerCapabilities::Options(findings)),
        execute_command_provider: abilities.show_document.then(|| ExecuteCommandOptions {
            commands: vec![actions::EXPLAIN.to_owned()],
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        hover_provider: wishes.hover.then_some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, actions::FIX_ALL]),
            resolve_provider: abilities.resolve_edits.then_some(true),
            ..CodeActionOptions::default()
        })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            ..WorkspaceServerCapabilities::default()
        }),
        ..ServerCapabilities::default()
    }
}
