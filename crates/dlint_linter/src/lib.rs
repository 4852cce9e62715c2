//! Rules, diagnostics and fixes.
