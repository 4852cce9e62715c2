//! Files that lie beside a Compose project and belong to the same host.

use std::path::Path;
use std::sync::Arc;

use crate::check::Files;
use crate::document::Document;
use crate::language::Language;

/// The daemon's configuration that a project brings along, by where people keep it.
pub(crate) fn daemon(folder: &Path, files: &dyn Files) -> Option<Arc<Document>> {
    let places = ["daemon.json", "docker/daemon.json", "etc/docker/daemon.json"];
    places.iter().find_map(|place| files.document(&folder.join(place), Language::Daemon))
}
