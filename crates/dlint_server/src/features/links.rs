//! Places that lead somewhere: images to their pages, paths to the files of the project.

use std::path::{Path, PathBuf};

use dlint_linter::check::{FileKind, Files};
use dlint_linter::compose::{FileId, MountKind, Node, Place, Project, Scalar, Sources};
use dlint_linter::document::Tree;
use dlint_linter::image::{Reference, of_dockerfile, of_service};
use dlint_linter::selector::Selector;
use dlint_linter::{Document, Language, RuleId};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{DirectiveKind, Dockerfile, Model};

/// A place that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// The place.
    pub(crate) range: TextRange,
    /// Where it leads.
    pub(crate) target: Target,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// To the page of an image.
    Page(String),
    /// To the page of a rule.
    Rule(RuleId),
    /// To a file of the project, by its path as those of documents are given.
    File(PathBuf),
}

/// The links of a document, in the order of their places.
pub(crate) fn links(document: &Document, files: &dyn Files) -> Vec<Link> {
    let mut found = match document.tree() {
        Tree::Dockerfile(parts) => in_dockerfile(&parts.0, &parts.1),
        Tree::Compose(_) => in_compose(document, files),
        Tree::Daemon(_) => Vec::new(),
    };
    found.extend(in_comments(document));
    found.sort_by_key(|link| (link.range.start(), link.range.end()));
    // An anchor is read once for each alias.
    found.dedup_by_key(|link| link.range);
    found
}

/// The page of an image on Docker Hub; of other registries it is not known where they are.
pub(crate) fn page(image: &Reference<'_>) -> Option<String> {
    let (registry, path) = image.full_name();
    let is_name = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    match path.split_once('/')? {
        _ if registry != "docker.io" => None,
        ("library", name) if is_name(name) => Some(format!("https://hub.docker.com/_/{name}")),
        (owner, name) if is_name(owner) && is_name(name) => Some(format!("https://hub.docker.com/r/{owner}/{name}")),
        _ => None,
    }
}

fn to_page(text: &str, range: TextRange) -> Option<Link> {
    Some(Link { range, target: Target::Page(page(&Reference::new(text))?) })
}

fn in_dockerfile(file: &Dockerfile, model: &Model) -> Vec<Link> {
    let frontends = file.directives.iter().filter(|it| it.kind == DirectiveKind::Syntax);
    let frontends = frontends.filter_map(|it| to_page(&it.value.text, it.value.range));
    let images = of_dockerfile(file, model);
    frontends.chain(images.iter().filter_map(|it| to_page(&it.text, it.at.range))).collect()
}

/// The rules that comments name to ignore them, by their names or by other tools' codes.
fn in_comments(document: &Document) -> Vec<Link> {
    let ranges: Vec<TextRange> = match document.tree() {
        Tree::Dockerfile(parts) => {
            let checks =
                parts.0.directives.iter().filter(|it| it.kind == DirectiveKind::Check).map(|it| it.value.range);
            parts.0.comments.iter().map(|it| it.range).chain(checks).collect()
        }
        Tree::Compose(yaml) => yaml.comments().iter().map(|it| it.range).collect(),
        Tree::Daemon(_) => Vec::new(),
    };
    let mut found = Vec::new();
    for range in ranges {
        let text = document.slice(range);
        // Names stand in one word, between commas, behind a word that says what to do; the reason comes behind that.
        let start = ["ignore=", "ignore-file=", "skip=", "disable-line ", "disable "]
            .iter()
            .filter_map(|mark| text.find(mark).map(|at| at + mark.len()));
        let Some(start) = start.min() else { continue };
        let names = text.get(start..).unwrap_or_default().trim_start();
        let mut at = text.len() - names.len();
        for name in names.split_whitespace().next().unwrap_or_default().split([',', ';']) {
            let (place, trimmed) = (at, name.trim_matches(|char: char| !char.is_alphanumeric()));
            at += name.len() + 1;
            let Some(before) = name.find(trimmed).filter(|_| !trimmed.is_empty()) else { continue };
            let Ok(selector) = Selector::parse(trimmed) else { continue };
            let mut rules = selector.rules();
            if let (Some(rule), None) = (rules.next(), rules.next()) {
                let place = dlint_syntax::text::range(place + before..place + before + trimmed.len());
                found.push(Link { range: place + range.start(), target: Target::Rule(rule) });
            }
        }
    }
    found
}

/// Gathers the links of a Compose file.
struct Finder<'f> {
    files: &'f dyn Files,
    found: Vec<Link>,
}

impl Finder<'_> {
    /// Leads from a place to a file, if it is in the checked document and there is such a file.
    fn add(&mut self, place: Place, path: &Path) {
        if place.file == FileId::CHECKED && self.files.kind(path) == FileKind::File {
            self.found.push(Link { range: place.range, target: Target::File(path.to_owned()) });
        }
    }

    /// Leads from a scalar to the file that it names.
    fn name(&mut self, node: &Node<'_>) {
        if let Some(name) = node.scalar()
            && let Some(text) = name.known().filter(|text| !text.is_empty() && !text.contains("://"))
        {
            self.add(within(&name), &node.join(text));
        }
    }

    /// The same of each item of a list, where Compose takes one and many; those of a mapping are under `key`.
    fn names(&mut self, node: &Node<'_>, key: &str) {
        for item in if node.is_sequence() { node.items() } else { vec![node.clone()] } {
            self.name(&item.get(key).unwrap_or(item));
        }
    }
}

/// A scalar without its quotes.
fn within(scalar: &Scalar) -> Place {
    scalar.place.with_range(scalar.inner_range())
}

fn in_compose(document: &Document, files: &dyn Files) -> Vec<Link> {
    let sources = Sources::new(document);
    let Some(project) = Project::load(&sources, files) else { return Vec::new() };
    let mut finder = Finder { files, found: Vec::new() };
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        if let Some(image) = of_service(service).filter(|image| image.at.file == FileId::CHECKED) {
            finder.found.extend(to_page(&image.text, image.at.range));
        }
        if let Some(build) = service.build()
            && let Some(path) = build.dockerfile_path()
            && let Some(name) = build.dockerfile.as_ref().or(build.context.as_ref())
            && files.document(&path, Language::Dockerfile).is_some()
        {
            finder.add(within(name), &path);
        }
        for mount in service.mounts().iter().filter(|mount| mount.kind == MountKind::Bind) {
            let Some(source) = &mount.source else { continue };
            if let Some(path) = source.known().filter(|path| !path.starts_with('~')) {
                finder.add(within(source), &mount.folder().join(path));
            }
        }
    }
    for root in &project.written {
        if let Some(include) = root.get("include") {
            finder.names(&include, "path");
            for item in include.items().iter().filter(|item| item.is_mapping()) {
                for list in ["path", "env_file"].iter().filter_map(|key| item.get(key)) {
                    finder.names(&list, "");
                }
            }
        }
        for service in root.get("services").map(|it| it.fields()).unwrap_or_default() {
            for list in ["env_file", "label_file"].iter().filter_map(|key| service.value.get(key)) {
                finder.names(&list, "path");
            }
            if let Some(file) = service.value.get("extends").and_then(|extends| extends.get("file")) {
                finder.name(&file);
            }
        }
        for section in ["secrets", "configs"] {
            for entry in root.get(section).map(|it| it.fields()).unwrap_or_default() {
                if let Some(file) = entry.value.get("file") {
                    finder.name(&file);
                }
            }
        }
    }
    finder.found
}

#[cfg(test)]
mod tests {
    use dlint_linter::image::Reference;
    use dlint_linter::{Document, Language, NoFiles};

    use super::{Target, links, page};

    #[test]
    fn images_have_pages_on_docker_hub() {
        let of = |image| page(&Reference::new(image)).unwrap_or_default().replace("https://hub.docker.com/", "");
        assert_eq!(of("alpine:3.20"), "_/alpine");
        assert_eq!(of("docker.io/library/alpine"), "_/alpine");
        assert_eq!(of("org/app@sha256:ab"), "r/org/app");
        for none in ["ghcr.io/org/app", "localhost:5000/app", "a/b/c", "", "a b", "x/"] {
            assert_eq!(of(none), "", "{none}");
        }
    }

    fn places(language: Language, text: &str) -> Vec<(String, String)> {
        let document = Document::parse("x", text, language);
        let place = |target| match target {
            Target::Page(page) => page.replace("https://hub.docker.com/", ""),
            Target::File(path) => path.display().to_string(),
            Target::Rule(rule) => rule.rule().name.to_owned(),
        };
        let found = links(&document, &NoFiles);
        found.into_iter().map(|it| (document.slice(it.range).to_owned(), place(it.target))).collect()
    }

    #[test]
    fn images_are_links_wherever_they_stand() {
        let text = "# syntax=docker/dockerfile:1\nARG V=1\nFROM alpine:$V AS a\nFROM a\nFROM scratch\nFROM $X\nCOPY --from=org/tool:1 x y\nFROM ghcr.io/a/b\nFROM\n";
        let wanted =
            [("docker/dockerfile:1", "r/docker/dockerfile"), ("alpine:$V", "_/alpine"), ("org/tool:1", "r/org/tool")];
        assert_eq!(places(Language::Dockerfile, text), wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
        let text = "x-a: &a\n  image: \"redis:${V:-7}\"\nservices:\n  a: *a\n  b: *a\n  c: {build: ., image: mine}\n";
        assert_eq!(places(Language::Compose, text), [("\"redis:${V:-7}\"".to_owned(), "_/redis".to_owned())]);
    }

    #[test]
    fn rules_that_comments_name_have_pages() {
        let text = "# check=skip=JSONArgsRecommended;error=true\n# dlint ignore=root-user,DL3007,security,nothing because of root-user\nFROM ghcr.io/a/b\n# hadolint ignore=DL3059\nRUN x\n# root-user is ignored\n";
        let wanted = [
            ("JSONArgsRecommended", "shell-form-command"),
            ("root-user", "root-user"),
            ("DL3007", "floating-tag"),
            ("DL3059", "consecutive-runs"),
        ];
        let found = places(Language::Dockerfile, text);
        let found: Vec<(&str, &str)> = found.iter().map(|(name, rule)| (name.as_str(), rule.as_str())).collect();
        assert_eq!(found, wanted);
        let text = "services:\n  a: # dlint ignore=missing-user\n    image: ghcr.io/a/b\n";
        assert_eq!(places(Language::Compose, text), [("missing-user".to_owned(), "missing-user".to_owned())]);
    }
}
