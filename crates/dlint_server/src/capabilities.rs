//! What the server says that it can do, and what it remembers of what the client can do.

use tower_lsp_server::ls_types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions, ExecuteCommandOptions,
    FoldingRangeProviderCapability, HoverProviderCapability, MarkupKind, OneOf, RenameOptions, ResourceOperationKind,
    SaveOptions, SelectionRangeProviderCapability, ServerCapabilities, SignatureHelpOptions,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities, WorkspaceSymbolOptions,
};

use crate::documents::Abilities;
use crate::server::commands;
use crate::text::Encoding;
use crate::wishes::Wishes;
use crate::{actions, requests};

/// What the client can do, and the unit of columns.
pub(crate) fn of_client(client: ClientCapabilities) -> (Encoding, Abilities) {
    let general = client.general.unwrap_or_default();
    let encoding = Encoding::negotiate(&general.position_encodings.unwrap_or_default());
    let document = client.text_document.unwrap_or_default();
    let workspace = client.workspace.unwrap_or_default();
    let is = |flag: Option<bool>| flag == Some(true);
    let completion = document.completion.and_then(|it| it.completion_item).unwrap_or_default();
    let edits = workspace.workspace_edit.unwrap_or_default();
    let abilities = Abilities {
        related_information: document.publish_diagnostics.is_some_and(|it| is(it.related_information)),
        nested_symbols: document.document_symbol.is_some_and(|it| is(it.hierarchical_document_symbol_support)),
        snippets: is(completion.snippet_support),
        insert_replace: is(completion.insert_replace_support),
        document_changes: is(edits.document_changes),
        create_files: is(edits.document_changes)
            && edits.resource_operations.is_some_and(|it| it.contains(&ResourceOperationKind::Create)),
        markdown: document.hover.and_then(|it| it.content_format).is_some_and(|it| it.contains(&MarkupKind::Markdown)),
        watch_files: workspace.did_change_watched_files.is_some_and(|it| is(it.dynamic_registration)),
        pull: document.diagnostic.is_some() && workspace.diagnostics.is_some_and(|it| is(it.refresh_support)),
        resolve_edits: document
            .code_action
            .filter(|it| is(it.data_support))
            .and_then(|it| it.resolve_support)
            .is_some_and(|it| it.properties.iter().any(|property| property == "edit")),
        configuration: is(workspace.configuration),
        apply_edits: is(workspace.apply_edit),
        refresh_lenses: workspace.code_lens.is_some_and(|it| is(it.refresh_support)),
        show_document: client.window.and_then(|it| it.show_document).is_some_and(|it| it.support),
    };
    (encoding, abilities)
}

/// What the server can do for such a client.
pub(crate) fn of_server(encoding: Encoding, abilities: Abilities, wishes: Wishes) -> ServerCapabilities {
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
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: commands::of_client(abilities),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        // Where the client tells of its settings later, they may ask for it then.
        code_lens_provider: (wishes.code_lens || abilities.configuration)
            .then_some(CodeLensOptions { resolve_provider: Some(false) }),
        workspace_symbol_provider: Some(OneOf::Right(WorkspaceSymbolOptions {
            work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
            resolve_provider: None,
        })),
        hover_provider: wishes.hover.then_some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(if wishes.fix_all {
                vec![CodeActionKind::QUICKFIX, actions::FIX_ALL]
            } else {
                vec![CodeActionKind::QUICKFIX]
            }),
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
