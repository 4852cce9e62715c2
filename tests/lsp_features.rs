//! Completion, navigation and outlines of the language server, over the wire.
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
    "FROM alpine:3.20 AS build\nRUN echo 😀\nFROM alpine:3.20\nCOPY --from=build /a /b\nCMD [\"x\"]\n";
const COMPOSE: &str = "services:\n  web:\n    build:\n      context: .\n      target: build\n    networks: [front]\nnetworks:\n  front: {}\n";

fn nested() -> Value {
    json!({"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}})
}

fn ask(editor: &mut Editor<'_>, method: &str, name: &str, line: u32, character: u32) -> Value {
    let params = json!({
        "textDocument": {"uri": editor.uri(name)}, "position": {"line": line, "character": character},
        "context": {"includeDeclaration": true, "triggerKind": 1},
    });
    editor.request(&format!("textDocument/{method}"), params)
}

/// The labels of completions.
fn labels(editor: &mut Editor<'_>, name: &str, line: u32, character: u32) -> Vec<String> {
    let items = ask(editor, "completion", name, line, character);
    items.as_array().unwrap().iter().map(|it| it["label"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn names_are_completed_and_found_across_files() {
    let project = Project::with(&[("Dockerfile", DOCKERFILE), ("compose.yaml", COMPOSE)]);
    let mut editor = Editor::new(&project, &nested());
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.open("compose.yaml", "dockercompose", COMPOSE);

    assert_eq!(labels(&mut editor, "Dockerfile", 3, 12), ["build"]);
    assert_eq!(labels(&mut editor, "compose.yaml", 5, 15), ["front"]);
    assert_eq!(labels(&mut editor, "compose.yaml", 4, 14), ["build"]);

    let places = ask(&mut editor, "definition", "Dockerfile", 3, 14);
    assert_eq!(places[0]["range"]["start"], json!({"line": 0, "character": 20}));
    let places = ask(&mut editor, "definition", "compose.yaml", 5, 16);
    assert_eq!(places[0]["range"]["start"], json!({"line": 7, "character": 2}));
    let places = ask(&mut editor, "definition", "compose.yaml", 4, 16);
    assert_eq!(places[0]["uri"], editor.uri("Dockerfile"), "{places}");
    let places = ask(&mut editor, "references", "compose.yaml", 7, 3);
    assert_eq!(places.as_array().unwrap().len(), 2, "{places}");
    let places = ask(&mut editor, "documentHighlight", "Dockerfile", 0, 21);
    assert_eq!(places.as_array().unwrap().len(), 2, "{places}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn names_are_changed_at_all_of_their_places() {
    let project = Project::with(&[("Dockerfile", DOCKERFILE), ("compose.yaml", COMPOSE)]);
    let mut editor = Editor::new(&project, &nested());
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.open("compose.yaml", "dockercompose", COMPOSE);
    let mut rename = |name: &str, line: u32, character: u32, new: &str| {
        let params = json!({
            "textDocument": {"uri": editor.uri(name)}, "position": {"line": line, "character": character}, "newName": new,
        });
        editor.answer("textDocument/rename", params)
    };
    let counts = |answer: &Value| -> Vec<usize> {
        let changes = answer["result"]["changes"].as_object().unwrap();
        let mut counts: Vec<usize> = changes.values().map(|edits| edits.as_array().unwrap().len()).collect();
        counts.sort_unstable();
        counts
    };
    // The stage in the Dockerfile, and in the Compose file that builds it, from either side.
    assert_eq!(counts(&rename("Dockerfile", 0, 21, "compile")), [1, 2]);
    assert_eq!(counts(&rename("compose.yaml", 4, 15, "compile")), [1, 2]);
    assert_eq!(counts(&rename("compose.yaml", 7, 3, "edge")), [2]);
    let refused = rename("Dockerfile", 0, 21, "two words");
    assert!(refused["error"]["message"].as_str().unwrap().contains("name of a stage"), "{refused}");
    let place = ask(&mut editor, "prepareRename", "compose.yaml", 5, 16);
    assert_eq!((&place["placeholder"], &place["range"]["start"]["character"]), (&json!("front"), &json!(15)));
    assert_eq!(ask(&mut editor, "prepareRename", "Dockerfile", 1, 6), Value::Null);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn half_typed_text_is_completed() {
    let project = Project::with(&[(".env", "TAG=1\nDB_PASSWORD=hunter2\n")]);
    let mut editor = Editor::new(&project, &nested());
    editor.open("Dockerfile", "dockerfile", "FROM alpine:3.20\nCO");
    assert!(labels(&mut editor, "Dockerfile", 1, 2).contains(&"COPY".to_owned()));
    editor.open("Dockerfile", "dockerfile", "FROM alpine:3.20\nRUN --mount=type=");
    assert!(labels(&mut editor, "Dockerfile", 1, 17).contains(&"cache".to_owned()));
    let text = "services:\n  web:\n    image: a:${\n    re\n";
    editor.open("compose.yaml", "dockercompose", text);
    assert!(labels(&mut editor, "compose.yaml", 3, 6).contains(&"restart".to_owned()));
    assert!(!labels(&mut editor, "compose.yaml", 3, 6).contains(&"image".to_owned()), "it is there");
    let variables = ask(&mut editor, "completion", "compose.yaml", 2, 15).to_string();
    assert!(variables.contains("${DB_PASSWORD}") && !variables.contains("hunter2"), "{variables}");
    editor.open("daemon.json", "json", "{\n  \"log-\n}\n");
    assert!(labels(&mut editor, "daemon.json", 1, 7).contains(&"log-driver".to_owned()));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn files_have_an_outline_and_folds() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &nested());
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    editor.open("compose.yaml", "dockercompose", COMPOSE);
    let symbols = ask(&mut editor, "documentSymbol", "Dockerfile", 0, 0);
    assert_eq!((&symbols[0]["name"], &symbols[0]["children"][0]["name"]), (&json!("build"), &json!("RUN")));
    let symbols = ask(&mut editor, "documentSymbol", "compose.yaml", 0, 0);
    assert_eq!(symbols[0]["children"][0]["name"], "web");
    let folds = ask(&mut editor, "foldingRange", "compose.yaml", 0, 0);
    assert_eq!(folds[0]["startLine"], 0);
    assert_eq!(editor.leave(), 0);
    // An editor that knows only lists gets a list.
    let mut editor = Editor::new(&project, &json!({}));
    editor.open("Dockerfile", "dockerfile", DOCKERFILE);
    let symbols = ask(&mut editor, "documentSymbol", "Dockerfile", 0, 0);
    assert_eq!(symbols[1]["containerName"], "build");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn paths_are_completed_from_the_disk_and_from_what_is_open() {
    let project = Project::with(&[
        ("compose.yaml", ""),
        ("src/main.rs", ""),
        ("docker/Dockerfile", ""),
        (".dockerignore", "compose*\n"),
        (".env", ""),
    ]);
    let mut editor = Editor::new(&project, &nested());
    editor.open(
        "compose.yaml",
        "yaml",
        "services:\n  web:\n    build:\n      context: .\n      dockerfile: docker/Dockerfile\n    env_file: .e\n",
    );
    editor.open("docker/Dockerfile", "dockerfile", "FROM a:1\nCOPY src/ \nCOPY \n");
    editor.open("docker/new.yaml", "dockercompose", "services: {}\n");
    assert_eq!(labels(&mut editor, "compose.yaml", 4, 25), ["Dockerfile", "new.yaml"]);
    assert!(labels(&mut editor, "compose.yaml", 5, 16).contains(&".env".to_owned()));
    assert_eq!(labels(&mut editor, "docker/Dockerfile", 2, 5), ["docker/", "src/"]);
    assert_eq!(labels(&mut editor, "docker/Dockerfile", 1, 9), ["main.rs"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_completion_replaces_the_whole_word_where_the_editor_can_choose() {
    let project = Project::new();
    let text = "FROM alpine:3.20\nWORéDIR /x\n";
    for can_choose in [true, false] {
        let item = json!({"completionItem": {"insertReplaceSupport": can_choose}});
        let mut editor = Editor::new(&project, &json!({"textDocument": {"completion": item}}));
        editor.open("Dockerfile", "dockerfile", text);
        let items = ask(&mut editor, "completion", "Dockerfile", 1, 2);
        let item = items.as_array().unwrap().iter().find(|it| it["label"] == "WORKDIR").unwrap();
        let place = |character: u32| json!({"line": 1, "character": character});
        let insert = json!({"start": place(0), "end": place(2)});
        let wanted = if can_choose {
            // The blank comes along.
            let replace = json!({"start": place(0), "end": place(8)});
            json!({"newText": "WORKDIR ", "insert": insert, "replace": replace})
        } else {
            json!({"newText": "WORKDIR ", "range": insert})
        };
        assert_eq!(item["textEdit"], wanted);
        assert_eq!(editor.leave(), 0);
    }
}
