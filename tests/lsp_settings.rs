//! The settings of an editor: the object that is put upon the configuration file, and what is asked for, folder by folder.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

mod support {
    pub(crate) mod lsp;
    #[path = "mod.rs"]
    mod project;
    pub(crate) use project::*;
}

use serde_json::{Value, json};
use support::Project;
use support::lsp::{Editor, rules};

const TEXT: &str = "FROM a\nWORKDIR x\nUSER root\n";

/// Opens a Dockerfile, and gives the rules of what is found; it is closed again.
fn found(editor: &mut Editor<'_>, name: &str) -> Vec<String> {
    let found = editor.open(name, "dockerfile", TEXT);
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": editor.uri(name)}}));
    rules(&found)
}

/// Waits until the file that is open has just these findings: an answer about settings may come after the text.
fn becomes(editor: &mut Editor<'_>, name: &str, wanted: &[&str]) {
    let uri = editor.uri(name);
    let is_it =
        |params: &Value| params["uri"] == uri.as_str() && rules(params["diagnostics"].as_array().unwrap()) == wanted;
    let last = editor.published.iter().rfind(|params| params["uri"] == uri.as_str());
    if !last.is_some_and(is_it) {
        editor.until(|it| (it["method"] == "textDocument/publishDiagnostics" && is_it(&it["params"])).then_some(()));
    }
}

fn show(editor: &mut Editor<'_>, name: &str) {
    let item = json!({"uri": editor.uri(name), "languageId": "dockerfile", "version": 1, "text": TEXT});
    editor.notify("textDocument/didOpen", json!({"textDocument": item}));
}

fn set(editor: &mut Editor<'_>, settings: Value) {
    editor.notify("workspace/didChangeConfiguration", json!({"settings": settings}));
}

/// The next complaint that the user sees.
fn told(editor: &mut Editor<'_>) -> String {
    editor.until(|it| {
        let is_it = it["method"] == "window/showMessage";
        is_it.then(|| it["params"]["message"].as_str().unwrap_or_default().to_owned())
    })
}

#[test]
fn an_object_is_put_upon_the_configuration_file() {
    let project = Project::with(&[("dlint.toml", "select = [\"untagged-image\", \"relative-workdir\"]\n")]);
    let mut editor = Editor::silent(&project);
    let settings = json!({"configuration": {"ignore": ["untagged-image"], "rules": {"root-user": "error"}}});
    editor.greet(&[""], &json!({}), &settings);
    assert_eq!(found(&mut editor, "Dockerfile"), ["relative-workdir", "root-user"]);
    set(&mut editor, json!({"dlint": {"configuration": {"select": ["root-user"]}}}));
    assert_eq!(found(&mut editor, "Dockerfile"), ["root-user"], "what it selects goes before what the file selects");
    set(
        &mut editor,
        json!({"configuration": {"exclude": ["sub/"], "overrides": [{"paths": ["Dockerfile"], "ignore": ["DL3006"]}]}}),
    );
    assert_eq!(found(&mut editor, "Dockerfile"), ["relative-workdir"], "paths are those of the folder");
    assert_eq!(found(&mut editor, "sub/Dockerfile"), [] as [&str; 0]);
    // As the other settings do, it goes by what goes first.
    let with =
        |preference: &str| json!({"configuration": {"select": ["root-user"]}, "configurationPreference": preference});
    set(&mut editor, with("filesystemFirst"));
    assert_eq!(found(&mut editor, "Dockerfile"), ["untagged-image", "relative-workdir"]);
    set(&mut editor, with("editorOnly"));
    assert_eq!(found(&mut editor, "Dockerfile"), ["root-user"]);
    // Nobody has set it.
    set(&mut editor, json!({"configuration": {}}));
    assert_eq!(found(&mut editor, "Dockerfile"), ["untagged-image", "relative-workdir"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_fault_of_the_object_is_told() {
    let project = Project::with(&[("dlint.toml", "select = [\"root-user\"]\n[policy.ours]\nextends = \"hardened\"\n")]);
    let mut editor = Editor::silent(&project);
    editor.greet(&[""], &json!({}), &json!({"configuration": {"ignroe": ["style"]}}));
    let message = told(&mut editor);
    assert!(message.contains("the setting `configuration`") && message.contains("did you mean `ignore`"), "{message}");
    assert_eq!(found(&mut editor, "Dockerfile"), ["root-user"], "the file holds all the same");
    set(&mut editor, json!({"configuration": {"rules": {"floating-tag": "loud"}}}));
    let message = told(&mut editor);
    assert!(message.contains("`loud` is not a level") && message.contains("floating-tag = "), "{message}");
    set(&mut editor, json!({"configuration": ["style"]}));
    assert!(told(&mut editor).contains("it is no object"));
    // A policy may be one of the file, so what is wrong with it is seen where that is read.
    set(&mut editor, json!({"configuration": {"use-policy": "ours", "select": ["untagged-image"]}}));
    assert_eq!(found(&mut editor, "Dockerfile"), ["untagged-image"]);
    set(&mut editor, json!({"configuration": {"use-policy": "hardned"}}));
    let item = json!({"uri": editor.uri("Dockerfile"), "languageId": "dockerfile", "version": 1, "text": TEXT});
    editor.notify("textDocument/didOpen", json!({"textDocument": item}));
    let message = told(&mut editor);
    assert!(
        message.contains("the setting `configuration`") && message.contains("did you mean `hardened`"),
        "{message}"
    );
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_rule_is_switched_off_below_the_object() {
    let project = Project::with(&[("dlint.toml", "# ours\n")]);
    let mut editor = Editor::new(&project, &json!({}));
    let mut titles = |configuration: Value| {
        set(&mut editor, json!({"configuration": configuration}));
        editor.open("Dockerfile", "dockerfile", "FROM a:latest\nUSER app\n");
        let place = json!({"line": 0, "character": 8});
        let params = json!({
            "textDocument": {"uri": editor.uri("Dockerfile")},
            "range": {"start": place, "end": place}, "context": {"diagnostics": []},
        });
        let actions = editor.request("textDocument/codeAction", params);
        let actions: Vec<Value> = actions.as_array().unwrap().clone();
        let switch = actions.into_iter().find(|it| it["title"].as_str().unwrap().starts_with("Switch "));
        switch.map(|it| it["edit"]["changes"][editor.uri("dlint.toml")][0]["newText"].clone())
    };
    assert_eq!(
        titles(json!({"ignore": ["style"]})),
        Some(json!("ignore = [\"floating-tag\"]\n")),
        "of the file, not of the setting"
    );
    assert_eq!(titles(json!({"rules": {"floating-tag": "error"}})), None, "the editor would switch it on again");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn folders_have_settings_of_their_own() {
    let project = Project::with(&[("one/x", ""), ("two/x", ""), ("three/x", "")]);
    let mut editor = Editor::silent(&project);
    let select = |rule: &str| json!({"configuration": {"select": [rule]}});
    editor.settings = json!({"": select("root-user"), "one": select("untagged-image"), "two": {"enable": false}});
    let can = json!({"workspace": {"configuration": true}});
    editor.greet(&["one", "two", "three"], &can, &select("root-user"));
    let asked = editor.until(|it| (it["method"] == "workspace/configuration").then(|| it["params"]["items"].clone()));
    let uris = ["one", "two", "three"].map(|name| json!({"section": "dlint", "scopeUri": editor.uri(name)}));
    assert_eq!(asked, json!([{"section": "dlint"}, uris[0], uris[1], uris[2]]));
    show(&mut editor, "one/Dockerfile");
    becomes(&mut editor, "one/Dockerfile", &["untagged-image"]);
    // The answer is there now.
    assert_eq!(found(&mut editor, "three/Dockerfile"), ["root-user"], "as for all");
    assert_eq!(found(&mut editor, "Dockerfile"), ["root-user"], "in no folder");
    show(&mut editor, "two/Dockerfile");
    let hover = |editor: &mut Editor<'_>, name: &str| {
        let position = json!({"line": 0, "character": 1});
        editor.request("textDocument/hover", json!({"textDocument": {"uri": editor.uri(name)}, "position": position}))
    };
    assert_eq!(hover(&mut editor, "two/Dockerfile"), Value::Null, "dlint is off there");
    // What changes is asked for anew; clients that are asked need not send it.
    let usual = json!({"select": ["relative-workdir"]});
    editor.settings = json!({"": usual, "one": {"select": ["root-user"], "features": {"hover": false}}});
    set(&mut editor, Value::Null);
    becomes(&mut editor, "two/Dockerfile", &["relative-workdir"]);
    assert!(hover(&mut editor, "two/Dockerfile").is_object());
    becomes(&mut editor, "one/Dockerfile", &["root-user"]);
    assert_eq!(hover(&mut editor, "one/Dockerfile"), Value::Null);
    // Off from now on: what was found is taken away.
    editor.settings = json!({"": usual, "two": {"enable": false}});
    set(&mut editor, Value::Null);
    becomes(&mut editor, "two/Dockerfile", &[]);
    becomes(&mut editor, "one/Dockerfile", &["relative-workdir"]);
    // A folder that is taken out of the workspace takes its settings along.
    let removed = json!({"uri": editor.uri("two"), "name": "two"});
    let event = json!({"event": {"added": [], "removed": [removed]}});
    editor.notify("workspace/didChangeWorkspaceFolders", event);
    becomes(&mut editor, "two/Dockerfile", &["relative-workdir"]);
    assert_eq!(editor.leave(), 0);
}
