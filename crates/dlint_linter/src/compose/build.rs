//! What a service builds.
//!
//! Source: Compose Build Specification.

use std::path::{Path, PathBuf};

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Model, Stage};

use super::environment::Pair;
use super::scalar::{Field, Reader, Scalar};

/// A service's `build`.
#[derive(Debug, Clone)]
pub struct Build {
    /// Where the key is written.
    pub key_range: TextRange,
    /// Where the value is written: the string of the short syntax, the mapping of the long one.
    pub range: TextRange,
    /// The alias or merge key by which it came into the service.
    pub alias: Option<TextRange>,
    /// The build context, a folder or a URL; `.` where there is none.
    pub context: Option<Scalar>,
    /// The Dockerfile, relative to the context; `Dockerfile` where there is none.
    pub dockerfile: Option<Scalar>,
    /// The text of a Dockerfile.
    pub dockerfile_inline: Option<Scalar>,
    /// The stage that is built.
    pub target: Option<Scalar>,
    /// Values for the Dockerfile's `ARG`s.
    pub args: Vec<Pair>,
}

impl Build {
    /// Reads the value of a field. A null is none.
    pub(super) fn read(field: &Field<'_>, reader: &Reader<'_>) -> Option<Self> {
        let value = field.value;
        let is_mapping = value.is_mapping();
        let context = if is_mapping { reader.scalar_of(value, "context") } else { reader.scalar(value) };
        if !is_mapping && context.is_none() {
            return None;
        }
        let args = reader.field(value, "args").map(|args| Pair::read_all(args.value, reader)).unwrap_or_default();
        Some(Self {
            key_range: field.key_range,
            range: value.range(),
            alias: field.alias,
            context,
            dockerfile: reader.scalar_of(value, "dockerfile"),
            dockerfile_inline: reader.scalar_of(value, "dockerfile_inline"),
            target: reader.scalar_of(value, "target"),
            args,
        })
    }

    /// Where the Dockerfile is, for a Compose file in `folder`. `None` if no file of this project can be it: the context is remote
    /// or a folder outside of what can be known (`~`), a variable decides, or the text is inline.
    pub fn dockerfile_path(&self, folder: &Path) -> Option<PathBuf> {
        if self.dockerfile_inline.is_some() {
            return None;
        }
        let context = local(self.context.as_ref(), ".")?;
        let dockerfile = local(self.dockerfile.as_ref(), "Dockerfile")?;
        let folder = if context == "." { folder.to_path_buf() } else { folder.join(context) };
        Some(folder.join(dockerfile))
    }

    /// The stage of the Dockerfile that is built. `None` where a variable decides, and where there is no such stage.
    pub fn target_stage<'m>(&self, model: &'m Model) -> Option<&'m Stage> {
        match &self.target {
            Some(target) => model.target(Some(target.known()?)),
            None => model.target(None),
        }
    }
}

/// A path of this machine.
fn local<'s>(path: Option<&'s Scalar>, default: &'s str) -> Option<&'s str> {
    let path = match path {
        Some(path) => path.known()?,
        None => default,
    };
    let path = if path.is_empty() { default } else { path };
    (!is_remote(path) && !path.starts_with('~')).then_some(path)
}

/// Whether BuildKit fetches the context: a URL, a Git address, or a name on `GitHub`.
///
/// Source: Docker documentation, "Build context", "Remote context".
fn is_remote(context: &str) -> bool {
    context.contains("://") || context.starts_with("git@") || context.starts_with("github.com/")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::{Path, PathBuf};

    use dlint_syntax::dockerfile::{self, Model};

    use crate::compose::testing::with_service;

    fn path(build: &str) -> Option<PathBuf> {
        let text = format!("services:\n  a:\n    build: {build}\n");
        with_service(&text, |service| service.build().unwrap().dockerfile_path(Path::new("deploy")))
    }

    #[test]
    fn finds_the_dockerfile() {
        for (build, expected) in [
            (".", "deploy/Dockerfile"),
            ("./api", "deploy/./api/Dockerfile"),
            ("/srv/api", "/srv/api/Dockerfile"),
            ("{}", "deploy/Dockerfile"),
            ("{dockerfile: docker/Api.Dockerfile}", "deploy/docker/Api.Dockerfile"),
            ("{context: ../api, dockerfile: /abs/Dockerfile}", "/abs/Dockerfile"),
            ("{context: '${DIR:-api}'}", "deploy/api/Dockerfile"),
        ] {
            assert_eq!(path(build).as_deref(), Some(Path::new(expected)), "{build}");
        }
        for build in [
            "https://github.com/org/app.git#main",
            "git@github.com:org/app.git",
            "github.com/org/app",
            "{context: ssh://git@host/app}",
            "{context: '${DIR}'}",
            "{dockerfile: '${FILE}'}",
            "{dockerfile_inline: FROM alpine}",
            "~/app",
        ] {
            assert_eq!(path(build), None, "{build}");
        }
    }

    #[test]
    fn finds_the_stage() {
        let model = Model::new(&dockerfile::parse("FROM a AS base\nFROM b AS prod\n"));
        for (build, expected) in [
            (".", Some(1)),
            ("{target: base}", Some(0)),
            ("{target: Base}", Some(0)),
            ("{target: '0'}", Some(0)),
            ("{target: ''}", Some(1)),
            ("{target: '${TARGET:-base}'}", Some(0)),
            ("{target: '${TARGET}'}", None),
            ("{target: other}", None),
        ] {
            let text = format!("services:\n  a:\n    build: {build}\n");
            let found = with_service(&text, |service| service.build().unwrap().target_stage(&model).map(|it| it.index));
            assert_eq!(found, expected, "{build}");
        }
    }

    #[test]
    fn no_build_is_none() {
        for value in ["", "~", "[a]", "!reset null"] {
            let text = format!("services:\n  a:\n    image: x\n    build: {value}\n");
            with_service(&text, |service| assert!(service.build().is_none(), "{value}"));
        }
    }
}
