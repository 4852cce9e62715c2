//! What an editor shows between the words: what a variable comes to, which stage a number is, as whom a service runs.

use std::collections::BTreeSet;

use dlint_linter::check::Files;
use dlint_linter::compose::{FileId, Project, Scalar, Service, Sources, Syntax};
use dlint_linter::document::Tree;
use dlint_linter::secrets::{is_secret_name, looks_secret};
use dlint_linter::{Document, Language};
use dlint_syntax::dockerfile::{Base, Dockerfile, Instruction, Kind, Lookup, Model, Stage};
use dlint_syntax::yaml::View;
use dlint_syntax::{TextRange, TextSize};

/// Something to show behind a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inlay {
    /// The place.
    pub(crate) at: TextSize,
    /// What is shown.
    pub(crate) label: String,
    /// Where it is from, in plain text.
    pub(crate) tooltip: String,
}

/// What there is to show in a part of a document, in the order of the places.
pub(crate) fn inlays(document: &Document, files: &dyn Files, part: TextRange) -> Vec<Inlay> {
    let mut found = match document.tree() {
        Tree::Dockerfile(parts) => in_dockerfile(&parts.0, &parts.1),
        Tree::Compose(_) => in_compose(document, files, part),
        Tree::Daemon(_) => Vec::new(),
    };
    found.retain(|it| part.contains_inclusive(it.at));
    found.sort_by_key(|it| it.at);
    found
}

/// A value as far as there is room for it, on one line.
pub(crate) fn shortened(value: &str) -> String {
    /// So many characters do not push the rest of the line away.
    const MOST: usize = 40;
    // Continued lines have their indentation in them. Of a long value the rest is not looked at.
    let mut words = String::new();
    for word in value.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words += word;
        if words.len() > MOST * 4 {
            break;
        }
    }
    match words.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words,
    }
}

/// What a stage is called: by its name, else by its number.
fn name_of(stage: &Stage) -> String {
    stage.name.as_ref().map_or_else(|| format!("stage {}", stage.index), ToString::to_string)
}

fn in_dockerfile(file: &Dockerfile, model: &Model) -> Vec<Inlay> {
    let mut found = Vec::new();
    let mut numbered = BTreeSet::new();
    for instruction in &file.instructions {
        let inner: &Instruction = match &instruction.kind {
            Kind::Onbuild(Some(trigger)) => trigger,
            _ => instruction,
        };
        let Some(value) = inner.flag("from").and_then(|flag| flag.value.as_ref()) else { continue };
        if !value.text.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let Some(stage) = model.stage_named(&value.text, true) else { continue };
        numbered.insert(stage.index);
        let ((Some(name), _) | (None, Base::Image(name))) = (&stage.name, &stage.base) else { continue };
        let tooltip = format!("Stage {} of this file", stage.index);
        found.push(Inlay { at: value.range.end(), label: shortened(name), tooltip });
    }
    for stage in &model.stages {
        let from = stage.from(file);
        if numbered.contains(&stage.index) {
            let (label, tooltip) = (format!("stage {}", stage.index), "Its number, by which `--from` names it");
            found.push(Inlay { at: from.range.end(), label, tooltip: tooltip.to_owned() });
        }
        let Some(image) = stage.image(file).filter(|image| image.text.contains('$')) else { continue };
        let label = match &stage.base {
            Base::Image(text) => text.to_string(),
            Base::Stage(parent) => model.stages.get(*parent).map(name_of).unwrap_or_default(),
            Base::Scratch => "scratch".to_owned(),
            Base::Unknown => continue,
        };
        let tooltip = "The base, with the defaults of the variables".to_owned();
        found.push(Inlay { at: image.range.end(), label: format!("= {}", shortened(&label)), tooltip });
    }
    found
}

fn in_compose(document: &Document, files: &dyn Files, part: TextRange) -> Vec<Inlay> {
    let sources = Sources::new(document);
    let Some(project) = Project::load(&sources, files) else { return Vec::new() };
    let mut found = Vec::new();
    for service in &project.services {
        let at = service.name_place;
        if at.file == FileId::CHECKED && part.contains_inclusive(at.range.end()) {
            found.extend(user(service, files).map(|(user, from)| {
                let is_before_colon =
                    document.text().get(usize::from(at.range.end())..).is_some_and(|it| it.starts_with(':'));
                let at = at.range.end() + TextSize::new(u32::from(is_before_colon));
                Inlay { at, label: format!("user: {}", shortened(&user)), tooltip: from }
            }));
        }
    }
    found.extend(ports(document, &project, part));
    let Some(root) = project.written.first() else { return found };
    let Some(yaml) = document.yaml() else { return found };
    // As it is written, each value once: what is behind an anchor would come again with each alias.
    for view in yaml.roots().flat_map(View::walk).filter(|view| view.alias().is_none()) {
        let values = view.own_entries().map(|entry| (entry.name().unwrap_or_default(), entry.value));
        for (key, value) in values.chain(view.items().map(|item| ("", item))) {
            let has_variable = value.alias().is_none() && value.text().is_some_and(|text| text.contains('$'));
            if !has_variable
                || found.iter().any(|it| it.at == value.range().end())
                || part.intersect(value.range()).is_none()
            {
                continue;
            }
            for variable in root.at(value).variables().into_iter().filter(|it| it.is_exact) {
                let name = &variable.variable.name;
                let Lookup::Set(text) = &variable.value else { continue };
                if text.is_empty() || is_secret([name, key], text) {
                    continue;
                }
                let tooltip = format!("The value of `{name}` in the project's files of variables");
                found.push(Inlay { at: variable.place.range.end(), label: format!("= {}", shortened(text)), tooltip });
            }
        }
    }
    found
}

/// What ports come to that variables say; the others can be read.
fn ports(document: &Document, project: &Project<'_>, part: TextRange) -> Vec<Inlay> {
    let mut found = Vec::new();
    for port in project.services.iter().flat_map(Service::ports) {
        let Some(range) = port.place.in_checked().filter(|range| part.contains_inclusive(range.end())) else {
            continue;
        };
        if port.syntax != Syntax::Short || !document.slice(range).contains('$') {
            continue;
        }
        let parts = [port.host_ip.as_ref(), port.published.as_ref(), Some(&port.target)];
        let Some(known) = parts.into_iter().flatten().map(Scalar::known).collect::<Option<Vec<_>>>() else { continue };
        let tooltip = "The port, with the values and defaults of the variables".to_owned();
        found.push(Inlay { at: range.end(), label: format!("= {}", shortened(&known.join(":"))), tooltip });
    }
    found.dedup_by_key(|it| it.at);
    found
}

/// Whether a value had better not be shown, under the names that it goes by.
pub(crate) fn is_secret(names: [&str; 2], value: &str) -> bool {
    names.iter().any(|name| is_secret_name(name) || looks_secret(name, value).is_some())
        || value.split_once("://").is_some_and(|(_, rest)| rest.contains('@'))
}

/// As whom a service runs although its own lines do not say it, and what says it.
fn user(service: &Service<'_>, files: &dyn Files) -> Option<(String, String)> {
    let own = service.own.as_ref()?.view()?;
    if own.own_entries().any(|entry| entry.name() == Some("user")) {
        return None;
    }
    if let Some(user) = service.user() {
        let document = service.sources.document(user.place.file);
        let line = document.position(user.place.range.start()).line;
        return Some((user.known()?.to_owned(), format!("{}, line {line}", document.path().display())));
    }
    if service.body.mentions("user") {
        return None;
    }
    let build = service.build()?;
    let dockerfile = files.document(&build.dockerfile_path()?, Language::Dockerfile)?;
    let (file, model) = dockerfile.dockerfile()?;
    let user = build.target_stage(model)?.end.user.as_ref()?;
    let line = dockerfile.position(file.instructions.get(user.instruction)?.range.start()).line;
    Some((user.value.known()?.to_owned(), format!("{}, line {line}", dockerfile.path().display())))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use dlint_linter::check::Files;
    use dlint_linter::{Document, Language};

    use super::{inlays, shortened};

    struct Beside;

    impl Files for Beside {
        fn document(&self, path: &Path, language: Language) -> Option<Arc<Document>> {
            let text = "FROM a AS one\nUSER app\nFROM b\n";
            path.ends_with("Dockerfile").then(|| Arc::new(Document::parse("Dockerfile", text, language)))
        }

        fn is_checked(&self, _: &Path) -> bool {
            false
        }

        fn text(&self, path: &Path) -> Option<Arc<str>> {
            path.ends_with(".env").then(|| "TAG=1.2\nPASSWORD=hunter2\nINNER=hunter2\nDSN=pg://a:hunter2@b\n".into())
        }
    }

    /// The text with what is shown in it.
    fn shown(language: Language, text: &str) -> String {
        let document = Document::parse("compose.yaml", text, language);
        let all = inlays(&document, &Beside, dlint_syntax::text::range(0..text.len()));
        let mut text = text.to_owned();
        for it in all.iter().rev() {
            text.insert_str(it.at.into(), &format!("«{}»", it.label));
        }
        text
    }

    #[test]
    fn dockerfiles() {
        let of = |text| shown(Language::Dockerfile, text);
        assert_eq!(
            of("ARG V=1\nFROM a:$V AS x\nFROM b\nCOPY --from=0 a b\nCOPY --from=1 a b\nCOPY --from=x a b\n"),
            "ARG V=1\nFROM a:$V«= a:1» AS x«stage 0»\nFROM b«stage 1»\nCOPY --from=0«x» a b\nCOPY --from=1«b» a b\nCOPY --from=x a b\n"
        );
        assert_eq!(
            of("ARG V\nFROM a:$V\nCOPY --from=9 a b\nFROM a:${"),
            "ARG V\nFROM a:$V\nCOPY --from=9 a b\nFROM a:${"
        );
    }

    #[test]
    fn compose_files() {
        let of = |text| shown(Language::Compose, text);
        assert_eq!(
            of(
                "x-a: &a\n  user: me\nservices:\n  a:\n    <<: *a\n    image: x:${TAG}\n  b:\n    build: {context: ., target: one}\n  c:\n    build: .\n  d:\n    user: own\n    build: {target: one}\n"
            ),
            "x-a: &a\n  user: me\nservices:\n  a:«user: me»\n    <<: *a\n    image: x:${TAG}«= 1.2»\n  b:«user: app»\n    build: {context: ., target: one}\n  c:\n    build: .\n  d:\n    user: own\n    build: {target: one}\n"
        );
        assert_eq!(
            of(
                "services:\n  a:\n    image: x\n    ports: ['${PORT:-8080}:80', '127.0.0.1:$TAG:80', '80:80', '$NONE:1']\n"
            ),
            "services:\n  a:\n    image: x\n    ports: ['${PORT:-8080}:80'«= 8080:80», '127.0.0.1:$TAG«= 1.2»:80', '80:80', '$NONE:1']\n"
        );
        let secrets = "services:\n  a:\n    image: x:$OTHER\n    environment:\n      A: $PASSWORD\n      DB_PASSWORD: $INNER\n      URL: $DSN\n";
        assert_eq!(of(secrets), secrets);
    }

    #[test]
    fn values_fit_on_a_line() {
        assert_eq!(shortened("a \n\t b "), "a b");
        assert_eq!(shortened(&"é".repeat(50)).chars().count(), 41);
        assert_eq!(shortened("a"), "a");
    }
}
