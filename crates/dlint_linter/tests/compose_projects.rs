//! The merged view of every project in `fixtures/compose-projects` is what Docker Compose made of it.
//!
//! `config.json` in a project is what the command in its `command.txt` printed, with the project's folder written as `/project`.
#![allow(clippy::unwrap_used)]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dlint_linter::compose::canonical::{Item, Value as Canonical, of_project};
use dlint_linter::compose::dotenv::Variables;
use dlint_linter::compose::{Invocation, Project, Sources};
use dlint_linter::{Document, Language};
use serde_json::{Map, Value};
use support::MemoryFiles;

/// What is compared. Compose fills in a few keys that say nothing of the project (`deploy.placement: {}`).
const KEYS: [&str; 29] = [
    "annotations",
    "build",
    "cap_add",
    "cap_drop",
    "command",
    "configs",
    "container_name",
    "cpus",
    "depends_on",
    "deploy",
    "dns",
    "entrypoint",
    "environment",
    "extra_hosts",
    "healthcheck",
    "image",
    "labels",
    "logging",
    "mem_limit",
    "mem_reservation",
    "network_mode",
    "networks",
    "pids_limit",
    "ports",
    "profiles",
    "restart",
    "secrets",
    "user",
    "volumes",
];

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(folder);
    let mut projects: Vec<PathBuf> =
        std::fs::read_dir(&root).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_dir()).collect();
    projects.sort();
    projects
}

fn insert_all(files: &mut MemoryFiles, root: &Path, folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()) {
        if entry.is_dir() {
            insert_all(files, root, &entry);
        } else if let Ok(text) = std::fs::read_to_string(&entry) {
            let path = Path::new("/project").join(entry.strip_prefix(root).unwrap());
            files.insert(path.to_str().unwrap(), &text);
        }
    }
}

/// The values that the command gives to an option.
fn values_of(command: &str, option: &str) -> Vec<String> {
    let words: Vec<&str> = command.split_whitespace().collect();
    words.windows(2).filter(|it| it[0] == option).map(|it| it[1].to_owned()).collect()
}

/// The files that the command reads: those that it names, or the one that Compose finds.
fn main_files(project: &Path, command: &str) -> Vec<String> {
    let named = values_of(command, "-f");
    if !named.is_empty() {
        return named;
    }
    let names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
    names.into_iter().find(|name| project.join(name).exists()).map(str::to_owned).into_iter().collect()
}

fn json(item: &Item) -> Value {
    match &item.value {
        Canonical::Null => Value::Null,
        Canonical::Bool(value) => Value::Bool(*value),
        Canonical::Number(text) => text.parse::<f64>().map_or(Value::String(text.clone()), |number| {
            if number.fract() == 0.0 { Value::from(number as i64) } else { Value::from(number) }
        }),
        Canonical::Text(text) => Value::String(text.clone()),
        Canonical::Unknown(text) => Value::String(format!("unknown {text}")),
        Canonical::List(items) => Value::Array(items.iter().map(json).collect()),
        Canonical::Map(entries) => Value::Object(entries.iter().map(|(key, item)| (key.clone(), json(item))).collect()),
    }
}

/// What Compose printed, with each `$` once: it doubles them so that they can be read again.
fn undoubled(value: &Value, is_path: bool) -> Value {
    let once = |text: &str| match text.replace("$$", "$").replace("/nonexistent", "~") {
        // What lies above the project's folder.
        text if text.is_empty() && is_path => "/".to_owned(),
        text => text,
    };
    match value {
        Value::String(text) => Value::String(once(text)),
        Value::Array(items) => Value::Array(items.iter().map(|item| undoubled(item, false)).collect()),
        Value::Object(entries) => {
            let entry =
                |(key, value): (&String, &Value)| (once(key), undoubled(value, key == "context" || key == "source"));
            Value::Object(entries.iter().map(entry).collect())
        }
        other => other.clone(),
    }
}

/// A value without what only one side says: empty mappings, `false`, zero.
fn plain(value: &Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Object(entries) => {
            let all = entries.iter().map(|(key, value)| (key.clone(), plain(value)));
            let says_something = |value: &Value| value.as_object().is_none_or(|it| !it.is_empty());
            let is_ours = |key: &str| !key.starts_with("x-");
            let is_default = |value: &Value| *value == false || *value == "0s" || *value == 0;
            let kept = all.filter(|(key, value)| is_ours(key) && !is_default(value) && says_something(value));
            Value::Object(kept.collect())
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            if number.fract() == 0.0 { Value::from(number as i64) } else { Value::from(number) }
        }
        other => other.clone(),
    }
}

fn compared(service: &Value) -> Map<String, Value> {
    let all = service.as_object().unwrap().iter();
    let known = all.filter(|(key, value)| KEYS.contains(&key.as_str()) && !value.is_null());
    let plain = known.map(|(key, value)| (key.clone(), plain(value)));
    let says_something = |value: &Value| {
        value.as_object().is_none_or(|it| !it.is_empty())
            && value.as_array().is_none_or(|it| !it.is_empty())
            && *value != 0
            && *value != "0"
            && *value != ""
    };
    plain.filter(|(_, value)| says_something(value)).collect()
}

#[test]
fn merged_services_are_those_of_docker_compose() {
    let mut differences = String::new();
    let projects = fixtures("compose-projects");
    assert!(projects.len() >= 60, "there are {} projects", projects.len());
    for project in projects {
        let name = project.file_name().unwrap().to_str().unwrap();
        let recorded: Value =
            serde_json::from_str(&std::fs::read_to_string(project.join("config.json")).unwrap()).unwrap();
        let mut files = MemoryFiles::default();
        insert_all(&mut files, &project, &project);
        let parse = |name: &String| {
            let text = std::fs::read_to_string(project.join(name)).unwrap();
            Arc::new(Document::parse(format!("/project/{name}"), text, Language::Compose))
        };
        let command = std::fs::read_to_string(project.join("command.txt")).unwrap();
        let documents: Vec<_> = main_files(&project, &command).iter().map(parse).collect();
        let sources = Sources::new(&documents[0]);
        let in_project = |name: String| Path::new("/project").join(name);
        let invocation = Invocation {
            shell: Variables::closed(),
            over: documents[1..].to_vec(),
            directory: values_of(&command, "--project-directory").pop().map(in_project),
            env_files: values_of(&command, "--env-file").into_iter().map(in_project).collect(),
        };
        let view = Project::load_with(&sources, &files, &invocation).unwrap();
        let ours = json(&of_project(&view, &files));
        let services = recorded["services"].as_object().unwrap();
        let names = |value: &Value| value["services"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        // Without a profile Compose leaves out the services that have one.
        if command.contains("--profile '*'") && names(&ours).len() != services.len() {
            writeln!(differences, "{name}: services {:?} of {:?}", names(&ours), names(&recorded)).unwrap();
        }
        for (service, theirs) in services {
            let theirs = compared(&undoubled(theirs, false));
            let ours = compared(&ours["services"].get(service).cloned().unwrap_or(Value::Object(Map::new())));
            for key in KEYS {
                if theirs.get(key) != ours.get(key) {
                    writeln!(
                        differences,
                        "{name}: {service}.{key}\n  theirs {}\n  ours   {}",
                        theirs.get(key).unwrap_or(&Value::Null),
                        ours.get(key).unwrap_or(&Value::Null)
                    )
                    .unwrap();
                }
            }
        }
    }
    assert!(differences.is_empty(), "{differences}");
}
