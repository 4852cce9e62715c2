//! From a Compose service to the Dockerfile stage that it builds.

use std::sync::Arc;

use dlint_syntax::dockerfile;

use crate::compose::{Inline, Project, Service};
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

/// How many builds of a project are compared with their Dockerfiles: more than anybody has, and not so many that a hostile project costs
/// the product of its services and its instructions.
pub(crate) const MOST_BUILDS: usize = 500;

/// The services of the checked file that are built.
pub(crate) fn built<'p, 'a>(project: &'p Project<'a>) -> impl Iterator<Item = &'p Service<'a>> {
    project.services.iter().filter(|service| service.own.is_some() && service.build().is_some()).take(MOST_BUILDS)
}

/// The Dockerfile that a service is built from: a file, or the text in the Compose file. `None` if there is none that can be read.
pub(crate) fn dockerfile(service: &Service<'_>, cx: &Context<'_>) -> Option<Dockerfile> {
    let read = || {
        let build = service.build()?;
        if build.dockerfile_inline.is_some() {
            return Some(Dockerfile { document: Arc::new(Inline::of(service)?.document), is_inline: true });
        }
        let document = cx.files.document(&build.dockerfile_path()?, Language::Dockerfile)?;
        Some(Dockerfile { document, is_inline: false })
    };
    service.known.dockerfile.get_or_init(read).clone()
}

/// See [`dockerfile`].
#[derive(Clone)]
pub(crate) struct Dockerfile {
    pub(crate) document: Arc<Document>,
    /// Whether it stands in the Compose file, so that its places are not those of a file.
    pub(crate) is_inline: bool,
}

impl Dockerfile {
    /// Its tree and meaning, if the file is sound and read by Docker's own frontend.
    pub(crate) fn sound(&self) -> Option<(&dockerfile::Dockerfile, &dockerfile::Model)> {
        let (file, model) = self.document.dockerfile()?;
        let is_own =
            file.directives.iter().filter(|directive| directive.kind == dockerfile::DirectiveKind::Syntax).all(
                |directive| {
                    ["docker/dockerfile", "docker.io/docker/dockerfile"]
                        .iter()
                        .any(|name| directive.value.text.starts_with(name))
                },
            );
        (is_own && file.errors.is_empty() && !model.stages.is_empty()).then_some((file, model))
    }
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
