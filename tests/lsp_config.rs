//! The configuration file from the editor: what is written in it, and what is said of it.
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

/// The actions at a place of a file that switch rules off.
fn switches(editor: &mut Editor<'_>, name: &str, line: u32, character: u32) -> Vec<Value> {
    let place = json!({"line": line, "character": character});
    let params = json!({
        "textDocument": {"uri": editor.uri(name)},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    });
    let mut actions = editor.request("textDocument/codeAction", params).as_array().unwrap().clone();
    actions.retain(|it| it["title"].as_str().unwrap().starts_with("Switch "));
    actions
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|it| it["title"].as_str().unwrap()).collect()
}

fn rich() -> Value {
    json!({"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}}})
}

#[test]
fn a_rule_is_switched_off_in_the_nearest_configuration() {
    let project = Project::with(&[
        ("dlint.toml", "ignore = [\"style\"]\n"),
        ("app/.dlint.toml", "# ours\nselect = [\"floating-tag\"] # é😀\n"),
    ]);
    let mut editor = Editor::new(&project, &json!({}));
    editor.open("app/Dockerfile", "dockerfile", "FROM a:latest\n");
    let actions = switches(&mut editor, "app/Dockerfile", 0, 8);
    assert_eq!(titles(&actions), ["Switch `floating-tag` off in app/.dlint.toml"]);
    let edits = &actions[0]["edit"]["changes"][editor.uri("app/.dlint.toml")];
    let end = json!({"line": 1, "character": 31});
    assert_eq!(edits, &json!([{"newText": "\nignore = [\"floating-tag\"]", "range": {"start": end, "end": end}}]));
    // What the disk has holds at once.
    project.write("app/.dlint.toml", "# ours\nselect = [\"floating-tag\"] # é😀\nignore = [\"floating-tag\"]\n");
    assert_eq!(editor.change("app/Dockerfile", json!([{"text": "FROM b:latest\n"}])), [] as [Value; 0]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_configuration_is_made_where_there_is_none() {
    let project = Project::with(&[]);
    let mut editor = Editor::new(&project, &rich());
    editor.open("app/Dockerfile", "dockerfile", "FROM a:latest\nUSER app\n");
    let actions = switches(&mut editor, "app/Dockerfile", 0, 8);
    assert_eq!(titles(&actions), ["Switch `floating-tag` off in a new dlint.toml"]);
    let (uri, start) = (editor.uri("dlint.toml"), json!({"line": 0, "character": 0}));
    let edit = json!({"newText": "ignore = [\"floating-tag\"]\n", "range": {"start": start, "end": start}});
    assert_eq!(
        actions[0]["edit"]["documentChanges"],
        json!([
            {"kind": "create", "uri": uri},
            {"textDocument": {"uri": uri, "version": null}, "edits": [edit]},
        ])
    );
    // One that is open, but was never saved.
    editor.notify(
        "textDocument/didOpen",
        json!({"textDocument": {"uri": uri, "languageId": "toml", "version": 1, "text": ""}}),
    );
    assert_eq!(switches(&mut editor, "app/Dockerfile", 0, 8), [] as [Value; 0]);
    assert_eq!(editor.leave(), 0);

    let mut poor = Editor::new(&project, &json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}));
    poor.open("app/Dockerfile", "dockerfile", "FROM a:latest\nUSER app\n");
    assert_eq!(switches(&mut poor, "app/Dockerfile", 0, 8), [] as [Value; 0], "the client makes no files");
    assert_eq!(poor.leave(), 0);
}

#[test]
fn no_rule_is_switched_off_where_that_would_not_help() {
    let project = Project::with(&[
        (".hadolint.yaml", "ignored: [DL3059]\n"),
        ("again/dlint.toml", "select = []\n[[overrides]]\nlanguages = [\"dockerfile\"]\nselect = [\"floating-tag\"]\n"),
        ("syntax/dlint.toml", "\n"),
        ("broken/dlint.toml", "slect = []\n"),
        ("dirty/dlint.toml", "\n"),
    ]);
    let mut editor = Editor::new(&project, &rich());
    for folder in ["foreign", "again", "broken"] {
        let name = format!("{folder}/Dockerfile");
        editor.notify(
            "textDocument/didOpen",
            json!({"textDocument": {
                "uri": editor.uri(&name), "languageId": "dockerfile", "version": 1, "text": "FROM a:latest\n",
            }}),
        );
        assert_eq!(switches(&mut editor, &name, 0, 8), [] as [Value; 0], "{folder}");
    }
    let found = editor.open("syntax/Dockerfile", "dockerfile", "FROM a:1\nCPY x y\n");
    assert!(!found.is_empty());
    assert_eq!(switches(&mut editor, "syntax/Dockerfile", 1, 1), [] as [Value; 0], "what Docker refuses");
    // Where the file is open, what is not saved counts; else its version goes along.
    let uri = editor.uri("dirty/dlint.toml");
    editor.open("dirty/Dockerfile", "dockerfile", "FROM a:latest\n");
    let open = |text: &str| json!({"textDocument": {"uri": uri, "languageId": "toml", "version": 7, "text": text}});
    editor.notify("textDocument/didOpen", open("fail-on = \"error\"\n"));
    assert_eq!(switches(&mut editor, "dirty/Dockerfile", 0, 8), [] as [Value; 0], "not saved");
    editor.notify("textDocument/didOpen", open("\n"));
    let actions = switches(&mut editor, "dirty/Dockerfile", 0, 8);
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"], json!({"uri": uri, "version": 7}));
    assert_eq!(editor.leave(), 0);
}
