//! The server's log.

use std::fmt::Display;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// Where the server writes what went wrong; nowhere, if nobody asked for it. What files say is never written there.
#[derive(Clone, Default)]
pub struct Log(Option<Arc<Mutex<dyn Write + Send>>>);

impl Log {
    /// A log that goes to `out`.
    pub fn to(out: impl Write + Send + 'static) -> Self {
        Self(Some(Arc::new(Mutex::new(out))))
    }

    pub(crate) fn line(&self, text: impl Display) {
        if let Some(out) = &self.0 {
            let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
            // A log that cannot be written must not stop the server.
            let _ = writeln!(out, "{text}");
            let _ = out.flush();
        }
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Log").field(&self.0.is_some()).finish()
    }
}
