//! Helpers of this module's tests.

use super::{Project, Service};
use crate::document::Document;
use crate::language::Language;

/// Calls `test` with the project in a text.
#[allow(clippy::unwrap_used)]
pub(super) fn with_project<T>(text: &str, test: impl FnOnce(&Project<'_>) -> T) -> T {
    let document = Document::parse("compose.yaml", text, Language::Compose);
    test(&Project::new(&document).unwrap())
}

/// Calls `test` with the first service in a text.
pub(super) fn with_service<T>(text: &str, test: impl FnOnce(&Service<'_>) -> T) -> T {
    with_project(text, |project| test(&project.services[0]))
}
