//! What handlers have in common.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tower_lsp_server::Client;
use tower_lsp_server::ls_types::{Diagnostic, Uri};

use crate::documents::{Detect, State};
use crate::outbox::Outbox;
use crate::{Host, Log};

/// What the handlers and the task that lints share.
pub(crate) struct Shared {
    pub(crate) client: Client,
    pub(super) outbox: Outbox,
    /// Whether another message has begun to come in.
    pub(super) has_more: Arc<AtomicBool>,
    pub(crate) host: Box<dyn Host>,
    pub(crate) log: Log,
    /// Wakes the task that lints.
    pub(crate) wake: Notify,
    state: Mutex<State>,
    /// The last complaint that was shown.
    told: Mutex<Option<String>>,
    pub(super) has_shut_down: AtomicBool,
    /// Rings when the client's process is gone.
    pub(super) abandoned: Notify,
}

impl Shared {
    pub(super) fn new(client: Client, outbox: Outbox, host: impl Host, log: Log) -> Self {
        Self {
            client,
            outbox,
            has_more: Arc::default(),
            host: Box::new(host),
            log,
            wake: Notify::new(),
            state: Mutex::default(),
            told: Mutex::default(),
            has_shut_down: false.into(),
            abandoned: Notify::new(),
        }
    }

    /// The state. Never held across an await.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn told(&self) -> MutexGuard<'_, Option<String>> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the client has more to say at once.
    pub(crate) fn has_more(&self) -> bool {
        self.has_more.load(Ordering::Relaxed)
    }

    /// Tells the client what is wrong with a text, unless it has taken leave.
    pub(crate) fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        if !self.has_shut_down.load(Ordering::Relaxed) {
            self.outbox.publish(uri, diagnostics, version);
        }
    }

    pub(super) fn edit(&self, edit: impl FnOnce(&mut State, Detect<'_>)) {
        edit(&mut self.state(), &|path, id, text| self.host.language(path, id, text));
        self.wake.notify_one();
    }
}
