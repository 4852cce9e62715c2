//! Image references, wherever they stand.

pub mod deprecated;
pub mod known;
pub mod lifecycle;
pub mod platforms;
pub mod system_shell;

use std::borrow::Cow;

use dlint_syntax::dockerfile::{Base, Dockerfile, Kind, Model, Value, Word, expand};
use dlint_syntax::text::{CompactString, find_byte};

use crate::compose::{Place, Service};

/// An image reference taken apart: `registry/repository:tag@digest`.
///
/// Source: the grammar of github.com/distribution/reference. Nothing is checked here; each part is what stands in its
/// place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'t> {
    /// Registry and repository as written (`ghcr.io/org/app`, `alpine`).
    pub name: &'t str,
    /// The tag, without the `:`.
    pub tag: Option<&'t str>,
    /// The digest, without the `@` (`sha256:…`).
    pub digest: Option<&'t str>,
}

impl<'t> Reference<'t> {
    /// Takes a reference apart. A colon before the last `/` is a registry's port, not a tag.
    pub fn new(text: &'t str) -> Self {
        let (rest, digest) = match find_byte(text, b'@') {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let (name, tag) = match rest.rsplit_once(':') {
            Some((name, tag)) if !tag.contains('/') => (name, Some(tag)),
            _ => (rest, None),
        };
        Self { name, tag, digest }
    }

    /// The registry's host, with its port: the first component if it has a dot or a colon, or is `localhost`.
    pub fn registry(&self) -> Option<&'t str> {
        let (first, _) = self.name.split_once('/')?;
        (first.contains(['.', ':']) || first == "localhost").then_some(first)
    }

    /// The registry and the repository in it, as Docker completes them: `alpine` is `library/alpine` in `docker.io`.
    pub fn full_name(&self) -> (&'t str, String) {
        let name = self.familiar_name();
        match (Reference { name, ..*self }).registry() {
            Some(registry) => {
                (registry, name.strip_prefix(registry).unwrap_or(name).trim_start_matches('/').to_owned())
            }
            None if name.contains('/') => ("docker.io", name.to_owned()),
            None => ("docker.io", format!("library/{name}")),
        }
    }

    /// The name without the registry of Docker Hub and its `library/`, so that different spellings of one image are
    /// the same: `docker.io/library/alpine` is `alpine`.
    pub fn familiar_name(&self) -> &'t str {
        let name = ["docker.io/", "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/"]
            .iter()
            .find_map(|registry| self.name.strip_prefix(registry))
            .unwrap_or(self.name);
        name.strip_prefix("library/").unwrap_or(name)
    }
}

/// A place that names an image from a registry. Stages, `scratch` and what cannot be known are none.
#[derive(Debug, Clone)]
pub struct ImageUse<'a> {
    /// The reference with variables expanded.
    pub text: CompactString,
    /// The reference as written.
    pub at: Place,
    /// Whether [`at`](Self::at) holds exactly `text`: no variable, no quotes.
    pub is_literal: bool,
    /// What uses it.
    pub place: ImagePlace<'a>,
}

/// What uses an image.
#[derive(Debug, Clone)]
pub enum ImagePlace<'a> {
    /// The `FROM` of a stage.
    Base,
    /// `COPY --from`.
    CopyFrom,
    /// The `from` of a `RUN --mount`.
    Mount,
    /// The `image` of a service that is pulled.
    Service(Cow<'a, str>),
}

impl ImageUse<'_> {
    /// The reference taken apart.
    pub fn reference(&self) -> Reference<'_> {
        Reference::new(&self.text)
    }

    /// Where the name is written, registry included, if it is written as such.
    pub fn name_at(&self) -> Option<Place> {
        let length = self.is_literal.then(|| self.reference().name.len())?;
        let start = usize::from(self.at.range.start());
        Some(self.at.with_range(dlint_syntax::text::range(start..start + length)))
    }

    /// Where the tag is written, if it is written as such.
    pub fn tag_at(&self) -> Option<Place> {
        let tag = self.reference().tag.filter(|_| self.is_literal)?;
        let start = tag.as_ptr() as usize - self.text.as_ptr() as usize;
        let range = dlint_syntax::text::range(start..start + tag.len());
        Some(self.at.with_range(range + self.at.range.start()))
    }
}

/// The images that a Dockerfile uses, in file order.
pub fn of_dockerfile<'a>(file: &'a Dockerfile, model: &Model) -> Vec<ImageUse<'a>> {
    let mut uses = Vec::new();
    for (at, instruction) in file.instructions.iter().enumerate() {
        match &instruction.kind {
            Kind::From(from) => {
                let stage = model.stage_of(at).map(|stage| &stage.base);
                if let (Some(image), Some(Base::Image(text))) = (&from.image, stage) {
                    uses.push(image_use(image, text.clone(), ImagePlace::Base));
                }
            }
            Kind::Copy(_) => {
                if let Some(value) = instruction.flag("from").and_then(|flag| flag.value.as_ref()) {
                    uses.extend(named(file, model, value, true, ImagePlace::CopyFrom));
                }
            }
            Kind::Run(run) => {
                for mount in &run.mounts {
                    if let Some(value) = mount.option(&["from"]).and_then(|option| option.value.as_ref()) {
                        uses.extend(named(file, model, value, false, ImagePlace::Mount));
                    }
                }
            }
            _ => {}
        }
    }
    uses
}

/// The image that `--from` or `from=` names. A bare word without tag may as well be a named build context
/// (`--build-context`), so only what looks like an image counts.
fn named<'a>(
    file: &Dockerfile,
    model: &Model,
    word: &Word,
    by_index: bool,
    place: ImagePlace<'a>,
) -> Option<ImageUse<'a>> {
    let Value::Known(text) = expand(word, file.escape, &model.globals).value else { return None };
    let looks_like_image = text.contains(['/', ':', '@']);
    if !looks_like_image || model.stage_named(&text, by_index).is_some() {
        return None;
    }
    Some(image_use(word, text, place))
}

fn image_use<'a>(word: &Word, text: CompactString, place: ImagePlace<'a>) -> ImageUse<'a> {
    let is_literal = word.text == text && usize::from(word.range.len()) == text.len();
    ImageUse { text, at: Place::checked(word.range), is_literal, place }
}

/// The image that a service pulls; `None` for one that is built, or whose image is not known.
pub fn of_service<'a>(service: &Service<'a>) -> Option<ImageUse<'a>> {
    // With `build` the image is what the build is called, not something that is pulled.
    if service.build().is_some() {
        return None;
    }
    let image = service.image()?;
    let Value::Known(text) = image.value.clone() else { return None };
    // Quotes are no part of a reference.
    let range = if image.is_literal { image.inner_range() } else { image.place.range };
    let place = ImagePlace::Service(service.name.clone());
    Some(ImageUse { is_literal: image.is_literal, at: image.place.with_range(range), text, place })
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn takes_references_apart() {
        let of = |text| {
            let it = Reference::new(text);
            (it.name, it.tag, it.digest, it.registry())
        };
        assert_eq!(of("alpine"), ("alpine", None, None, None));
        assert_eq!(of("alpine:3.22"), ("alpine", Some("3.22"), None, None));
        assert_eq!(of("localhost:5000/app"), ("localhost:5000/app", None, None, Some("localhost:5000")));
        assert_eq!(
            of("ghcr.io/org/app:1@sha256:ab"),
            ("ghcr.io/org/app", Some("1"), Some("sha256:ab"), Some("ghcr.io"))
        );
        assert_eq!(of("org/app@sha256:ab"), ("org/app", None, Some("sha256:ab"), None));
        assert_eq!(Reference::new("docker.io/library/alpine:3").familiar_name(), "alpine");
    }

    #[test]
    fn completes_names() {
        let of = |image| {
            let (registry, path) = Reference::new(image).full_name();
            format!("{registry}/{path}")
        };
        assert_eq!(of("alpine"), "docker.io/library/alpine");
        assert_eq!(of("org/app:1"), "docker.io/org/app");
        assert_eq!(of("index.docker.io/org/app"), "docker.io/org/app");
        assert_eq!(of("docker.io/alpine"), "docker.io/library/alpine");
        assert_eq!(of("localhost:5000/app:1"), "localhost:5000/app");
        assert_eq!(of("localhost/app"), "localhost/app");
    }
}
