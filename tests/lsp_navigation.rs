//! Selections, links, symbols and what is shown between the words, over the wire.
#![allow(clippy::unwrap_used)]

mod support {
    pub(crate) mod lsp;
    #[path = "mod.rs"]
    mod project;
    pub(crate) use project::*;
}

use serde_json::{Value, json};
use support::Project;
use support::lsp::Editor;

const DOCKERFILE: &str =
    "ARG TAG=3.20\nFROM alpine:$TAG AS build\nRUN echo 😀 two\nFROM ghcr.io/a/b:1\nCOPY --from=0 /a /b\nUSER app\n";
const COMPOSE: &str = "services:\n  web:\n    build: .\n    env_file: web.env\n    volumes:\n      - ./nginx.conf:/etc/nginx.conf\n  cache:\n    image: redis:${REDIS}\n    env_file: gone.env\nvolumes:\n  data:\n";

fn project() -> Project {
    Project::with(&[
        ("Dockerfile", DOCKERFILE),
        ("compose.yaml", COMPOSE),
        (".env", "REDIS=7\n"),
        ("web.env", "A=1\n"),
        ("nginx.conf", ""),
    ])
}

fn open(editor: &mut Editor<'_>) {
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.open("compose.yaml", "dockercompose", COMPOSE);
}

/// A request about a whole file.
fn whole(editor: &mut Editor<'_>, method: &str, name: &str) -> Vec<Value> {
    let params = json!({
        "textDocument": {"uri": editor.uri(name)},
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}},
    });
    editor.request(&format!("textDocument/{method}"), params).as_array().unwrap().clone()
}

#[test]
fn selections_grow() {
    let project = project();
    let mut editor = Editor::new(&project, &json!({}));
    open(&mut editor);
    let params = json!({
        "textDocument": {"uri": editor.uri("Dockerfile")},
        "positions": [{"line": 2, "character": 13}, {"line": 99, "character": 0}],
    });
    let found = editor.request("textDocument/selectionRange", params);
    assert_eq!(found.as_array().unwrap().len(), 2, "one for each place: {found}");
    let mut widths = Vec::new();
    let mut next = &found[0];
    while next.is_object() {
        widths.push((next["range"]["start"].clone(), next["range"]["end"].clone()));
        next = &next["parent"];
    }
    let at = |line: u32, character: u32| json!({"line": line, "character": character});
    assert_eq!(widths[0], (at(2, 12), at(2, 15)), "the word behind a character of two units");
    assert_eq!(widths[1], (at(2, 4), at(2, 15)));
    assert_eq!(widths[2].0, at(2, 0));
    assert_eq!(widths[3].0, at(1, 0), "the stage");
    assert_eq!(widths[4].0, at(0, 0), "the file");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn images_and_paths_are_links() {
    let project = project();
    let mut editor = Editor::new(&project, &json!({}));
    open(&mut editor);
    let found = whole(&mut editor, "documentLink", "Dockerfile");
    let targets: Vec<_> = found.iter().map(|it| it["target"].as_str().unwrap()).collect();
    assert_eq!(targets, ["https://hub.docker.com/_/alpine"]);
    let found = whole(&mut editor, "documentLink", "compose.yaml");
    let targets: Vec<_> = found.iter().map(|it| it["target"].as_str().unwrap().to_owned()).collect();
    let wanted = ["Dockerfile", "web.env", "nginx.conf"].map(|name| editor.uri(name));
    assert_eq!(targets[..3], wanted, "{found:?}");
    assert_eq!(targets[3..], ["https://hub.docker.com/_/redis"], "no link to a file that is not there");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn links_lead_to_what_compose_reads() {
    let text = "include:\n  - sub/compose.yaml\n  - path: [../other.yaml, sub/compose.yaml]\n    env_file: web.env\nservices:\n  a:\n    extends: {file: sub/compose.yaml, service: x}\n    build: {context: sub, dockerfile: Api}\nsecrets:\n  s: {file: ./web.env}\nconfigs:\n  c: {file: \"web.env\"}\n";
    let project = Project::with(&[
        ("sub/compose.yaml", "services:\n  x:\n    image: a\n"),
        ("sub/Api", "FROM a\n"),
        ("web.env", "A=1\n"),
    ]);
    let mut editor = Editor::new(&project, &json!({}));
    editor.open("compose.yaml", "dockercompose", text);
    let found = whole(&mut editor, "documentLink", "compose.yaml");
    let root = editor.uri("");
    let targets: Vec<_> =
        found.iter().map(|it| it["target"].as_str().unwrap().strip_prefix(&root).unwrap().to_owned()).collect();
    let wanted =
        ["sub/compose.yaml", "sub/compose.yaml", "web.env", "sub/compose.yaml", "sub/Api", "web.env", "web.env"];
    assert_eq!(targets, wanted);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn what_is_open_is_found_by_name() {
    let project = project();
    let mut editor = Editor::new(&project, &json!({}));
    open(&mut editor);
    let mut names = |query: &str| -> Vec<String> {
        let found = editor.request("workspace/symbol", json!({"query": query}));
        found.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(""), ["build", "ghcr.io/a/b:1", "web", "cache", "data"]);
    assert_eq!(names("WB"), ["web"]);
    assert_eq!(names("zzz"), [] as [&str; 0]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn values_are_shown_between_the_words() {
    let project = project();
    let mut editor = Editor::new(&project, &json!({}));
    open(&mut editor);
    let labels = |found: &[Value]| -> Vec<String> {
        found.iter().map(|it| format!("{}: {}", it["position"]["line"], it["label"].as_str().unwrap())).collect()
    };
    let found = whole(&mut editor, "inlayHint", "Dockerfile");
    assert_eq!(labels(&found), ["1: = alpine:3.20", "1: stage 0", "4: build"]);
    let found = whole(&mut editor, "inlayHint", "compose.yaml");
    assert_eq!(labels(&found), ["1: user: app", "7: = 7"]);
    assert!(found[0]["tooltip"].as_str().unwrap().contains("Dockerfile, line 6"), "{found:?}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn broken_text_is_answered() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &json!({}));
    let texts = [
        ("Dockerfile", "dockerfile", "FROM\nCOPY --from=\nRUN --mount=type=,\nENV\nONBUILD\nARG =\nCMD [\"\nRUN <<"),
        ("Dockerfile", "dockerfile", "FROM ${\n\\\n# x\n"),
        ("compose.yaml", "dockercompose", "services:\n  a: [\n  b:\n    build:\n    env_file: {path:\n  c: *x\n\t- ${"),
        ("compose.yaml", "dockercompose", "- a\n- {b: ${X\n"),
        ("compose.yaml", "dockercompose", ""),
        ("daemon.json", "json", "{\"a\": [1, {"),
    ];
    for (name, language, text) in texts {
        editor.open(name, language, text);
        for method in ["documentLink", "inlayHint"] {
            whole(&mut editor, method, name);
        }
        let places: Vec<Value> = (0..=text.lines().count() as u64)
            .flat_map(|line| (0..12).map(move |character| json!({"line": line, "character": character})))
            .collect();
        let params = json!({"textDocument": {"uri": editor.uri(name)}, "positions": places});
        let found = editor.request("textDocument/selectionRange", params);
        assert_eq!(found.as_array().unwrap().len(), places.len());
        editor.request("workspace/symbol", json!({"query": "a"}));
    }
    assert_eq!(editor.leave(), 0);
}
