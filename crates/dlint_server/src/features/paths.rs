//! Paths that may be typed, from the folders of the project.

use std::path::{Component, Path, PathBuf};

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_linter::compose::{Project, Sources, normalize_path};
use dlint_linter::dockerignore::Dockerignore;
use dlint_syntax::TextSize;
use dlint_syntax::dockerfile::{Instruction, Kind, Source};

use super::completion::{CompletionKind, List};
use super::navigation::{around, is_of};

/// Where paths begin, and which are wanted.
struct Wanted {
    /// The folder that relative paths are taken from.
    base: PathBuf,
    /// Only folders.
    folders_only: bool,
}

impl Wanted {
    fn new(base: impl Into<PathBuf>) -> Self {
        Self { base: base.into(), folders_only: false }
    }

    fn folder(base: impl Into<PathBuf>) -> Self {
        Self { base: base.into(), folders_only: true }
    }
}

/// Adds what lies in the folder that is typed; hidden entries once a point is.
fn add(list: &mut List, files: &dyn Files, wanted: &Wanted, typed: &str, is_left_out: &dyn Fn(&Path) -> bool) {
    let (folder, name) = typed.rsplit_once('/').map_or(("", typed), |(folder, name)| (folder, name));
    let head = typed.get(..typed.len() - name.len()).unwrap_or_default();
    let path = normalize_path(&wanted.base.join(folder));
    for entry in files.list(&path, name.starts_with('.')) {
        // What would have to be quoted is left to whoever types it.
        let is_plain =
            !entry.name.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'#:,[]{}$\\`*?".contains(c));
        if !is_plain || (wanted.folders_only && !entry.is_folder) || is_left_out(&path.join(&entry.name)) {
            continue;
        }
        let (kind, end) = if entry.is_folder { (CompletionKind::Folder, "/") } else { (CompletionKind::File, "") };
        let label = format!("{}{end}", entry.name);
        if !list.all.iter().any(|it| it.label == label) {
            list.add_as(kind, label.clone(), format!("{head}{label}"), "", "");
        }
    }
}

/// The files of the build context that a `COPY` or `ADD` may name at a byte.
pub(super) fn of_context(
    list: &mut List,
    document: &Document,
    files: &dyn Files,
    instruction: &Instruction,
    at: usize,
    typed: &str,
) {
    let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { return };
    let is_elsewhere = instruction.flags.iter().any(|flag| flag.name.text.eq_ignore_ascii_case("from"));
    // The last of several words is where the files go.
    let place = TextSize::new(at as u32);
    let is_last = match &copy.destination {
        Some(path) => !copy.sources.is_empty() && (path.range.end() <= place || path.range.contains_inclusive(place)),
        // Behind the only word that is there.
        None => copy.sources.iter().any(|source| matches!(source, Source::Path(word) if word.range.end() < place)),
    };
    if is_elsewhere || is_last || typed.contains("://") {
        return;
    }
    in_context(list, document, files, typed);
}

/// The files of the build context below what is typed.
pub(super) fn in_context(list: &mut List, document: &Document, files: &dyn Files, typed: &str) {
    if climbs(typed) {
        return;
    }
    let context = context(document, files);
    let ignored = Dockerignore::find(&context, Some(document.path()), files);
    let is_left_out = |path: &Path| {
        let path = path.strip_prefix(&context).unwrap_or(path).to_string_lossy().replace('\\', "/");
        ignored.leaves_out_wholly(&path)
    };
    let rest = typed.trim_start_matches('/');
    let begun = list.all.len();
    add(list, files, &Wanted::new(context.clone()), rest, &is_left_out);
    let slashes = typed.get(..typed.len() - rest.len()).unwrap_or_default();
    for it in list.all.iter_mut().skip(begun) {
        it.text.insert_str(0, slashes);
    }
}

fn climbs(path: &str) -> bool {
    Path::new(path).components().any(|part| part == Component::ParentDir)
}

/// The folder that a Dockerfile is built with: the one that a Compose file names, else its own.
fn context(document: &Document, files: &dyn Files) -> PathBuf {
    let own = document.path().parent().unwrap_or(Path::new(""));
    for compose in around(document, "build", files) {
        let sources = Sources::new(&compose);
        let Some(project) = Project::load(&sources, files) else { continue };
        let mut builds = project.services.iter().filter_map(|service| service.build());
        if let Some(build) = builds.find(|build| is_of(build, document.path(), files))
            && let Some(context) = build.context_path()
        {
            return normalize_path(&context);
        }
    }
    own.to_owned()
}

/// The paths that may be typed at a place of a Compose file: the keys that lead there, and what is typed.
pub(super) fn of_compose(list: &mut List, document: &Document, files: &dyn Files, keys: &[&str], typed: &str) {
    let own = document.path().parent().unwrap_or(Path::new("")).to_owned();
    let wanted = match keys {
        ["services", _, "build"]
        | ["services", _, "build", "context" | "additional_contexts"]
        | ["services", _, "build", "additional_contexts", _]
        | ["include", "[]", "project_directory"] => Wanted::folder(own),
        ["services", service, "build", "dockerfile"] => Wanted::new(built(document, files, service).unwrap_or(own)),
        ["services", _, "env_file" | "label_file"]
        | ["services", _, "env_file" | "label_file", "[]"]
        | ["services", _, "env_file", "[]", "path"]
        | ["services", _, "extends", "file"]
        | ["services", _, "develop", "watch", "[]", "path"]
        | ["include", "[]"]
        | ["include", "[]", "path" | "env_file"]
        | ["include", "[]", "path" | "env_file", "[]"]
        | ["secrets" | "configs", _, "file"] => Wanted::new(own),
        // A name without a point is that of a volume.
        ["services", _, "volumes", "[]"] | ["services", _, "volumes", "[]", "source"]
            if typed.starts_with('.') && !typed.contains(':') =>
        {
            Wanted::new(own)
        }
        _ => return,
    };
    if typed.contains(['$', '~']) || typed.contains("://") || typed.starts_with('/') {
        return;
    }
    // A Compose file has no use for itself.
    add(list, files, &wanted, typed, &|path| path == document.path());
}

/// The build context of a service.
fn built(document: &Document, files: &dyn Files, service: &str) -> Option<PathBuf> {
    let sources = Sources::new(document);
    let project = Project::load(&sources, files)?;
    project.service(service)?.build()?.context_path()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    use dlint_linter::check::{Files, Listed};
    use dlint_linter::compose::normalize_path;
    use dlint_linter::{Document, Language};
    use dlint_syntax::TextSize;

    use crate::features::completion::CompletionKind::{File, Folder};
    use crate::features::completion::completions;

    /// Files by their paths.
    struct Memory(BTreeMap<PathBuf, String>);

    impl Files for Memory {
        fn document(&self, path: &Path, language: Language) -> Option<Arc<Document>> {
            let path = normalize_path(path);
            let text = self.0.get(&path)?;
            Some(Arc::new(Document::parse(path, text.as_str(), language)))
        }

        fn is_checked(&self, _: &Path) -> bool {
            false
        }

        fn text(&self, path: &Path) -> Option<Arc<str>> {
            self.0.get(&normalize_path(path)).map(|text| text.as_str().into())
        }

        fn compose_files(&self, folder: &Path) -> Vec<PathBuf> {
            let is_compose = |path: &&PathBuf| path.parent() == Some(folder) && path.ends_with("compose.yaml");
            self.0.keys().filter(is_compose).cloned().collect()
        }

        fn list(&self, folder: &Path, hidden: bool) -> Vec<Listed> {
            let folder = normalize_path(folder);
            let mut found: Vec<Listed> = Vec::new();
            for rest in self.0.keys().filter_map(|path| path.strip_prefix(&folder).ok()) {
                let mut parts = rest.components();
                let Some(name) = parts.next().map(|it| it.as_os_str().to_str().unwrap().to_owned()) else { continue };
                if (hidden || !name.starts_with('.')) && !found.iter().any(|it| it.name == name) {
                    found.push(Listed { name, is_folder: parts.next().is_some() });
                }
            }
            found
        }
    }

    /// The texts that may be typed at the `|` of a file, as far as they are paths.
    fn at(path: &str, text: &str) -> Vec<String> {
        let compose = "services:\n  web:\n    build: {context: ., dockerfile: docker/Dockerfile}\n";
        let mut files: BTreeMap<PathBuf, String> = [
            "src/main.rs",
            "src/lib/a b.rs",
            ".env",
            "other.yaml",
            "docker/Dockerfile",
            "docker/entry.sh",
            "target/x",
            "app/dev.Dockerfile",
        ]
        .map(|path| (PathBuf::from(path), String::new()))
        .into();
        files.insert("compose.yaml".into(), compose.to_owned());
        files.insert(".dockerignore".into(), "target\n".to_owned());
        let offset = text.find('|').unwrap();
        let language = if path.ends_with("yaml") { Language::Compose } else { Language::Dockerfile };
        let document = Document::parse(path, text.replacen('|', "", 1), language);
        let all = completions(&document, &Memory(files), TextSize::new(offset as u32));
        all.into_iter().filter(|it| matches!(it.kind, File | Folder)).map(|it| it.text).collect()
    }

    #[test]
    fn sources_are_those_of_the_build_context() {
        let at = |text| at("docker/Dockerfile", text);
        // The Compose file builds it with the folder above, and `.dockerignore` leaves out `target`.
        assert_eq!(at("FROM a\nCOPY |"), ["app/", "compose.yaml", "docker/", "other.yaml", "src/"]);
        assert_eq!(at("FROM a\nCOPY s| /x\n"), at("FROM a\nCOPY |"));
        assert_eq!(at("FROM a\nCOPY --link ./src/| /x\n"), ["./src/lib/", "./src/main.rs"]);
        assert_eq!(at("FROM a\nADD /docker/e| /x\n"), ["/docker/Dockerfile", "/docker/entry.sh"]);
        assert_eq!(at("FROM a\nCOPY other.yaml src/| /x\n"), ["src/lib/", "src/main.rs"]);
        assert_eq!(at("FROM a\nCOPY .| /x\n")[..2], [".dockerignore", ".env"]);
        for none in
            ["COPY src |", "COPY src src/|", "COPY --from=x src/| y", "COPY ../| y", "ADD https://src/| y", "RUN src/|"]
        {
            let text = format!("FROM a\n{none}\n");
            assert_eq!(super::tests::at("docker/Dockerfile", &text), [""; 0], "{none}");
        }
        // Without a Compose file that says so, the context is its own folder.
        assert_eq!(super::tests::at("app/dev.Dockerfile", "FROM a\nCOPY |"), ["dev.Dockerfile"]);
    }

    #[test]
    fn keys_of_compose_files_have_paths() {
        let at = |text: &str| at("compose.yaml", text);
        let service = |text: &str| at(&format!("services:\n  web:\n    {text}\n"));
        let folders = ["app/", "docker/", "src/", "target/"];
        assert_eq!(service("build: |"), folders);
        assert_eq!(service("build:\n      context: ./|"), folders.map(|it| format!("./{it}")));
        assert_eq!(service("build:\n      context: app\n      dockerfile: |"), ["dev.Dockerfile"]);
        assert_eq!(service("env_file: .|")[..2], [".dockerignore", ".env"]);
        assert_eq!(service("env_file:\n      - src/|"), ["src/lib/", "src/main.rs"]);
        assert_eq!(service("env_file:\n      - path: src/m|"), ["src/lib/", "src/main.rs"]);
        assert_eq!(service("volumes:\n      - ./src/|"), ["./src/lib/", "./src/main.rs"]);
        assert_eq!(service("volumes: [\"./docker/|\"]"), ["./docker/Dockerfile", "./docker/entry.sh"]);
        assert_eq!(service("volumes:\n      - ./src:/|"), [""; 0]);
        assert_eq!(service("volumes:\n      - d|"), [""; 0]);
        assert_eq!(service("volumes:\n      - /|"), [""; 0]);
        assert_eq!(service("extends:\n      file: docker/|"), ["docker/Dockerfile", "docker/entry.sh"]);
        assert_eq!(service("image: src/|"), [""; 0]);
        assert_eq!(at("include:\n  - docker/|\n"), ["docker/Dockerfile", "docker/entry.sh"]);
        assert_eq!(at("secrets:\n  a:\n    file: src/|\n"), ["src/lib/", "src/main.rs"]);
        assert_eq!(at("configs:\n  a:\n    file: $X/|\n"), [""; 0]);
    }
}
