//! The task that lints and publishes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use dlint_linter::Diagnostic;
use tower_lsp_server::ls_types::MessageType;

use crate::documents::{Found, Job, Snapshot};
use crate::proto;
use crate::server::Shared;

/// How long nobody must type before the texts are linted that depend on the one that was changed.
const PAUSE: Duration = Duration::from_millis(150);

/// Lints what is due, for ever: one text at a time, the newest first.
pub(crate) async fn run(shared: Arc<Shared>) {
    let mut told = None;
    loop {
        let (job, has_later) = {
            let mut state = shared.state();
            (state.next(false), state.has_later())
        };
        match job {
            Some(job) => work(&shared, job, &mut told).await,
            None if has_later => {
                let is_quiet = tokio::time::timeout(PAUSE, shared.wake.notified()).await.is_err();
                let job = is_quiet.then(|| shared.state().next(true)).flatten();
                if let Some(job) = job {
                    work(&shared, job, &mut told).await;
                }
            }
            None => shared.wake.notified().await,
        }
    }
}

/// `told`: the last complaint that was shown, so that it is not shown at each key.
async fn work(shared: &Arc<Shared>, job: Job, told: &mut Option<String>) {
    let (snapshot, open) = match job {
        Job::Clear(uri) => return shared.client.publish_diagnostics(uri, Vec::new(), None).await,
        Job::Lint(snapshot, open) => (snapshot, open),
    };
    let diagnostics = match check(shared, &snapshot, open).await {
        Ok(diagnostics) => {
            *told = None;
            diagnostics
        }
        Err(message) => {
            shared.log.line(&message);
            if told.as_ref() != Some(&message) {
                shared.client.show_message(MessageType::ERROR, format!("dlint: {message}")).await;
                *told = Some(message);
            }
            return;
        }
    };
    let (encoding, abilities) = {
        let mut state = shared.state();
        let found = Found { version: snapshot.version, diagnostics: Arc::clone(&diagnostics) };
        if !state.keep(&snapshot.uri, found) {
            return;
        }
        (state.encoding, state.abilities)
    };
    let shown = diagnostics.iter().map(|it| proto::diagnostic(it, &snapshot, encoding, abilities)).collect();
    shared.client.publish_diagnostics(snapshot.uri.clone(), shown, Some(snapshot.version)).await;
}

/// What is wrong with a text. A fault of dlint costs this text, not the server.
pub(crate) async fn check(
    shared: &Arc<Shared>,
    snapshot: &Arc<Snapshot>,
    open: Vec<Arc<Snapshot>>,
) -> Result<Arc<[Diagnostic]>, String> {
    let snapshot = Arc::clone(snapshot);
    let found = away(shared, move |shared| {
        let open: Vec<_> = open.iter().map(|it| it.open_file()).collect();
        shared.host.check(&snapshot.open_file(), &open)
    });
    found.await.map(Arc::from)
}

/// Works away from the loop that reads messages.
pub(crate) async fn away<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Shared) -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let shared = Arc::clone(shared);
    let guarded = move || catch_unwind(AssertUnwindSafe(|| work(&shared)));
    match tokio::task::spawn_blocking(guarded).await {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic");
            Err(format!("a fault of dlint; please report it: {text}"))
        }
        Err(error) => Err(error.to_string()),
    }
}
