//! The task that lints and publishes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dlint_linter::Diagnostic;
use tower_lsp_server::ls_types::notification::LogTrace;
use tower_lsp_server::ls_types::{self as lsp, LogTraceParams, MessageType, TraceValue, Uri};

use crate::documents::{Found, Job, Snapshot};
use crate::server::Shared;
use crate::text::Lines;
use crate::{Fault, FaultPlace, Refusal, proto};

/// How long nobody must type before the texts are linted that depend on the one that was changed.
const PAUSE: Duration = Duration::from_millis(150);

/// While edits come faster than they are linted, it is waited until none came for so long.
const SETTLE: Duration = Duration::from_millis(20);

/// So long at most: who goes on typing sees something all the same.
const LONGEST: Duration = Duration::from_millis(300);

/// Lints what is due, for ever: one text at a time, the newest first. Where the client asks for findings itself, it is only told when to ask
/// again.
pub(crate) async fn run(shared: Arc<Shared>) {
    loop {
        if shared.state().abilities.pull {
            shared.wake.notified().await;
            if shared.state().take_stale() {
                while tokio::time::timeout(PAUSE, shared.wake.notified()).await.is_ok() {}
                shared.state().take_stale();
                refresh(&shared);
                refresh_lenses(&shared);
            }
            continue;
        }
        if shared.has_more() {
            settle(&shared).await;
        }
        let (job, has_later) = {
            let mut state = shared.state();
            (state.next(false), state.has_later())
        };
        match job {
            Some(job) => {
                if !work(&shared, job).await {
                    settle(&shared).await;
                }
            }
            None if has_later => {
                let is_quiet = tokio::time::timeout(PAUSE, shared.wake.notified()).await.is_err();
                let job = is_quiet.then(|| shared.state().next(true)).flatten();
                if let Some(job) = job {
                    work(&shared, job).await;
                }
            }
            None => {
                if shared.state().take_stale() {
                    refresh_lenses(&shared);
                }
                shared.wake.notified().await;
            }
        }
    }
}

/// Waits until no more edits come.
async fn settle(shared: &Shared) {
    let start = Instant::now();
    while start.elapsed() < LONGEST {
        let is_quiet = tokio::time::timeout(SETTLE, shared.wake.notified()).await.is_err();
        if is_quiet && !shared.has_more() {
            break;
        }
    }
}

/// Has the client ask again. Nobody waits for its answer: a client that is gone never gives one.
fn refresh(shared: &Arc<Shared>) {
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        if let Err(error) = shared.client.workspace_diagnostic_refresh().await {
            shared.log.line(format_args!("the client does not ask again: {error}"));
        }
    });
}

/// Has the client ask for code lenses again, if anybody wants them: other files may say who uses a stage.
fn refresh_lenses(shared: &Arc<Shared>) {
    let is_wanted = {
        let state = shared.state();
        state.abilities.refresh_lenses && state.settings.any(|it| it.code_lens)
    };
    if is_wanted {
        let shared = Arc::clone(shared);
        tokio::spawn(async move {
            if let Err(error) = shared.client.code_lens_refresh().await {
                shared.log.line(format_args!("the client does not ask again: {error}"));
            }
        });
    }
}

/// Tells what keeps a text from being linted; not at each key, but once.
pub(crate) async fn complain(shared: &Shared, message: String) {
    shared.log.line(&message);
    if shared.told().replace(message.clone()).is_none_or(|told| told != message) {
        shared.client.show_message(MessageType::ERROR, format!("dlint: {message}")).await;
    }
}

/// Does a job. False if the text has changed meanwhile.
async fn work(shared: &Arc<Shared>, job: Job) -> bool {
    let (snapshot, open) = match job {
        Job::Clear(uri) => {
            shared.publish(uri, Vec::new(), None);
            return true;
        }
        Job::Lint(snapshot, open) => (snapshot, open),
    };
    let checked = match check(shared, &snapshot, open).await {
        Ok(checked) => checked,
        Err(fault) => {
            complain(shared, fault.message).await;
            return true;
        }
    };
    shared.told().take();
    {
        let mut state = shared.state();
        let found = Found { version: snapshot.version, diagnostics: Arc::clone(&checked.diagnostics) };
        if !state.keep(&snapshot.uri, found) {
            return false;
        }
    }
    let shown = shown(shared, &snapshot, &checked);
    shared.publish(snapshot.uri.clone(), shown, Some(snapshot.version));
    true
}

/// What is wrong with a text.
pub(crate) struct Checked {
    pub(crate) diagnostics: Arc<[Diagnostic]>,
    /// Why its file is none that Docker reads.
    refusal: Option<Refusal>,
}

/// What is wrong with a text, as the client is told it.
pub(crate) fn shown(shared: &Shared, snapshot: &Snapshot, checked: &Checked) -> Vec<lsp::Diagnostic> {
    let (encoding, abilities) = {
        let state = shared.state();
        (state.encoding, state.abilities)
    };
    let refusal = checked.refusal.map(|Refusal { reason, .. }| {
        let end = snapshot.text.find('\n').unwrap_or(snapshot.text.len());
        lsp::Diagnostic {
            range: snapshot.lines().range(&snapshot.text, 0..end, encoding),
            severity: Some(lsp::DiagnosticSeverity::ERROR),
            source: Some("dlint".to_owned()),
            message: format!("this {reason}"),
            ..lsp::Diagnostic::default()
        }
    });
    let found = checked.diagnostics.iter().map(|it| proto::diagnostic(it, snapshot, encoding, abilities));
    refusal.into_iter().chain(found).collect()
}

/// Shows a fault of a configuration file in that file, until no text is kept from being linted by it.
pub(crate) fn blame(shared: &Shared, uri: &Uri, place: Option<&FaultPlace>) {
    let file = place.and_then(|place| Some((Uri::from_file_path(&place.path)?, place)));
    let (mended, is_new, encoding) = {
        let mut state = shared.state();
        let (mended, is_new) =
            state.blame(uri, file.as_ref().map(|(file, place)| (file.clone(), place.message.clone())));
        (mended, is_new, state.encoding)
    };
    if let Some(mended) = mended {
        shared.publish(mended, Vec::new(), None);
    }
    if let Some((file, place)) = file.filter(|_| is_new) {
        let diagnostic = lsp::Diagnostic {
            range: Lines::new(&place.text).range(&place.text, place.range.clone(), encoding),
            severity: Some(lsp::DiagnosticSeverity::ERROR),
            source: Some("dlint".to_owned()),
            message: place.message.clone(),
            ..lsp::Diagnostic::default()
        };
        shared.publish(file, vec![diagnostic], None);
    }
}

/// What is wrong with a text. A fault of dlint costs this text, not the server.
pub(crate) async fn check(
    shared: &Arc<Shared>,
    snapshot: &Arc<Snapshot>,
    open: Vec<Arc<Snapshot>>,
) -> Result<Checked, Fault> {
    let (uri, snapshot) = (snapshot.uri.clone(), Arc::clone(snapshot));
    let (name, version, start) = (uri.clone(), snapshot.version, Instant::now());
    let checked = away(shared, move |shared| {
        let refusal = shared.host.refusal(snapshot.path(), snapshot.language, &snapshot.text);
        if refusal.is_some_and(|it| !it.is_text) {
            return Ok(Checked { diagnostics: Arc::from([]), refusal });
        }
        let open: Vec<_> = open.iter().map(|it| it.open_file()).collect();
        let found = shared.host.check(&snapshot.open_file(), &open)?;
        Ok(Checked { diagnostics: found.into(), refusal })
    });
    let checked: Result<Checked, Fault> = checked.await;
    shared.log.debug(format_args!("linted {} in version {version} in {:?}", name.as_str(), start.elapsed()));
    trace(shared, &checked, || format!("linted {} in version {version} in {:?}", name.as_str(), start.elapsed())).await;
    blame(shared, &uri, checked.as_ref().err().and_then(|fault| fault.place.as_ref()));
    checked
}

/// Tells a client that wants to know it of a lint.
async fn trace(shared: &Shared, checked: &Result<Checked, Fault>, message: impl FnOnce() -> String) {
    let trace = shared.state().trace;
    if trace == TraceValue::Off {
        return;
    }
    let verbose = (trace == TraceValue::Verbose).then(|| match checked {
        Ok(Checked { diagnostics, .. }) => {
            let rules: Vec<&str> = diagnostics.iter().map(|it| it.rule().name).collect();
            format!("{} findings: {}", rules.len(), rules.join(", "))
        }
        Err(fault) => fault.message.clone(),
    });
    shared.client.send_notification::<LogTrace>(LogTraceParams { message: message(), verbose }).await;
}

/// Works away from the loop that reads messages.
pub(crate) async fn away<T: Send + 'static, E: From<String> + Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Shared) -> Result<T, E> + Send + 'static,
) -> Result<T, E> {
    let shared = Arc::clone(shared);
    let guarded = move || catch_unwind(AssertUnwindSafe(|| work(&shared)));
    match tokio::task::spawn_blocking(guarded).await {
        Ok(Ok(result)) => result,
        Ok(Err(panic)) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic");
            Err(format!("a fault of dlint; please report it: {text}").into())
        }
        Err(error) => Err(error.to_string().into()),
    }
}
