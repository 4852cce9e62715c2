//! To which project a Compose file belongs, and what it is in it.
//!
//! Source: Docker documentation, "How Compose works", "The Compose file"; `docker compose`, "Use `-f` to specify the name and path of one or
//! more Compose files"; "Pre-defined environment variables in Docker Compose", `COMPOSE_FILE`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dotenv::Variables;
use super::node::{Layer, Node};
use crate::check::Files;
use crate::document::Document;
use crate::language::Language;

/// The names that Compose looks for, the first before the others.
const NAMES: [&str; 4] = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/// The names of what it lays over them.
const OVERRIDES: [&str; 4] =
    ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

/// How many folders upwards a file is looked for that includes or extends this one.
const LEVELS: usize = 4;

/// How many files a folder may have to be searched, and how often a file that includes another is itself included.
const MOST: usize = 200;
const DEPTH: usize = 8;

/// What a file is in its project.
pub(super) struct Role {
    /// The files that are laid over each other, from the lowest; the checked one is among them, or included by one of them.
    pub(super) files: Vec<Part>,
    /// Whether what the file does not say may be said by one that cannot be told: it is laid over another, or extended by one.
    pub(super) is_fragment: bool,
}

/// A file of a project.
#[derive(Clone)]
pub(super) enum Part {
    /// The file that is checked.
    Checked,
    /// Another.
    Other(Arc<Document>),
}

impl Part {
    fn document<'d>(&'d self, checked: &'d Document) -> &'d Document {
        match self {
            Self::Checked => checked,
            Self::Other(document) => document,
        }
    }
}

/// Finds out.
pub(super) fn role(checked: &Document, files: &dyn Files) -> Role {
    let mut role = own_role(&Part::Checked, checked, files);
    if role.files.len() > 1 {
        return role;
    }
    let mut current = Part::Checked;
    for depth in 0..DEPTH {
        let path = current.document(checked).path().to_owned();
        let Some(name) = name_of(&path) else { break };
        match user(&path, name, checked, files) {
            Some((Use::Includes, user)) if user.path() != checked.path() => {
                current = Part::Other(user);
                let outer = own_role(&current, checked, files);
                role = Role { files: outer.files, is_fragment: role.is_fragment || outer.is_fragment };
            }
            Some((Use::Extends, _)) if depth == 0 => {
                role.is_fragment = true;
                break;
            }
            _ => break,
        }
    }
    role
}

fn name_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

/// What a file is by its own name and folder.
fn own_role(part: &Part, checked: &Document, files: &dyn Files) -> Role {
    let document = part.document(checked);
    let whole = |files| Role { files, is_fragment: false };
    let alone = || vec![part.clone()];
    let folder = document.path().parent().unwrap_or(Path::new(""));
    let Some(name) = name_of(document.path()) else { return whole(alone()) };
    let other = |name: &str| {
        let path = folder.join(name);
        let document = files.document(&path, Language::Compose)?;
        Some(if document.path() == checked.path() { Part::Checked } else { Part::Other(document) })
    };
    if let Some(listed) = listed(folder, name, files) {
        let parts: Vec<Part> = listed.iter().filter_map(|name| other(name)).collect();
        if parts.len() == listed.len() {
            return whole(parts);
        }
    }
    if OVERRIDES.contains(&name) {
        return match NAMES.iter().find_map(|name| other(name)) {
            Some(base) => whole(vec![base, part.clone()]),
            None => Role { files: alone(), is_fragment: true },
        };
    }
    if let Some(base) = base_name(name) {
        return match other(&base) {
            Some(base) => whole(vec![base, part.clone()]),
            None => Role { files: alone(), is_fragment: true },
        };
    }
    if NAMES.contains(&name)
        && let Some(over) = OVERRIDES.iter().find_map(|name| other(name))
    {
        // Compose takes the first of its names only.
        let first = NAMES.iter().take_while(|it| **it != name).any(|it| other(it).is_some());
        return if first { whole(alone()) } else { whole(vec![part.clone(), over]) };
    }
    whole(alone())
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
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Includes,
    Extends,
}

/// A file in the same folder or one above that includes or extends the file at `path`.
fn user(path: &Path, name: &str, checked: &Document, files: &dyn Files) -> Option<(Use, Arc<Document>)> {
    let mut folder = path.parent();
    let mut found = None;
    for _ in 0..LEVELS {
        let Some(current) = folder else { break };
        for candidate in files.compose_files(current).into_iter().take(MOST) {
            if candidate == path {
                continue;
            }
            let Some(document) = files.document(&candidate, Language::Compose) else { continue };
            if document.path() == path || document.path() == checked.path() || !document.text().contains(name) {
                continue;
            }
            match uses(&document, path) {
                Some(Use::Includes) => return Some((Use::Includes, document)),
                Some(Use::Extends) => found = found.or(Some((Use::Extends, document))),
                None => {}
            }
        }
        folder = current.parent();
    }
    found
}

/// How a document uses the file at `path`, as far as it says so without variables.
fn uses(document: &Document, path: &Path) -> Option<Use> {
    let folder = document.path().parent().unwrap_or(Path::new(""));
    let is_it = |name: &str| normalize(&folder.join(name)) == normalize(path);
    let mut found = None;
    for root in document.yaml()?.roots() {
        let root = Node::written(root, Layer::alone(folder));
        for item in root.get("include").map(|list| list.items()).unwrap_or_default() {
            let paths = if item.is_mapping() { item.get("path").map(|it| it.one_or_many()) } else { None };
            let paths = paths.unwrap_or_else(|| item.scalar().into_iter().collect());
            if paths.iter().any(|path| path.known().is_some_and(is_it)) {
                return Some(Use::Includes);
            }
        }
        for service in root.get("services").map(|it| it.fields()).unwrap_or_default() {
            let file = service.value.get("extends").and_then(|extends| extends.scalar_of("file"));
            if file.is_some_and(|file| file.known().is_some_and(is_it)) {
                found = Some(Use::Extends);
            }
        }
    }
    found
}

/// The path without `.` and `..`.
fn normalize(path: &Path) -> PathBuf {
    use std::path::Component;
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
