//! From a Compose service to the Dockerfile stage that it builds.

use std::sync::Arc;

use crate::compose::Service;
use crate::document::Document;
use crate::language::Language;
use crate::rule::Context;

/// What a service builds.
#[derive(Clone)]
pub(crate) struct Built {
    /// The Dockerfile.
    pub(crate) document: Arc<Document>,
    /// The index of the stage.
    pub(crate) stage: usize,
    /// Whether this run reports on the stage in the Dockerfile itself: on its last stage, if the file is checked.
    pub(crate) told_elsewhere: bool,
}

/// The stage that a service builds; `None` if it builds none, or none that can be read.
pub(crate) fn built_stage(service: &Service<'_>, cx: &Context<'_>) -> Option<Built> {
    service.known.built.get_or_init(|| find(service, cx)).clone()
}

fn find(service: &Service<'_>, cx: &Context<'_>) -> Option<Built> {
    let build = service.build()?;
    let path = build.dockerfile_path()?;
    let document = cx.files.document(&path, Language::Dockerfile)?;
    let (_, model) = document.dockerfile()?;
    let stage = build.target_stage(model)?;
    let (stage, is_final) = (stage.index, stage.is_final);
    let told_elsewhere = is_final && cx.files.is_checked(&path);
    Some(Built { document, stage, told_elsewhere })
}
