//! What a service builds.
//!
//! Source: Compose Build Specification.

use std::path::{Path, PathBuf};

use dlint_syntax::dockerfile::{Model, Stage};

use super::environment::Pair;
use super::node::{Field, Node};
use super::place::Place;
use super::scalar::Scalar;
use crate::remote::is_remote;

/// A service's `build`.
#[derive(Debug, Clone)]
pub struct Build {
    /// Where the key is written.
    pub key_place: Place,
    /// Where the value is written: the string of the short syntax, the mapping of the long one.
    pub place: Place,
    /// The alias or merge key by which it came into the service.
    pub alias: Option<Place>,
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
    /// The folder that a relative context is relative to: that of the file that names the context.
    folder: PathBuf,
}

impl Build {
    /// Reads the value of a field. A null is none. `folder`: that of the project that has the service, which the context is where none is named.
    pub(super) fn read(field: &Field<'_>, folder: &Path) -> Option<Self> {
        let value = &field.value;
        let is_mapping = value.is_mapping();
        let context_node = if is_mapping { value.get("context") } else { Some(value.clone()) };
        let context = context_node.as_ref().and_then(Node::scalar);
        if !is_mapping && context.is_none() {
            return None;
        }
        let named = context_node.filter(|_| context.is_some());
        Some(Self {
            key_place: field.key_place,
            place: value.place(),
            alias: field.alias,
            folder: named.as_ref().map_or(folder, Node::folder).to_owned(),
            context,
            dockerfile: value.scalar_of("dockerfile"),
            dockerfile_inline: value.scalar_of("dockerfile_inline"),
            target: value.scalar_of("target"),
            args: value.get("args").map(|args| Pair::read_all(&args)).unwrap_or_default(),
        })
    }

    /// Where the build context is, as the paths of documents are given. `None` if it is remote or outside of what can be known (`~`), or
    /// a variable decides.
    pub fn context_path(&self) -> Option<PathBuf> {
        let context = local(self.context.as_ref(), ".")?;
        Some(if context == "." { self.folder.clone() } else { self.folder.join(context) })
    }

    /// Where the Dockerfile is, as the paths of documents are given. `None` if no file of this project can be it: the context is remote
    /// or a folder outside of what can be known (`~`), a variable decides, or the text is inline.
    pub fn dockerfile_path(&self) -> Option<PathBuf> {
        if self.dockerfile_inline.is_some() {
            return None;
        }
        Some(self.context_path()?.join(local(self.dockerfile.as_ref(), "Dockerfile")?))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::{Path, PathBuf};

    use dlint_syntax::dockerfile::{self, Model};

    use crate::compose::testing::{with_project_at, with_service};

    fn path(build: &str) -> Option<PathBuf> {
        let text = format!("services:\n  a:\n    build: {build}\n");
        with_project_at("deploy/compose.yaml", &text, |project| project.services[0].build().unwrap().dockerfile_path())
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
