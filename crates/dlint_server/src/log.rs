//! The server's log.

use std::fmt::Display;
use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Where the server writes what went wrong; nowhere, if nobody asked for it. What files say is never written there.
#[derive(Clone, Default)]
pub struct Log {
    out: Option<Arc<Mutex<dyn Write + Send>>>,
    /// How much is written; a [`LogLevel`].
    level: Arc<AtomicU8>,
}

/// How much is written to a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub(crate) enum LogLevel {
    /// Faults, and what the client does or cannot do.
    #[default]
    Info = 0,
    /// Each lint, too.
    Debug = 1,
}

impl Log {
    /// A log that goes to `out`.
    pub fn to(out: impl Write + Send + 'static) -> Self {
        Self { out: Some(Arc::new(Mutex::new(out))), level: Arc::default() }
    }

    pub(crate) fn set_level(&self, level: LogLevel) {
        self.level.store(level as u8, Ordering::Relaxed);
    }

    /// Writes a line that only who looks for a fault wants to see.
    pub(crate) fn debug(&self, text: impl Display) {
        if self.level.load(Ordering::Relaxed) >= LogLevel::Debug as u8 {
            self.line(text);
        }
    }

    pub(crate) fn line(&self, text: impl Display) {
        if let Some(out) = &self.out {
            let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
            // A log that cannot be written must not stop the server.
            let _ = writeln!(out, "{text}");
            let _ = out.flush();
        }
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Log").field(&self.out.is_some()).finish()
    }
}
