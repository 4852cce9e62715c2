//! The settings of the editor: what it sends, and what it answers when it is asked for those of each folder.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tower_lsp_server::ls_types::{ConfigurationItem, Uri};

use super::{Handlers, Shared};
use crate::{publish, wishes};

impl Handlers {
    /// Takes the settings that the client sends, and asks for those of each folder: some clients send none, and wait to be asked.
    pub(super) async fn changed_settings(&self, settings: Value) {
        let settings = wishes::own(settings);
        let configured = if settings.is_object() { take(&self.0, None, settings) } else { Ok(()) };
        reconsider(&self.0);
        self.ask_for_settings();
        if let Err(message) = configured {
            publish::complain(&self.0, message).await;
        }
    }

    /// Asks for the settings of each folder, where the client can be asked. It is not waited for: a client that is gone never answers.
    pub(super) fn ask_for_settings(&self) {
        let (number, folders) = {
            let mut state = self.0.state();
            if !state.abilities.configuration {
                return;
            }
            (state.settings.ask(), state.folders.clone())
        };
        let shared = Arc::clone(&self.0);
        tokio::spawn(async move {
            let scopes: Vec<Option<PathBuf>> = std::iter::once(None).chain(folders.into_iter().map(Some)).collect();
            let item = |scope: &Option<PathBuf>| ConfigurationItem {
                scope_uri: scope.as_ref().and_then(Uri::from_file_path),
                section: Some("dlint".to_owned()),
            };
            match shared.client.configuration(scopes.iter().map(item).collect()).await {
                Ok(answers) => answered(&shared, number, scopes.into_iter().zip(answers).collect()).await,
                Err(error) => shared.log.line(format_args!("the client does not tell its settings: {error}")),
            }
        });
    }
}

/// Takes what the client answered, unless it has been asked again meanwhile.
async fn answered(shared: &Shared, number: u64, answers: Vec<(Option<PathBuf>, Value)>) {
    let mut faults = Vec::new();
    let mut is_new = false;
    for (scope, answer) in answers {
        let changed = shared.state().settings.change(number, scope.as_deref(), wishes::own(answer));
        if let Some(settings) = changed {
            is_new = true;
            faults.extend(take(shared, scope, settings).err());
        }
    }
    if is_new {
        reconsider(shared);
    }
    for message in faults {
        publish::complain(shared, message).await;
    }
}

/// Settings hold from now on: of a folder, or of all that have none of their own. Null: a folder has none any more.
pub(super) fn take(shared: &Shared, scope: Option<PathBuf>, settings: Value) -> Result<(), String> {
    let configured = shared.host.configure(&settings, scope.as_deref());
    let mut state = shared.state();
    state.settings.set(scope, settings);
    shared.log.set_level(state.settings.usual().log_level);
    configured
}

/// Folders or settings have changed: looks anew at what is open.
pub(super) fn reconsider(shared: &Shared) {
    let mut lost = Vec::new();
    shared.edit(|state, detect| lost = state.reconsider(detect));
    for uri in lost {
        publish::blame(shared, &uri, None);
    }
}
