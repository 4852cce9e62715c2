//! The commands that a client may run.

use std::sync::Arc;

use dlint_linter::{RuleId, Safety};
use serde_json::{Value, json};
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{self as lsp, CodeActionOrCommand, ExecuteCommandParams, ShowDocumentParams, Uri};

use super::Handlers;
use crate::actions::{self, Style};
use crate::documents::{Abilities, Snapshot};
use crate::publish;

/// Shows a place; its arguments are an address and a range.
pub(crate) const SHOW: &str = "dlint.show";

/// Applies the fixes of a file; its argument is the address of that.
pub(crate) const FIX_ALL: &str = "dlint.applyFixAll";

/// Tells what the server goes by, in all and for each file that is open, or for the one whose address is given.
pub(crate) const DEBUG: &str = "dlint.debugInfo";

/// The commands that such a client can make something of.
pub(crate) fn of_client(abilities: Abilities) -> Vec<String> {
    let shown = [actions::EXPLAIN, SHOW].into_iter().filter(|_| abilities.show_document);
    let applied = std::iter::once(FIX_ALL).filter(|_| abilities.apply_edits);
    std::iter::once(DEBUG).chain(shown).chain(applied).map(str::to_owned).collect()
}

impl Handlers {
    pub(super) async fn execute(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        let mut arguments = params.arguments.into_iter();
        let first = arguments.next().unwrap_or_default();
        let text = first.as_str().unwrap_or_default();
        let unknown = || Error::invalid_params(format!("there is no `{}` of `{text}`", params.command));
        match params.command.as_str() {
            actions::EXPLAIN => {
                let page = RuleId::of_name(text).and_then(|rule| rule.rule().url().parse().ok());
                self.show(page.ok_or_else(unknown)?, None);
            }
            SHOW => {
                let range = arguments.next().and_then(|it| serde_json::from_value(it).ok());
                self.show(text.parse().map_err(|_| unknown())?, Some(range.ok_or_else(unknown)?));
            }
            FIX_ALL => {
                let uri: Uri = text.parse().map_err(|_| unknown())?;
                let snapshot = self.newest(&uri).ok_or_else(unknown)?;
                if let Some(CodeActionOrCommand::CodeAction(action)) = self.fixed(&snapshot).await {
                    self.apply(action.edit.unwrap_or_default());
                }
            }
            DEBUG => return self.debug_info(text.parse().ok()).await.map(Some),
            _ => return Err(unknown()),
        }
        Ok(None)
    }

    /// Has the client show a place of a file, or a page in the browser. Its answer is not waited for: one that is gone gives none.
    fn show(&self, uri: Uri, selection: Option<lsp::Range>) {
        let show = ShowDocumentParams { uri, external: Some(selection.is_none()), take_focus: Some(true), selection };
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            if let Err(error) = shared.client.show_document(show).await {
                shared.log.line(format_args!("the client does not show it: {error}"));
            }
        });
    }

    fn apply(&self, edit: lsp::WorkspaceEdit) {
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            if let Err(error) = shared.client.apply_edit(edit).await {
                shared.log.line(format_args!("the client does not apply the fixes: {error}"));
            }
        });
    }

    /// The action that fixes all of a file; nothing where there is nothing to fix.
    pub(super) async fn fixed(&self, snapshot: &Arc<Snapshot>) -> Option<CodeActionOrCommand> {
        let (open, wishes) = {
            let state = self.0.state();
            (state.others(snapshot), state.wishes(&snapshot.uri))
        };
        let safety = if wishes.fix_unsafe { Safety::Unsafe } else { Safety::Safe };
        let file = Arc::clone(snapshot);
        let fixed = publish::away(&self.0, move |shared| {
            let open: Vec<_> = open.iter().map(|it| it.open_file()).collect();
            shared.host.fix(&file.open_file(), &open, safety)
        });
        let (encoding, abilities) = self.style();
        match fixed.await {
            Ok(text) => actions::fix_all(&text, snapshot, Style { encoding, abilities }),
            Err(message) => {
                self.0.log.line(message);
                None
            }
        }
    }

    async fn debug_info(&self, only: Option<Uri>) -> Result<Value> {
        let (all, folders, encoding, abilities) = {
            let state = self.0.state();
            (state.all(), state.folders.clone(), state.encoding, state.abilities)
        };
        let all: Vec<_> = all.into_iter().filter(|it| only.as_ref().is_none_or(|uri| *uri == it.uri)).collect();
        let files = publish::away(&self.0, move |shared| {
            let file = |it: &Arc<Snapshot>| {
                let (configuration, fault) = match shared.host.configuration(&it.open_file()) {
                    Ok(names) => (names, None),
                    Err(fault) => (Vec::new(), Some(fault)),
                };
                json!({
                    "uri": it.uri, "language": it.language.name(), "version": it.version,
                    "configuration": configuration, "fault": fault,
                })
            };
            Ok::<_, String>(all.iter().map(file).collect::<Vec<Value>>())
        });
        let files = files.await.map_err(|message| self.fault(message))?;
        Ok(json!({
            "version": env!("CARGO_PKG_VERSION"),
            "positionEncoding": encoding.kind(),
            "diagnostics": if abilities.pull { "pull" } else { "push" },
            "folders": folders,
            "files": files,
        }))
    }
}
