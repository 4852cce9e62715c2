//! To which project a Compose file belongs, and what it is in it.
//!
//! Source: Docker documentation, "How Compose works", "The Compose file"; `docker compose`, "Use `-f` to specify the name and path of one or
//! more Compose files"; "Pre-defined environment variables in Docker Compose", `COMPOSE_FILE`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dotenv::Variables;
use super::node::{Layer, Node};
use super::scalar::Scalar;
use crate::check::Files;
use crate::document::Document;
use crate::language::Language;
use dlint_syntax::hash::{HashMap, HashSet};

/// The names that Compose looks for, the first before the others.
const NAMES: [&str; 4] = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/// The names of what it lays over them.
const OVERRIDES: [&str; 4] =
    ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

/// How many folders upwards a file is looked for that includes or extends this one.
const LEVELS: usize = 4;

/// How many files of a folder are searched.
const MOST: usize = 1000;

/// How many files are looked at that include one, straight or through others.
const MOST_INCLUDERS: usize = 32;

/// What a file is in its project.
pub(super) struct Role {
    /// The files that are laid over each other, from the lowest; the checked one is among them.
    pub(super) files: Vec<Part>,
    /// Whether what the file does not say may be said by one that cannot be told: it is laid over another, or extended by one.
    pub(super) is_fragment: bool,
    /// A file that includes this one, so that it may refer to what that one defines.
    pub(super) includer: Option<Arc<Document>>,
    /// How it does.
    pub(super) included: Included,
}

/// A file of a project.
#[derive(Clone)]
pub(super) enum Part {
    /// The file that is checked.
    Checked,
    /// Another.
    Other(Arc<Document>),
}

/// Finds out. A file that is included is not read as a part of what includes it: it is a project of its own but for its references,
/// and a project of many included files would be read as often as it has files.
pub(super) fn role(checked: &Document, files: &dyn Files) -> Role {
    let mut role = own_role(checked, files);
    if role.files.len() == 1 {
        match user(checked.path(), files) {
            Some(User { way: Use::Includes, document, how }) => {
                role.includer = Some(document);
                role.included = how;
            }
            Some(User { way: Use::Extends, .. }) => role.is_fragment = true,
            None => {}
        }
    }
    role
}

/// Whether Compose itself takes a file for the lowest of a project, by its name. The files of a development container are named like that
/// too, and laid over others.
pub(super) fn is_base(path: &Path) -> bool {
    let is_of_container = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == ".devcontainer");
    name_of(path).is_some_and(|name| NAMES.contains(&name)) && !is_of_container
}

/// Whether nothing else belongs to the project of a file, as far as can be told.
pub(crate) fn is_alone(checked: &Document, files: &dyn Files) -> bool {
    let role = role(checked, files);
    role.files.len() == 1 && !role.is_fragment
}

fn name_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

/// What a file is by its own name and folder.
fn own_role(checked: &Document, files: &dyn Files) -> Role {
    let role = |files, is_fragment| Role { files, is_fragment, includer: None, included: Included::default() };
    let alone = || vec![Part::Checked];
    let folder = checked.path().parent().unwrap_or(Path::new(""));
    let Some(name) = name_of(checked.path()) else { return role(alone(), false) };
    let paths = files.compose_files(folder);
    let names: Vec<&str> = paths.iter().filter_map(|path| name_of(path)).collect();
    let other = |other: &str| {
        if other == name {
            return Some(Part::Checked);
        }
        let at = names.iter().position(|it| *it == other)?;
        files.document(&paths[at], Language::Compose).map(Part::Other)
    };
    if let Some(listed) = listed(folder, name, files) {
        let parts: Vec<Part> = listed.iter().filter_map(|name| other(name)).collect();
        if parts.len() == listed.len() {
            return role(parts, false);
        }
    }
    let over = |base: Option<Part>| match base {
        Some(base) => role(vec![base, Part::Checked], false),
        None => role(alone(), true),
    };
    if OVERRIDES.contains(&name) {
        return over(NAMES.iter().find_map(|name| other(name)));
    }
    if let Some(base) = base_name(name) {
        return over(other(&base));
    }
    // Compose takes the first of its names only.
    let is_taken = NAMES.iter().find(|it| names.contains(it)).is_none_or(|first| *first == name);
    if NAMES.contains(&name)
        && is_taken
        && let Some(upper) = OVERRIDES.iter().find_map(|name| other(name))
    {
        return role(vec![Part::Checked, upper], false);
    }
    role(alone(), false)
}

/// The files that `COMPOSE_FILE` in the folder's `.env` names, if this is one of them.
fn listed(folder: &Path, name: &str, files: &dyn Files) -> Option<Vec<String>> {
    let text = files.text(&folder.join(".env"))?;
    if !text.contains("COMPOSE_FILE") {
        return None;
    }
    let mut variables = Variables::default();
    variables.add_text(&text);
    let list = variables.known("COMPOSE_FILE")?;
    let separator = variables.known("COMPOSE_PATH_SEPARATOR").unwrap_or(":");
    let names: Vec<String> = list.split(separator).map(|name| name.trim_start_matches("./").to_owned()).collect();
    names.iter().any(|it| it == name).then_some(names)
}

/// The name of the file that one with `.override` in its name is laid over.
fn base_name(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let mark = [".override", "-override", "_override"].into_iter().find(|mark| lower.contains(mark))?;
    let at = lower.find(mark)?;
    Some(format!("{}{}", &name[..at], &name[at + mark.len()..]))
}

/// How a file uses another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Includes,
    Extends,
}

/// Which Compose files of a folder include or extend which others. Worked out once for each folder, and kept by [`Files`].
#[derive(Debug, Default)]
pub struct References(HashMap<PathBuf, Vec<Reference>>);

/// That one Compose file uses another.
#[derive(Debug)]
struct Reference {
    way: Use,
    /// Who does.
    user: PathBuf,
    /// What an entry of `include` says beside the path, where it is a mapping.
    how: Option<Included>,
}

/// A file that uses another.
struct User {
    way: Use,
    document: Arc<Document>,
    how: Included,
}

impl References {
    /// Reads the Compose files of a folder, and what they include, which may have any name.
    pub fn read(files: &(impl Files + ?Sized), folder: &Path) -> Self {
        let mut references = Self::default();
        let mut paths = files.compose_files(folder);
        let mut seen: HashSet<PathBuf> = paths.iter().map(|path| normalize(path)).collect();
        let mut at = 0;
        while let Some(path) = paths.get(at).filter(|_| at < MOST) {
            at += 1;
            let Some(document) = files.document(path, Language::Compose) else { continue };
            references.add(&document, &mut |included| {
                if seen.insert(included.to_owned()) {
                    paths.push(included.to_owned());
                }
            });
        }
        references
    }

    /// Adds what a document names, as far as it says so without variables. `include` gets each file that it includes.
    fn add(&mut self, document: &Document, include: &mut dyn FnMut(&Path)) {
        if !document.text().contains("include") && !document.text().contains("extends") {
            return;
        }
        let folder = document.path().parent().unwrap_or(Path::new(""));
        let mut add = |names: Vec<Scalar>, way: Use, how: Option<Included>| {
            for name in names.iter().filter_map(Scalar::known) {
                let target = normalize(&folder.join(name));
                if way == Use::Includes {
                    include(&target);
                }
                let user = document.path().to_owned();
                self.0.entry(target).or_default().push(Reference { way, user, how: how.clone() });
            }
        };
        let roots = document.yaml().into_iter().flat_map(dlint_syntax::yaml::Yaml::roots);
        for root in roots.map(|root| Node::written(root, Layer::alone(folder))) {
            for item in root.get("include").map(|list| list.items()).unwrap_or_default() {
                add(included_paths(&item), Use::Includes, item.is_mapping().then(|| Included::read(&item)));
            }
            for service in root.get("services").map(|it| it.fields()).unwrap_or_default() {
                let file = service.value.get("extends").and_then(|extends| extends.scalar_of("file"));
                add(file.into_iter().collect(), Use::Extends, None);
            }
        }
    }

    /// The files that use the one at a path.
    fn users(&self, path: &Path) -> &[Reference] {
        self.0.get(path).map_or(&[], Vec::as_slice)
    }
}

/// A file in the same folder or one above that includes or extends the file at `path`.
fn user(path: &Path, files: &dyn Files) -> Option<User> {
    let path = normalize(path);
    let mut found = None;
    for folder in path.ancestors().skip(1).take(LEVELS) {
        let references = files.references(folder);
        let users = references.users(&path);
        for Reference { way, user, .. } in users {
            if *user == path || (*way == Use::Extends && found.is_some()) {
                continue;
            }
            let Some(document) = files.document(user, Language::Compose) else { continue };
            if *way == Use::Includes {
                let how = users.iter().filter(|it| it.user == *user).find_map(|it| it.how.clone()).unwrap_or_default();
                return Some(User { way: Use::Includes, document, how });
            }
            found = Some(User { way: Use::Extends, document, how: Included::default() });
        }
    }
    found
}

/// The paths that an item of `include` names.
pub(crate) fn included_paths(item: &Node<'_>) -> Vec<Scalar> {
    if item.is_mapping() {
        item.get("path").map(|paths| paths.one_or_many()).unwrap_or_default()
    } else {
        item.scalar().into_iter().collect()
    }
}

/// How a file is included by another.
#[derive(Debug, Clone, Default)]
pub(super) struct Included {
    /// The folder that its paths are relative to, if the other file says it.
    pub(super) directory: Option<PathBuf>,
    /// The files of its variables, if the other file names them.
    pub(super) env_files: Option<Vec<PathBuf>>,
}

impl Included {
    /// What an entry of `include` says, as far as it says so without variables.
    fn read(item: &Node<'_>) -> Self {
        let join = |scalar: Scalar| Some(normalize(&item.join(scalar.known()?)));
        Self {
            directory: item.scalar_of("project_directory").and_then(join),
            env_files: item.get("env_file").map(|list| list.one_or_many().into_iter().filter_map(join).collect()),
        }
    }
}

/// Whether a file is only a part of projects that other files begin.
pub(super) fn is_fragment(document: &Document, files: &dyn Files) -> bool {
    role(document, files).is_fragment
}

/// The files at which the projects begin that include the file at `path`, straight or through others.
pub(super) fn roots(path: &Path, files: &dyn Files) -> Vec<Arc<Document>> {
    let mut roots = Vec::new();
    let mut seen = vec![normalize(path)];
    let mut at = 0;
    while let Some(path) = seen.get(at).cloned() {
        at += 1;
        let mut includers = Vec::new();
        for folder in path.ancestors().skip(1).take(LEVELS) {
            let references = files.references(folder);
            let users = references.users(&path).iter().filter(|it| it.way == Use::Includes && it.user != path);
            includers.extend(users.map(|it| normalize(&it.user)));
        }
        if includers.is_empty() && at > 1 {
            roots.extend(files.document(&path, Language::Compose));
        }
        for includer in includers {
            if seen.len() < MOST_INCLUDERS && !seen.contains(&includer) {
                seen.push(includer);
            }
        }
    }
    roots
}

/// The path without `.` and `..`, by its text alone: links are not followed. What climbs above its beginning keeps its `..`.
pub fn normalize(path: &Path) -> PathBuf {
    use std::path::Component;
    if is_normal(path) {
        return path.to_owned();
    }
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(result.components().next_back(), Some(Component::Normal(_))) => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

/// Whether [`normalize`] has nothing to do, by a look at the bytes: most paths are so, and there are many of them.
fn is_normal(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_separator = |byte: Option<&u8>| byte.is_none_or(|&byte| byte == b'/');
    !cfg!(windows)
        && bytes.last() != Some(&b'/')
        && memchr::memchr_iter(b'.', bytes)
            .all(|at| at.checked_sub(1).is_some_and(|before| !is_separator(bytes.get(before))))
        && memchr::memmem::find(bytes, b"//").is_none()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::normalize;

    #[test]
    fn paths_are_made_plain() {
        let is = |path: &str, plain: &str| assert_eq!(normalize(Path::new(path)).as_os_str(), plain, "{path}");
        is("a/b.yaml", "a/b.yaml");
        is("/a/b", "/a/b");
        is("./a/./b", "a/b");
        is("a//b/", "a/b");
        is("a/../b", "b");
        is("../a/..b", "../a/..b");
        is("a/.env", "a/.env");
        is(".env", ".env");
        is("/", "/");
        is("", "");
    }
}
