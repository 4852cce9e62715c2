//! Renaming through all files of a project: the edits are applied, and what names what has to be as before.
#![allow(clippy::unwrap_used)]

mod support {
    pub(crate) mod lsp;
    #[path = "mod.rs"]
    mod project;
    pub(crate) use project::*;
}

use serde_json::{Value, json};
use support::Project;
use support::lsp::{Editor, edited};

/// The answer to renaming what stands at the `|` of the last of some files, and the texts of the files after it.
fn renamed(files: &[(&str, &str)], new: &str) -> (Value, Vec<String>) {
    let plain: Vec<(&str, String)> = files.iter().map(|(name, text)| (*name, text.replacen('|', "", 1))).collect();
    let written: Vec<(&str, &str)> = plain.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let project = Project::with(&written);
    let mut editor = Editor::new(&project, &json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}));
    let (name, marked) = files.last().unwrap();
    let language = if name.ends_with("ockerfile") { "dockerfile" } else { "dockercompose" };
    editor.open(name, language, written.last().unwrap().1);
    let before = &marked[..marked.find('|').unwrap()];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let position = json!({"line": before.matches('\n').count(), "character": before.len() - line_start});
    let place = json!({"textDocument": {"uri": editor.uri(name)}, "position": position, "newName": new});
    let answer = editor.answer("textDocument/rename", place);
    let texts = plain.iter().map(|(name, text)| {
        let changes = answer["result"]["documentChanges"].as_array();
        let uri = editor.uri(name);
        let of_file = changes.into_iter().flatten().find(|it| it["textDocument"]["uri"] == uri.as_str());
        let action = |it: &Value| json!({"edit": {"documentChanges": [it]}});
        of_file.map_or_else(|| text.clone(), |it| edited(text, &action(it)))
    });
    let texts = texts.collect();
    assert_eq!(editor.leave(), 0);
    (answer, texts)
}

/// Renames to `new`, and wants just each `old` to be replaced.
#[track_caller]
fn is_renamed(files: &[(&str, &str)], old: &str, new: &str) {
    let (answer, texts) = renamed(files, new);
    for ((name, before), after) in files.iter().zip(texts) {
        let wanted = before.replacen('|', "", 1).replace(old, new);
        assert_eq!(after, wanted, "{name}: {answer}");
    }
}

#[track_caller]
fn is_refused(files: &[(&str, &str)], new: &str, why: &str) {
    let (answer, _) = renamed(files, new);
    assert!(answer["error"]["message"].as_str().unwrap_or_default().contains(why), "{answer}");
}

const INCLUDED: &str = "services:\n  store:\n    image: b\n    networks: [back]\nnetworks:\n  back: {}\n";
const INCLUDER: &str =
    "include:\n  - sub/part.yaml\nservices:\n  web:\n    image: a\n    depends_on: [store]\n    networks: [back]\n";

#[test]
fn through_overrides() {
    let base = "services:\n  web:\n    image: a\n    depends_on: [store]\n  store:\n    image: b\n";
    let over = "services:\n  store: !override\n    image: c\n  web:\n    links: ['store:database']\n";
    let marked = |text: &str| text.replacen("store", "st|ore", 1);
    is_renamed(&[("compose.override.yaml", over), ("compose.yaml", &marked(base))], "store", "shelf");
    is_renamed(&[("compose.yaml", base), ("compose.override.yaml", &marked(over))], "store", "shelf");
}

#[test]
fn what_an_override_replaces_is_renamed_too() {
    let base = "services:\n  web:\n    image: a\n    network_mode: service:store\n    depends_on: [store]\n    networks: [front]\n  store:\n    image: b\nnetworks:\n  front: {}\n";
    let over = "services:\n  web:\n    network_mode: host\n    depends_on: !override [other]\n    networks: !reset []\n  other:\n    image: c\n  store:\n    user: me\n";
    let marked = |text: &str, name: &str| text.replacen(name, &format!("|{name}"), 1);
    is_renamed(&[("compose.override.yaml", over), ("compose.yaml", &marked(base, "store"))], "store", "shelf");
    is_renamed(&[("compose.yaml", base), ("compose.override.yaml", &marked(over, "store"))], "store", "shelf");
    is_renamed(&[("compose.override.yaml", over), ("compose.yaml", &marked(base, "front"))], "front", "rear");
    // What a variable says is seen where the variables are known.
    let base = base.replace("service:store", "service:${NAME:-store}");
    let (_, texts) = renamed(
        &[
            (".env", "NAME=other\n"),
            ("compose.override.yaml", over),
            ("compose.yaml", &marked(&base, "[store]").replacen("|[", "[|", 1)),
        ],
        "shelf",
    );
    assert!(texts[2].contains("${NAME:-store}") && texts[2].contains("[shelf]"), "{}", texts[2]);
}

#[test]
fn through_includes_from_either_side() {
    is_renamed(
        &[("sub/part.yaml", INCLUDED), ("compose.yaml", &INCLUDER.replacen("store", "st|ore", 1))],
        "store",
        "shelf",
    );
    is_renamed(
        &[("compose.yaml", INCLUDER), ("sub/part.yaml", &INCLUDED.replacen("store", "|store", 1))],
        "store",
        "shelf",
    );
    is_renamed(
        &[("compose.yaml", INCLUDER), ("sub/part.yaml", &INCLUDED.replacen("back: {", "back|: {", 1))],
        "back",
        "rear",
    );
}

#[test]
fn through_extends_from_either_side() {
    let user = "services:\n  web:\n    extends: {file: parts.yaml, service: basis}\n  two:\n    extends:\n      file: ./parts.yaml\n      service: \"basis\"\n";
    let parts = "services:\n  basis:\n    image: a\n  other:\n    extends: basis\n";
    is_renamed(&[("parts.yaml", parts), ("compose.yaml", &user.replacen("basis", "|basis", 1))], "basis", "root");
    is_renamed(&[("compose.yaml", user), ("parts.yaml", &parts.replacen("basis", "|basis", 1))], "basis", "root");
    // The file that is extended has names of its own.
    let same = "services:\n  BASIS:\n    image: a\n";
    let user = "services:\n  ba|sis:\n    extends: {file: parts.yaml, service: BASIS}\n  two:\n    image: a\n    depends_on: [basis]\n";
    let lower = |text: &str| text.replace("BASIS", "basis");
    let (answer, texts) = renamed(&[("parts.yaml", &lower(same)), ("compose.yaml", &lower(user))], "root");
    assert_eq!(texts[0], lower(same), "{answer}");
    assert_eq!(texts[1], lower(&user.replacen('|', "", 1).replace("basis", "root")), "{answer}");
}

#[test]
fn stages_with_what_builds_them() {
    let dockerfile = "FROM a AS build\nFROM b\nCOPY --from=build /a /b\nCOPY --from=0 /a /c\nRUN --mount=type=bind,from=build,target=/x true\n";
    let compose =
        "services:\n  web:\n    build: {context: ., target: build}\n  two:\n    build: {context: ., target: '0'}\n";
    let marked = dockerfile.replacen("AS build", "AS |build", 1);
    let (answer, texts) = renamed(&[("compose.yaml", compose), ("Dockerfile", &marked)], "compile");
    assert_eq!(texts[0], compose.replacen("target: build", "target: compile", 1), "{answer}");
    assert_eq!(texts[1], dockerfile.replace("build", "compile"), "{answer}");
}

#[test]
fn what_is_taken_or_known_to_others_is_refused() {
    let services = "services:\n  w|eb:\n    image: a\n  store:\n    image: b\n";
    is_refused(&[("compose.yaml", services)], "store", "another service is called `store` already");
    let networks = "services: {}\nnetworks:\n  fr|ont: {}\n  back: {}\n";
    is_refused(&[("compose.yaml", networks)], "back", "another network");
    is_refused(&[("compose.yaml", "services: {}\nnetworks:\n  de|fault: {}\n")], "back", "services that name none");
    let anchors = "x-a: &a|b {}\nx-b: &c {}\nx-c: *ab\n";
    is_refused(&[("compose.yaml", anchors)], "c", "another anchor");
    let stages = "FROM alpine AS o|ne\nFROM busybox AS two\nCOPY --from=nginx /a /b\n";
    for name in ["two", "TWO", "busybox", "nginx"] {
        is_refused(&[("Dockerfile", stages)], name, "another stage");
    }
    is_refused(&[("Dockerfile", stages)], "scratch", "name of a stage");
    // In the file that is included.
    let user = INCLUDER.replacen("web", "we|b", 1);
    is_refused(&[("sub/part.yaml", INCLUDED), ("compose.yaml", &user)], "store", "another service");
}
