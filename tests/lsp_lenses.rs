//! What is shown above stages and services, the commands behind it and others, and tokens of which only what is new is told.
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

const COMPOSE: &str =
    "services:\n  web:\n    build: {context: app, target: one}\n    user: app\n  job:\n    build: app\n";
const DOCKERFILE: &str = "FROM a:1 AS one\nWORKDIR x\nFROM b:1\nUSER app\n";

fn shown(editor: &mut Editor<'_>, name: &str) -> Vec<(u64, String)> {
    let all = editor.request("textDocument/codeLens", json!({"textDocument": {"uri": editor.uri(name)}}));
    let lens = |it: &Value| {
        (it["range"]["start"]["line"].as_u64().unwrap(), it["command"]["title"].as_str().unwrap().to_owned())
    };
    all.as_array().unwrap().iter().map(lens).collect()
}

fn at(line: u32, from: u32, to: u32) -> Value {
    json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}})
}

#[test]
fn lenses_say_who_uses_what_if_they_are_wanted() {
    let project = Project::with(&[("compose.yaml", COMPOSE), ("app/x", "")]);
    let mut editor = Editor::silent(&project);
    let can =
        json!({"window": {"showDocument": {"support": true}}, "workspace": {"codeLens": {"refreshSupport": true}}});
    let server = editor.greet(&[""], &can, &json!({"features": {"codeLens": true}}));
    assert!(server["codeLensProvider"].is_object());
    editor.open("app/Dockerfile", "dockerfile", DOCKERFILE);
    let wanted = [
        (0, "built by service web"),
        (0, "built by service job"),
        (0, "used by service web"),
        (0, "1 finding"),
        (2, "used by service job"),
    ];
    let wanted: Vec<(u64, String)> = wanted.into_iter().map(|(line, title)| (line, title.to_owned())).collect();
    assert_eq!(shown(&mut editor, "app/Dockerfile"), wanted);
    // One leads to the service.
    let all = editor.request("textDocument/codeLens", json!({"textDocument": {"uri": editor.uri("app/Dockerfile")}}));
    let command = &all[2]["command"];
    assert_eq!(command["arguments"], json!([editor.uri("compose.yaml"), at(1, 2, 5)]));
    let params = json!({"command": command["command"], "arguments": command["arguments"]});
    assert_eq!(editor.request("workspace/executeCommand", params), Value::Null);
    let asked = editor.asked.iter().find(|it| it["method"] == "window/showDocument").cloned();
    let asked = asked.unwrap_or_else(|| editor.until(|it| (it["method"] == "window/showDocument").then(|| it.clone())));
    let place =
        json!({"uri": editor.uri("compose.yaml"), "external": false, "takeFocus": true, "selection": at(1, 2, 5)});
    assert_eq!(asked["params"], place);
    // What another file says has changed: the client is told to ask again.
    editor.open("compose.yaml", "dockercompose", &COMPOSE.replace("job", "batch"));
    if !editor.asked.iter().any(|it| it["method"] == "workspace/codeLens/refresh") {
        editor.until(|it| (it["method"] == "workspace/codeLens/refresh").then_some(()));
    }
    assert_eq!(shown(&mut editor, "app/Dockerfile")[1].1, "built by service batch");
    // A client that shows no places has words.
    let mut poor = Editor::silent(&project);
    poor.greet(&[""], &json!({}), &json!({"features": {"codeLens": true}}));
    poor.open("app/Dockerfile", "dockerfile", DOCKERFILE);
    let all = poor.request("textDocument/codeLens", json!({"textDocument": {"uri": poor.uri("app/Dockerfile")}}));
    assert_eq!(all[0]["command"], json!({"title": "built by service web", "command": ""}));
    assert_eq!((poor.leave(), editor.leave()), (0, 0));
}

#[test]
fn lenses_are_off_unless_somebody_asks_for_them() {
    let project = Project::with(&[("compose.yaml", COMPOSE)]);
    let mut editor = Editor::silent(&project);
    assert_eq!(editor.greet(&[""], &json!({}), &json!({}))["codeLensProvider"], Value::Null);
    editor.open("app/Dockerfile", "dockerfile", DOCKERFILE);
    let params = json!({"textDocument": {"uri": editor.uri("app/Dockerfile")}});
    assert_eq!(editor.request("textDocument/codeLens", params.clone()), Value::Null);
    assert_eq!(editor.leave(), 0);
    // Settings may come later where the client is asked for them.
    let mut editor = Editor::silent(&project);
    editor.settings = json!({"": {"features": {"codeLens": true}}});
    let can = json!({"workspace": {"configuration": true}});
    assert!(editor.greet(&[""], &can, &json!({}))["codeLensProvider"].is_object());
    editor.until(|it| (it["method"] == "workspace/configuration").then_some(()));
    editor.open("app/Dockerfile", "dockerfile", DOCKERFILE);
    while editor.request("textDocument/codeLens", params.clone()).is_null() {}
    assert_eq!(editor.leave(), 0);
}

/// The numbers of a list of tokens after edits of it.
fn edited(mut data: Vec<Value>, edits: &Value) -> Vec<Value> {
    for edit in edits.as_array().unwrap() {
        let number = |name: &str| usize::try_from(edit[name].as_u64().unwrap()).unwrap();
        let new = edit["data"].as_array().cloned().unwrap_or_default();
        data.splice(number("start")..number("start") + number("deleteCount"), new);
    }
    data
}

#[test]
fn of_tokens_only_what_is_new_is_told() {
    let project = Project::with(&[]);
    let mut editor = Editor::silent(&project);
    let server = editor.greet(&[""], &json!({}), &json!({}));
    assert_eq!(server["semanticTokensProvider"]["full"], json!({"delta": true}));
    let text = "ARG V=1\nFROM a:$V AS x\nRUN --network=none true\nCOPY --from=x a b\n";
    editor.open("Dockerfile", "dockerfile", text);
    let document = json!({"uri": editor.uri("Dockerfile")});
    let full =
        |editor: &mut Editor<'_>| editor.request("textDocument/semanticTokens/full", json!({"textDocument": document}));
    let delta = |editor: &mut Editor<'_>, name: &Value| {
        let params = json!({"textDocument": document, "previousResultId": name});
        editor.request("textDocument/semanticTokens/full/delta", params)
    };
    let first = full(&mut editor);
    assert_eq!(
        delta(&mut editor, &first["resultId"]),
        json!({"resultId": first["resultId"], "edits": []}),
        "nothing new"
    );
    editor.change("Dockerfile", json!([{"range": at(1, 0, 0), "text": "# é\nARG W=2\n"}]));
    let next = delta(&mut editor, &first["resultId"]);
    assert_ne!(next["resultId"], first["resultId"]);
    let data = edited(first["data"].as_array().unwrap().clone(), &next["edits"]);
    assert_eq!(json!(data), full(&mut editor)["data"]);
    let edit = &next["edits"][0];
    let size = edit["deleteCount"].as_u64().unwrap() + edit["data"].as_array().unwrap().len() as u64;
    assert!(size <= 15, "an instruction more is no more than that: {edit}");
    // A line less.
    editor.change(
        "Dockerfile",
        json!([{"range": {"start": {"line": 4, "character": 0}, "end": {"line": 5, "character": 0}}, "text": ""}]),
    );
    let last = delta(&mut editor, &next["resultId"]);
    assert_eq!(json!(edited(data, &last["edits"])), full(&mut editor)["data"]);
    // Of what it does not remember, the client is told all.
    let all = delta(&mut editor, &first["resultId"]);
    assert_eq!((&all["data"], &all["edits"]), (&full(&mut editor)["data"], &Value::Null));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn commands_fix_and_tell_what_the_server_goes_by() {
    let project =
        Project::with(&[("dlint.toml", "extends = \"base.toml\"\n"), ("base.toml", ""), ("bad/dlint.toml", "x = 1\n")]);
    let mut editor = Editor::silent(&project);
    let can = json!({"workspace": {"applyEdit": true}, "general": {"positionEncodings": ["utf-8"]}});
    let server = editor.greet(&[""], &can, &json!({"configuration": {"ignore": ["style"]}}));
    assert_eq!(server["executeCommandProvider"]["commands"], json!(["dlint.debugInfo", "dlint.applyFixAll"]));
    let text = "FROM a:1\nRUN a \\\n\n  b\nUSER app\n";
    editor.open("Dockerfile", "dockerfile", text);
    let item = json!({"uri": editor.uri("bad/Dockerfile"), "languageId": "dockerfile", "version": 1, "text": text});
    editor.notify("textDocument/didOpen", json!({"textDocument": item}));
    let run = |editor: &mut Editor<'_>, command: &str, arguments: Value| {
        editor.answer("workspace/executeCommand", json!({"command": command, "arguments": arguments}))
    };
    let uri = editor.uri("Dockerfile");
    assert_eq!(run(&mut editor, "dlint.applyFixAll", json!([uri]))["result"], Value::Null);
    let asked = editor.asked.iter().find(|it| it["method"] == "workspace/applyEdit").cloned();
    let asked = asked.unwrap_or_else(|| editor.until(|it| (it["method"] == "workspace/applyEdit").then(|| it.clone())));
    assert_eq!(support::lsp::edited(text, &asked["params"]), "FROM a:1\nRUN a \\\n  b\nUSER app\n");
    let told = run(&mut editor, "dlint.debugInfo", json!([]))["result"].clone();
    assert_eq!((&told["positionEncoding"], &told["diagnostics"]), (&json!("utf-8"), &json!("push")));
    let files = told["files"].as_array().unwrap();
    assert_eq!(files[0]["configuration"], json!(["base.toml", "dlint.toml", "the setting `configuration`"]));
    assert!(files[1]["fault"].as_str().unwrap().starts_with("bad/dlint.toml:1: "), "{told}");
    for (command, arguments) in
        [("dlint.applyFixAll", json!(["file:///nowhere"])), ("dlint.show", json!([1])), ("x", json!([]))]
    {
        assert_eq!(run(&mut editor, command, arguments)["error"]["code"], json!(-32602), "{command}");
    }
    assert_eq!(editor.leave(), 0);
}
