//! What an editor shows above stages and services: who uses them, and how much was found in them.

use std::collections::BTreeSet;
use std::sync::Arc;

use dlint_linter::check::Files;
use dlint_linter::compose::{Project, Sources};
use dlint_linter::document::Tree;
use dlint_linter::{Diagnostic, Document};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Model;

use super::navigation::{around, is_of};
use super::outline::{Item, ItemKind, outline};

/// A line above a place.
#[derive(Debug, Clone)]
pub(crate) struct Lens {
    /// The place.
    pub(crate) range: TextRange,
    /// What is shown.
    pub(crate) title: String,
    /// Where it leads: a document, none for the one that was asked about, and a place in it.
    pub(crate) target: Option<(Option<Arc<Document>>, TextRange)>,
}

/// So many services are named above a stage; the others are counted.
const MOST_NAMED: usize = 3;

/// What there is to show in a document in which something was found, in the order of the places.
pub(crate) fn lenses(document: &Document, files: &dyn Files, diagnostics: &[Diagnostic]) -> Vec<Lens> {
    let mut found = match document.tree() {
        Tree::Dockerfile(parts) => uses(document, &parts.1, files),
        Tree::Compose(_) => Vec::new(),
        Tree::Daemon(_) => return Vec::new(),
    };
    let items = outline(document);
    let services = items.iter().filter(|item| item.kind == ItemKind::Section && item.name == "services");
    let services = services.flat_map(|item| &item.children).filter(|item| item.kind == ItemKind::Service);
    let stages = items.iter().filter(|item| item.kind == ItemKind::Stage);
    found.extend(stages.chain(services).filter_map(|item| counted(item, diagnostics)));
    found.sort_by_key(|lens| lens.range.start());
    found
}

/// How much was found in a stage or a service.
fn counted(item: &Item, diagnostics: &[Diagnostic]) -> Option<Lens> {
    let mut within = diagnostics.iter().filter(|it| item.range.contains_range(it.range));
    let first = within.next()?;
    let title = match within.count() {
        0 => "1 finding".to_owned(),
        others => format!("{} findings", others + 1),
    };
    Some(Lens { range: item.name_range, title, target: Some((None, first.range)) })
}

/// A service that builds a stage.
struct User {
    name: String,
    stage: Option<usize>,
    document: Arc<Document>,
    range: TextRange,
}

/// The services that build a Dockerfile: above each stage those that build it, and above the file all, where there are several stages.
fn uses(dockerfile: &Document, model: &Model, files: &dyn Files) -> Vec<Lens> {
    let users = users(dockerfile, model, files);
    let mut found = Vec::new();
    let Some((file, _)) = dockerfile.dockerfile() else { return found };
    if model.stages.len() > 1 {
        let top = TextRange::empty(0.into());
        found.extend(named(&users.iter().collect::<Vec<_>>(), top, "built by"));
    }
    for stage in &model.stages {
        let users: Vec<&User> = users.iter().filter(|it| it.stage == Some(stage.index)).collect();
        found.extend(named(&users, stage.from(file).keyword.range, "used by"));
    }
    found
}

fn named(users: &[&User], range: TextRange, verb: &str) -> Vec<Lens> {
    let lens = |user: &&User| Lens {
        range,
        title: format!("{verb} service {}", user.name),
        target: Some((Some(Arc::clone(&user.document)), user.range)),
    };
    let mut found: Vec<Lens> = users.iter().take(MOST_NAMED).map(lens).collect();
    match users.len().saturating_sub(MOST_NAMED) {
        0 => {}
        1 => found.extend(users.last().map(lens)),
        others => found.push(Lens { range, title: format!("and {others} more services"), target: None }),
    }
    found
}

/// The services that build a Dockerfile, each once, whichever of the files around it speak of it.
fn users(dockerfile: &Document, model: &Model, files: &dyn Files) -> Vec<User> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    for compose in around(dockerfile, "build", files) {
        let sources = Sources::new(&compose);
        let Some(project) = Project::load(&sources, files) else { continue };
        for service in &project.services {
            let Some(build) = service.build().filter(|build| is_of(build, dockerfile.path(), files)) else { continue };
            let place = service.name_place;
            let document = sources.shared(place.file).unwrap_or(&compose);
            // An override speaks of the services of its base file.
            if known.insert((document.path().to_owned(), place.range.start())) {
                found.push(User {
                    name: service.name.to_string(),
                    stage: build.target_stage(model).map(|stage| stage.index),
                    document: Arc::clone(document),
                    range: place.range,
                });
            }
        }
    }
    found
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use dlint_linter::check::Files;
    use dlint_linter::{Config, Document, Language, check};

    use super::lenses;

    /// A folder with these files, and nothing else.
    struct Folder(Vec<(&'static str, String)>);

    impl Files for Folder {
        fn document(&self, path: &Path, language: Language) -> Option<Arc<Document>> {
            let path = dlint_linter::compose::normalize_path(path);
            let (name, text) = self.0.iter().find(|(name, _)| Path::new(name) == path)?;
            Some(Arc::new(Document::parse(name, text.as_str(), language)))
        }

        fn is_checked(&self, _: &Path) -> bool {
            false
        }

        fn compose_files(&self, folder: &Path) -> Vec<PathBuf> {
            let all = self.0.iter().map(|(name, _)| PathBuf::from(name));
            all.filter(|it| it.parent() == Some(folder) && it.extension().is_some_and(|it| it == "yaml")).collect()
        }
    }

    /// What is shown above which line, and to which line of which file it leads.
    fn shown(folder: &Folder, name: &str, language: Language) -> Vec<String> {
        let document = folder.document(Path::new(name), language).unwrap();
        let mut config = Config::default();
        config.select(&["relative-workdir", "floating-tag", "undefined-reference"].map(str::to_owned)).unwrap();
        let found = check(&document, &config, folder);
        let line = |document: &Document, at| document.position(at).line;
        let all = lenses(&document, folder, &found);
        all.iter()
            .map(|it| {
                let to = it.target.as_ref().map_or("nowhere".to_owned(), |(other, range)| {
                    let other = other.as_ref().unwrap_or(&document);
                    format!("{}:{}", other.path().display(), line(other, range.start()))
                });
                format!("{} {} -> {to}", line(&document, it.range.start()), it.title)
            })
            .collect()
    }

    #[test]
    fn stages_say_who_builds_them() {
        let dockerfile = "ARG V=1\nFROM a:1 AS one\nUSER app\nFROM b:1\nUSER root\nUSER app\n".to_owned();
        let compose =
            "services:\n  web: {build: {context: app, target: one}}\n  job: {build: app}\n  other: {build: .}\n";
        let over = "services:\n  web: {user: me}\n".to_owned();
        let mut folder = Folder(vec![
            ("app/Dockerfile", dockerfile),
            ("compose.yaml", compose.to_owned()),
            ("compose.override.yaml", over + "# build\n"),
        ]);
        let wanted = [
            "1 built by service web -> compose.yaml:2",
            "1 built by service job -> compose.yaml:3",
            "2 used by service web -> compose.yaml:2",
            "4 used by service job -> compose.yaml:3",
        ];
        assert_eq!(shown(&folder, "app/Dockerfile", Language::Dockerfile), wanted);
        // Of one stage it is said once; of many services some are named.
        folder.0[0].1 = "FROM a:1\nUSER app\n".to_owned();
        folder.0[1].1 = (1..=5).fold("services:\n".to_owned(), |text, n| text + &format!("  s{n}: {{build: app}}\n"));
        let titles = shown(&folder, "app/Dockerfile", Language::Dockerfile);
        assert_eq!(titles.len(), 4);
        assert_eq!(titles[3], "1 and 2 more services -> nowhere");
    }

    #[test]
    fn stages_and_services_say_how_much_was_found() {
        let dockerfile = "FROM a:1 AS one\nWORKDIR x\nFROM b:latest\nWORKDIR y\nUSER app\n".to_owned();
        let compose = "services:\n  web:\n    image: x:1\n    depends_on: [db]\n  job:\n    image: y:1\n".to_owned();
        let folder = Folder(vec![("Dockerfile", dockerfile), ("compose.yaml", compose)]);
        let of = |name, language| shown(&folder, name, language);
        assert_eq!(
            of("Dockerfile", Language::Dockerfile),
            ["1 1 finding -> Dockerfile:2", "3 2 findings -> Dockerfile:3"]
        );
        assert_eq!(of("compose.yaml", Language::Compose), ["2 1 finding -> compose.yaml:4"]);
    }

    #[test]
    fn half_typed_text_is_no_trouble() {
        let folder =
            Folder(vec![("Dockerfile", "FROM".to_owned()), ("compose.yaml", "services:\n  a: {build: \n".to_owned())]);
        let _ = shown(&folder, "Dockerfile", Language::Dockerfile);
        let _ = shown(&folder, "compose.yaml", Language::Compose);
    }
}
