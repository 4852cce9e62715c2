//! How handlers come to what they are asked for: the newest text, worked on away from the loop that reads messages.

use std::sync::Arc;

use dlint_linter::check::Files;
use dlint_linter::{Document, RuleId};
use dlint_syntax::TextSize;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{self as lsp, CodeActionOrCommand, TextDocumentPositionParams, Uri};

use super::Handlers;
use crate::actions::Style;
use crate::documents::{Abilities, Found, Snapshot};
use crate::text::Encoding;
use crate::wishes::Wishes;
use crate::{ConfigEdit, Fault, actions, publish};

impl Handlers {
    /// What is wrong with a text, for a client that asks.
    pub(super) async fn report(&self, uri: &Uri) -> Result<Vec<lsp::Diagnostic>> {
        let (snapshot, open) = {
            let mut state = self.0.state();
            let Some((snapshot, _)) = state.current(uri) else { return Ok(Vec::new()) };
            state.begin(uri);
            let open = state.others(&snapshot);
            (snapshot, open)
        };
        let checked = match publish::check(&self.0, &snapshot, open).await {
            Ok(checked) => checked,
            Err(Fault { message, .. }) => {
                publish::complain(&self.0, message.clone()).await;
                // What the client shows stays.
                return Err(Error { message: message.into(), ..Error::internal_error() });
            }
        };
        self.0.told().take();
        let found = Found { version: snapshot.version, diagnostics: Arc::clone(&checked.diagnostics) };
        if !self.0.state().keep(uri, found) {
            return Err(Error::content_modified());
        }
        Ok(publish::shown(&self.0, &snapshot, &checked))
    }

    pub(super) fn style(&self) -> (Encoding, Abilities) {
        let state = self.0.state();
        (state.encoding, state.abilities)
    }

    /// Whether something is wanted where a text lies.
    pub(super) fn wants(&self, uri: &Uri, wish: fn(Wishes) -> bool) -> bool {
        wish(self.0.state().wishes(uri))
    }

    pub(super) fn newest(&self, uri: &Uri) -> Option<Arc<Snapshot>> {
        self.0.state().current(uri).map(|(snapshot, _)| snapshot)
    }

    /// Works on a text, away from the loop that reads messages. An error where dlint is at fault.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        snapshot: &Arc<Snapshot>,
        work: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Result<T> {
        let file = Arc::clone(snapshot);
        let done = publish::away(&self.0, move |_| Ok::<_, String>(work(&file))).await;
        done.map_err(|message| self.fault(message))
    }

    /// A fault of dlint costs the request, and goes to the log.
    pub(super) fn fault(&self, message: String) -> Error {
        self.0.log.line(&message);
        Error { message: message.into(), ..Error::internal_error() }
    }

    /// What a feature finds at a place of the newest text.
    pub(super) async fn at<T: Send + 'static>(
        &self,
        at: &TextDocumentPositionParams,
        feature: fn(&Document, &dyn Files, TextSize) -> Vec<T>,
    ) -> Result<Option<(Arc<Snapshot>, Vec<T>)>> {
        let (position, encoding) = (at.position, self.style().0);
        let feature = move |file: &Snapshot, files: &dyn Files| {
            let offset = file.lines().offset(&file.text, position, encoding) as u32;
            feature(file.document(), files, offset.into())
        };
        self.across(&at.text_document.uri, feature).await
    }

    /// What a feature finds in the newest text with the files around it. Nothing where the configuration cannot be used, which is told
    /// elsewhere.
    pub(super) async fn across<T: Send + Default + 'static>(
        &self,
        uri: &Uri,
        feature: impl FnOnce(&Snapshot, &dyn Files) -> T + Send + 'static,
    ) -> Result<Option<(Arc<Snapshot>, T)>> {
        let (snapshot, open) = {
            let state = self.0.state();
            let Some((snapshot, _)) = state.current(uri) else { return Ok(None) };
            let open = state.others(&snapshot);
            (snapshot, open)
        };
        let file = Arc::clone(&snapshot);
        let found = publish::away(&self.0, move |shared| {
            let open: Vec<_> = open.iter().map(|it| it.open_file()).collect();
            let mut found = T::default();
            let mut feature = Some(feature);
            let visited = shared.host.visit(&file.open_file(), &open, &mut |files| {
                if let Some(feature) = feature.take() {
                    found = feature(&file, files);
                }
            });
            Ok::<_, String>(visited.map(|()| found))
        });
        let found = found.await.map_err(|message| self.fault(message))?;
        Ok(found.inspect_err(|message| self.0.log.line(message)).ok().map(|found| (snapshot, found)))
    }

    /// The newest text of a file with what is wrong with it; linted now, if that is not known yet.
    pub(super) async fn current(&self, uri: &Uri) -> Option<(Arc<Snapshot>, Arc<[dlint_linter::Diagnostic]>)> {
        let (snapshot, found, open) = {
            let state = self.0.state();
            let (snapshot, found) = state.current(uri)?;
            let open = state.others(&snapshot);
            (snapshot, found, open)
        };
        if let Some(Found { diagnostics, .. }) = found {
            return Some((snapshot, diagnostics));
        }
        let checked = publish::check(&self.0, &snapshot, open).await;
        let diagnostics = match checked {
            Ok(checked) => checked.diagnostics,
            Err(fault) => {
                self.0.log.line(fault.message);
                Arc::from([])
            }
        };
        Some((snapshot, diagnostics))
    }

    /// The actions that switch rules off in the configuration. A configuration file that is not saved is left alone.
    pub(super) async fn switches(
        &self,
        snapshot: &Arc<Snapshot>,
        rules: Vec<RuleId>,
        style: Style,
    ) -> Result<Vec<CodeActionOrCommand>> {
        if rules.is_empty() {
            return Ok(Vec::new());
        }
        let file = Arc::clone(snapshot);
        let found =
            publish::away(&self.0, move |shared| Ok::<_, String>(shared.host.switch_off(&file.open_file(), &rules)));
        let found = found.await.map_err(|message| self.fault(message))?;
        let state = self.0.state();
        let action = |(rule, it): &(RuleId, ConfigEdit)| {
            let open = Uri::from_file_path(&it.path).and_then(|uri| state.text(&uri));
            let is_fit = match (&it.text, &open) {
                (None, None) => style.abilities.create_files && state.is_in_folder(snapshot),
                (None, Some(_)) => false,
                (Some(text), open) => open.as_ref().is_none_or(|(open, _)| **open == **text),
            };
            let action = is_fit.then(|| actions::switch_off(*rule, it, open.map(|(_, version)| version), style));
            action.flatten().map(CodeActionOrCommand::CodeAction)
        };
        Ok(found.iter().filter_map(action).collect())
    }
}
