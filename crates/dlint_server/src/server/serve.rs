//! The server on standard input and output.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tower_lsp_server::{LspService, Server};

use super::{Handlers, Shared};
use crate::outbox::{self, Outbox};
use crate::{Host, Log, framing, publish};

/// So many handlers run at a time, that a cancellation never has to wait behind them.
const CONCURRENCY: usize = 64;

/// So many bytes may wait between the reader of messages and the server.
const PIPE: usize = 64 * 1024;

/// So long the last message may take to be written.
const LEAVE: std::time::Duration = std::time::Duration::from_secs(1);

/// Serves a client on standard input and output until it says `exit` or is gone. Gives whether it took leave in order.
///
/// # Errors
/// If the runtime cannot be started.
pub fn serve(host: impl Host, log: Log) -> std::io::Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let is_orderly = runtime.block_on(async {
        let mut shared = None;
        let (outbox, messages) = Outbox::new();
        let service = LspService::build(|client| {
            let new = Arc::new(Shared::new(client, outbox, host, log));
            shared = Some(Arc::clone(&new));
            Handlers(new)
        });
        let (service, socket) = service.custom_method("$/setTrace", Handlers::set_trace).finish();
        let linting = shared.clone().map(|shared| tokio::spawn(publish::run(shared)));
        let (input, output) = tokio::io::duplex(PIPE);
        let log = shared.as_ref().map(|shared: &Arc<Shared>| shared.log.clone()).unwrap_or_default();
        let has_more = shared.as_ref().map(|shared: &Arc<Shared>| Arc::clone(&shared.has_more)).unwrap_or_default();
        let reading = tokio::spawn(framing::filter(tokio::io::stdin(), output, has_more, log));
        let (pipe, answers) = tokio::io::duplex(PIPE);
        let writing = tokio::spawn(outbox::join(answers, messages, tokio::io::stdout()));
        let server = Server::new(input, pipe, socket).concurrency_level(CONCURRENCY);
        let abandoned = async {
            match &shared {
                Some(shared) => shared.abandoned.notified().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = server.serve(service) => {}
            () = abandoned => {}
        }
        reading.abort();
        // The last answer has to be out; a client that reads nothing is not waited for.
        let _ = tokio::time::timeout(LEAVE, writing).await;
        if let Some(linting) = linting {
            linting.abort();
        }
        shared.as_ref().is_some_and(|shared| shared.has_shut_down.load(Ordering::Relaxed))
    });
    // A thread still waits for standard input.
    runtime.shutdown_background();
    Ok(is_orderly)
}
