//! Helpers of this module's tests.

use super::{Project, Service, Sources};
use crate::check::NoFiles;
use crate::document::Document;
use crate::language::Language;

/// Calls `test` with the project in a text.
pub(super) fn with_project<T>(text: &str, test: impl FnOnce(&Project<'_>) -> T) -> T {
    with_project_at("compose.yaml", text, test)
}

/// Calls `test` with the project in a text that is a file of this path.
#[allow(clippy::unwrap_used)]
pub(super) fn with_project_at<T>(path: &str, text: &str, test: impl FnOnce(&Project<'_>) -> T) -> T {
    let document = Document::parse(path, text, Language::Compose);
    let sources = Sources::new(&document);
    let project = Project::load(&sources, &NoFiles).unwrap();
    test(&project)
}

/// Calls `test` with the first service in a text.
pub(super) fn with_service<T>(text: &str, test: impl FnOnce(&Service<'_>) -> T) -> T {
    with_project(text, |project| test(&project.services[0]))
}
