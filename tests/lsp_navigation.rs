//! Selections, links, symbols, variables, colours, and what values come to, over the wire.
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
    // What is not open is found where it is asked for by name.
    project.write("sub/compose.yaml", "services:\n  wobbly:\n    image: a\n");
    project.write("node_modules/x/compose.yaml", "services:\n  wobble:\n    image: a\n");
    project.write(".gitignore", "node_modules\n");
    assert_eq!(names("WB"), ["web", "wobbly"]);
    assert_eq!(names("").len(), 5);
    assert_eq!(names("zzz"), [] as [&str; 0]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_variable_leads_to_the_file_that_sets_it() {
    let project = project();
    let mut editor = Editor::new(&project, &json!({}));
    open(&mut editor);
    let found = at(&mut editor, "definition", "compose.yaml", 7, 20, &json!({}));
    let wanted = json!([{
        "uri": editor.uri(".env"),
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 5}},
    }]);
    assert_eq!(found["result"], wanted);
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

const ARGUMENTS: &str =
    "ARG TAG=3.20\nFROM alpine:$TAG\nARG TAG\nENV APP=é$TAG\nRUN echo $APP ${TAG}\nARG PATH\nRUN echo $PATH\n";
const GIVEN: &str = "services:\n  a:\n    build:\n      context: .\n      args:\n        TAG: \"3.21\"\n  b:\n    build:\n      context: .\n      args: [TAG=3]\n";

fn at(editor: &mut Editor<'_>, method: &str, name: &str, line: u32, character: u32, more: &Value) -> Value {
    let mut params = json!({
        "textDocument": {"uri": editor.uri(name)}, "position": {"line": line, "character": character},
        "context": {"includeDeclaration": true, "triggerKind": 1, "isRetrigger": false},
    });
    params.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    editor.answer(&format!("textDocument/{method}"), params)
}

/// The files and lines of places.
fn lines(answer: &Value) -> Vec<String> {
    let place = |it: &Value| {
        let name = it["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        format!("{name}:{}", it["range"]["start"]["line"])
    };
    answer["result"].as_array().unwrap().iter().map(place).collect()
}

#[test]
fn variables_are_followed_from_compose_to_use() {
    let project = Project::with(&[("Dockerfile", ARGUMENTS), ("compose.yaml", GIVEN)]);
    let mut editor = Editor::new(&project, &json!({}));
    editor.open("Dockerfile", "dockerfile", ARGUMENTS);
    editor.open("compose.yaml", "dockercompose", GIVEN);
    let none = || json!({});
    let of_tag = ["Dockerfile:0", "Dockerfile:1", "Dockerfile:2", "Dockerfile:3", "Dockerfile:4"];
    let of_compose = ["compose.yaml:5", "compose.yaml:9"];
    let found = lines(&at(&mut editor, "references", "Dockerfile", 3, 11, &none()));
    assert_eq!(found, [&of_tag[..], &of_compose].concat());
    let found = lines(&at(&mut editor, "references", "compose.yaml", 5, 9, &none()));
    assert_eq!(found, [&of_compose[..], &of_tag].concat());
    // Where the value is from.
    assert_eq!(lines(&at(&mut editor, "definition", "Dockerfile", 4, 18, &none())), ["Dockerfile:2"]);
    assert_eq!(lines(&at(&mut editor, "definition", "Dockerfile", 2, 5, &none())), ["Dockerfile:0"]);
    assert_eq!(lines(&at(&mut editor, "definition", "Dockerfile", 1, 14, &none())), ["Dockerfile:0"]);
    assert_eq!(lines(&at(&mut editor, "definition", "Dockerfile", 4, 11, &none())), ["Dockerfile:3"]);
    assert_eq!(lines(&at(&mut editor, "definition", "compose.yaml", 9, 15, &none())), ["Dockerfile:0", "Dockerfile:2"]);
    let found = at(&mut editor, "documentHighlight", "Dockerfile", 3, 5, &none());
    assert_eq!(found["result"].as_array().unwrap().len(), 2, "{found}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn variables_are_renamed_with_their_build_arguments() {
    let project = Project::with(&[("Dockerfile", ARGUMENTS), ("compose.yaml", GIVEN)]);
    let mut editor = Editor::new(&project, &json!({}));
    editor.open("Dockerfile", "dockerfile", ARGUMENTS);
    editor.open("compose.yaml", "dockercompose", GIVEN);
    let mut rename = |name: &str, line, character, new: &str| {
        at(&mut editor, "rename", name, line, character, &json!({"newName": new}))
    };
    for (name, line, character) in [("Dockerfile", 2, 5), ("compose.yaml", 5, 9)] {
        let answer = rename(name, line, character, "BASE");
        let changes = answer["result"]["changes"].as_object().unwrap();
        let mut counts: Vec<_> = changes.values().map(|edits| edits.as_array().unwrap().len()).collect();
        counts.sort_unstable();
        assert_eq!(counts, [2, 5], "{answer}");
        let after_character = changes.values().flat_map(|edits| edits.as_array().unwrap());
        let place = json!({"start": {"line": 3, "character": 10}, "end": {"line": 3, "character": 13}});
        assert!(after_character.clone().any(|edit| edit["range"] == place), "{answer}");
    }
    let refused = |answer: Value| answer["error"]["message"].as_str().unwrap().to_owned();
    assert!(refused(rename("Dockerfile", 2, 5, "APP")).contains("already"));
    assert!(refused(rename("Dockerfile", 2, 5, "a b")).contains("name of a variable"));
    assert!(refused(rename("Dockerfile", 5, 5, "WAY")).contains("known to others"));
    editor.open("compose.yaml", "dockercompose", "services:\n  a:\n    build:\n      args: [TAG]\n");
    let answer = at(&mut editor, "rename", "Dockerfile", 2, 5, &json!({"newName": "BASE"}));
    assert!(refused(answer).contains("takes the value of `TAG`"));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn pieces_are_coloured_by_what_they_are() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &json!({}));
    let text = "# escape=`\nFROM a AS one\nENV A=é😀 B=$A\n";
    editor.open("Dockerfile", "dockerfile", text);
    let params = json!({"textDocument": {"uri": editor.uri("Dockerfile")}});
    let found = editor.request("textDocument/semanticTokens/full", params.clone());
    let wanted = [
        [0, 2, 6, 4, 0],
        [1, 0, 4, 0, 0],
        [0, 7, 2, 0, 0],
        [0, 3, 3, 3, 1],
        [1, 0, 3, 0, 0],
        [0, 4, 1, 2, 1],
        [0, 6, 1, 2, 1],
        [0, 3, 1, 2, 0],
    ];
    assert_eq!(found["data"], json!(wanted.concat()));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn what_is_typed_is_explained() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &json!({}));
    editor.open("Dockerfile", "dockerfile", "FROM a\nCOPY --from=\nHEALTHCHECK \n");
    let found = at(&mut editor, "signatureHelp", "Dockerfile", 1, 12, &json!({}));
    assert_eq!(found["result"]["signatures"][0]["label"], "--from=VALUE");
    let found = at(&mut editor, "signatureHelp", "Dockerfile", 2, 12, &json!({}));
    assert_eq!(found["result"]["signatures"].as_array().unwrap().len(), 2, "{found}");
    assert_eq!(found["result"]["activeParameter"], 1);
    assert_eq!(at(&mut editor, "signatureHelp", "Dockerfile", 1, 2, &json!({}))["result"], Value::Null);
    assert_eq!(editor.leave(), 0);
}

/// What is shown at a place.
fn hover(editor: &mut Editor<'_>, name: &str, line: u32, character: u32) -> String {
    let found = at(editor, "hover", name, line, character, &json!({}));
    found["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn values_are_explained_with_where_they_are_from() {
    let project = Project::with(&[
        ("dlint.toml", "select = [\"floating-tag\"]\n"),
        (".env", "# a\nTAG=7.2\nDB_PASSWORD=hunter2\n"),
        ("Dockerfile", "FROM alpine:3.20 AS one\nUSER app\n"),
        ("compose.override.yaml", "services:\n  web:\n    init: true\n    restart: always\n"),
    ]);
    let mut editor = Editor::new(&project, &json!({}));
    let text = "x-a: &a\n  user: me\nservices:\n  web:\n    <<: *a\n    build: .\n    restart: \"no\"\n    environment:\n      A: ${TAG} ${OTHER:-x} $DB_PASSWORD\n    cpus: 1\n";
    editor.open("compose.yaml", "dockercompose", text);
    assert_eq!(
        hover(&mut editor, "compose.yaml", 8, 12),
        "`TAG` is `7.2`\n\nSet in `.env`, line 2, unless the shell says otherwise"
    );
    assert!(hover(&mut editor, "compose.yaml", 8, 20).ends_with("the default `x` holds"));
    let secret = hover(&mut editor, "compose.yaml", 8, 35);
    assert!(secret.contains("a secret") && !secret.contains("hunter2"), "{secret}");
    let key = hover(&mut editor, "compose.yaml", 6, 6);
    assert!(key.starts_with("Comes to `always`, from `compose.override.yaml`, line 4"), "{key}");
    assert!(hover(&mut editor, "compose.yaml", 9, 5).starts_with("`cpus`"), "nothing to add to what is written");
    let service = hover(&mut editor, "compose.yaml", 3, 4);
    assert!(service.contains("* `user`: `me` (line 2)"), "{service}");
    assert!(service.contains("* `init`: `true` (`compose.override.yaml`, line 3)"), "{service}");
    assert!(service.ends_with("Builds stage `one` of `Dockerfile`, line 1"), "{service}");
    let text = "ARG V=3\nFROM alpine:$V\nRUN --mount=type=cache,target=/x echo\n";
    editor.open("Dockerfile", "dockerfile", text);
    let both = hover(&mut editor, "Dockerfile", 1, 13);
    assert!(both.starts_with("`V` is `3`") && both.contains("Image `alpine:3`"), "{both}");
    assert!(hover(&mut editor, "Dockerfile", 2, 6).starts_with("`--mount`"));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn compose_files_are_offered() {
    let project = Project::with(&[("db.compose.yaml", "services: {}\n"), ("Dockerfile", "FROM a\n")]);
    let mut editor = Editor::new(&project, &json!({}));
    editor.open("compose.yaml", "dockercompose", "include:\n  - \nservices:\n  a:\n    extends:\n      file: d\n");
    for (line, character) in [(1, 4), (5, 13)] {
        let found = at(&mut editor, "completion", "compose.yaml", line, character, &json!({}));
        let labels: Vec<_> = found["result"].as_array().unwrap().iter().map(|it| it["label"].clone()).collect();
        assert!(labels.contains(&json!("db.compose.yaml")) && !labels.contains(&json!("compose.yaml")), "{labels:?}");
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn broken_text_is_answered() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &json!({}));
    let texts = [
        ("Dockerfile", "dockerfile", "FROM\nCOPY --from=\nRUN --mount=type=,\nENV\nONBUILD\nARG =\nCMD [\"\nRUN <<"),
        ("Dockerfile", "dockerfile", "FROM ${\n\\\n# x\nARG A\nRUN $A ${A\n"),
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
        let params = json!({"textDocument": {"uri": editor.uri(name)}});
        editor.request("textDocument/semanticTokens/full", params);
        for place in &places {
            for method in [
                "definition",
                "references",
                "documentHighlight",
                "signatureHelp",
                "prepareRename",
                "hover",
                "completion",
            ] {
                let params = json!({
                    "textDocument": {"uri": editor.uri(name)}, "position": place,
                    "context": {"includeDeclaration": true, "triggerKind": 1, "isRetrigger": false},
                });
                editor.request(&format!("textDocument/{method}"), params);
            }
        }
    }
    assert_eq!(editor.leave(), 0);
}
