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

/// Opens a Dockerfile under settings of the editor, and gives the rules of what is found.
fn found(editor: &mut Editor<'_>, settings: &Value, text: &str) -> Vec<String> {
    editor.notify("workspace/didChangeConfiguration", json!({"settings": {"dlint": settings}}));
    let found = editor.open("Dockerfile", "dockerfile", text);
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": editor.uri("Dockerfile")}}));
    support::lsp::rules(&found)
}

#[test]
fn the_editor_says_whether_it_or_the_file_goes_first() {
    let project = Project::with(&[("dlint.toml", "select = [\"untagged-image\"]\n")]);
    project.write("other.toml", "select = [\"relative-workdir\"]\n");
    let other = project.path("other.toml").display().to_string();
    let mut editor = Editor::new(&project, &rich());
    let text = "FROM a\nWORKDIR x\nUSER root\n";
    let mut found = |settings: Value| found(&mut editor, &settings, text);
    let with = |preference: &str| json!({"select": ["root-user"], "configurationPreference": preference});
    assert_eq!(found(with("editorFirst")), ["root-user"]);
    assert_eq!(found(with("filesystemFirst")), ["untagged-image"]);
    assert_eq!(found(with("editorOnly")), ["root-user"]);
    let all = found(json!({"configurationPreference": "editorOnly"}));
    assert!(all.len() > 1 && all.contains(&"root-user".to_owned()), "{all:?}");
    assert_eq!(
        found(json!({"configurationPreference": "editorOnly", "configurationFile": other})),
        ["relative-workdir"],
        "a file that the editor names is the editor's word"
    );
    std::fs::remove_file(project.path("dlint.toml")).unwrap();
    assert_eq!(found(with("filesystemFirst")), ["root-user"], "where there is no file");
    project.write(".hadolint.yaml", "override: {}\n");
    assert!(found(with("filesystemFirst")).len() > 1, "files of other linters are files, too");
    editor.notify("workspace/didChangeConfiguration", json!({"settings": {"configurationPreference": "mine"}}));
    let told = editor.until(|it| (it["method"] == "window/showMessage").then(|| it["params"]["message"].to_string()));
    assert!(told.contains("mine"), "{told}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_editor_says_what_is_fixed_and_explained() {
    let project = Project::with(&[("dlint.toml", "select = [\"shell-form-command\", \"empty-continuation-line\"]\n")]);
    let mut editor = Editor::new(&project, &rich());
    let text = "FROM a:1\nRUN a \\\n\n  b\nCMD run it\n";
    editor.open("Dockerfile", "dockerfile", text);
    let place = json!({"line": 4, "character": 0});
    let uri = editor.uri("Dockerfile");
    let fixed = |editor: &mut Editor<'_>, settings: Value| {
        editor.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
        let params = json!({
            "textDocument": {"uri": uri}, "range": {"start": place, "end": place},
            "context": {"diagnostics": [], "only": ["source.fixAll"]},
        });
        let actions = editor.request("textDocument/codeAction", params).as_array().unwrap().clone();
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": 4, "character": 5}});
        let hover = editor.request("textDocument/hover", params)["contents"]["value"].as_str().unwrap().to_owned();
        (actions.first().map(|action| support::lsp::edited(text, action)), hover)
    };
    let (usual, explained) = fixed(&mut editor, json!({}));
    let safe = usual.unwrap();
    assert!(safe.contains("RUN a \\\n  b\n") && safe.contains("CMD run it"), "{safe}");
    let (all, _) = fixed(&mut editor, json!({"fixUnsafe": true}));
    assert_eq!(all.unwrap(), safe.replace("CMD run it", "CMD [\"run\", \"it\"]"));
    let (none, short) = fixed(&mut editor, json!({"fixAll": false, "showRuleDocs": false}));
    assert_eq!(none, None);
    assert!(short.contains("shell_form_command.md") && short.len() < explained.len(), "{short}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_configuration_that_is_no_utf_8_is_told_in_it() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &rich());
    let config = editor.uri("dlint.toml");
    let utf16: Vec<u8> = "\u{feff}ignore = []\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let texts = [
        (utf16.as_slice(), "dlint.toml: is UTF-16; save it as UTF-8"),
        (b"# \xe9\n", "dlint.toml: is not UTF-8; save it as UTF-8"),
    ];
    for (number, (bytes, message)) in texts.into_iter().enumerate() {
        project.write("dlint.toml", bytes);
        let uri = editor.uri(&format!("{number}/Dockerfile"));
        let item = json!({"uri": uri, "languageId": "dockerfile", "version": 1, "text": "FROM a:1\n"});
        editor.notify("textDocument/didOpen", json!({"textDocument": item}));
        let told = editor.until(|it| {
            let is_it = it["method"] == "textDocument/publishDiagnostics" && it["params"]["uri"] == config.as_str();
            is_it.then(|| it["params"]["diagnostics"][0].clone())
        });
        let start = json!({"line": 0, "character": 0});
        assert_eq!((&told["message"], &told["range"]), (&json!(message), &json!({"start": start, "end": start})));
    }
    let said = project.dlint(&["."]).ends_with(2);
    assert!(!said.stderr.contains("Docker does not"), "{}", said.stderr);
    assert_eq!(editor.leave(), 0);
}
