//! Clients that ask: for findings, for the edits of actions, for explanations.
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

const COMPOSE: &str = "services:\n  web:\n    build: .\n    user: app\n    image: web:1\n";

fn capabilities() -> Value {
    json!({
        "textDocument": {
            "diagnostic": {},
            "codeAction": {"dataSupport": true, "resolveSupport": {"properties": ["edit"]}},
        },
        "workspace": {"diagnostics": {"refreshSupport": true}},
        "window": {"showDocument": {"support": true}},
    })
}

fn open(editor: &mut Editor<'_>, name: &str, language: &str, text: &str) {
    let item = json!({"uri": editor.uri(name), "languageId": language, "version": 0, "text": text});
    editor.notify("textDocument/didOpen", json!({"textDocument": item}));
}

fn ask(editor: &mut Editor<'_>, name: &str, known: Option<&str>) -> Value {
    let params = json!({"textDocument": {"uri": editor.uri(name)}, "previousResultId": known});
    editor.request("textDocument/diagnostic", params)
}

fn rules(report: &Value) -> Vec<&str> {
    report["items"].as_array().unwrap().iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn findings_are_given_to_who_asks() {
    let project = Project::with(&[("dlint.toml", "select = [\"floating-tag\", \"untagged-image\"]\n")]);
    let mut editor = Editor::new(&project, &capabilities());
    open(&mut editor, "Dockerfile", "dockerfile", "FROM a:latest\n");
    let first = ask(&mut editor, "Dockerfile", None);
    assert_eq!((first["kind"].as_str(), rules(&first)), (Some("full"), vec!["floating-tag"]));
    let id = first["resultId"].as_str().unwrap().to_owned();
    let again = ask(&mut editor, "Dockerfile", Some(&id));
    assert_eq!((again["kind"].as_str(), again["resultId"].as_str()), (Some("unchanged"), Some(id.as_str())));
    // What the text is now, not what it was.
    editor.change_only("Dockerfile", json!([{"text": "FROM a\n"}]));
    let changed = ask(&mut editor, "Dockerfile", Some(&id));
    assert_eq!((changed["kind"].as_str(), rules(&changed)), (Some("full"), vec!["untagged-image"]));
    // A configuration that says something else is no reason for "unchanged".
    project.write("dlint.toml", "select = [\"floating-tag\"]\n");
    editor.notify("workspace/didChangeWatchedFiles", json!({"changes": []}));
    let id = changed["resultId"].as_str().unwrap().to_owned();
    assert_eq!(rules(&ask(&mut editor, "Dockerfile", Some(&id))), [] as [&str; 0]);
    assert_eq!(ask(&mut editor, "unknown.txt", None)["items"], json!([]));
    assert!(editor.published.is_empty(), "{:?}", editor.published);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_client_is_told_to_ask_again() {
    let project = Project::with(&[("dlint.toml", "select = [\"root-user\"]\n")]);
    let mut editor = Editor::new(&project, &capabilities());
    open(&mut editor, "Dockerfile", "dockerfile", "FROM a:1\nUSER app\n");
    open(&mut editor, "compose.yaml", "dockercompose", "services:\n  web:\n    build: .\n");
    let asks = |message: &Value| (message["method"] == "workspace/diagnostic/refresh").then_some(());
    editor.until(asks);
    assert_eq!(rules(&ask(&mut editor, "compose.yaml", None)), [] as [&str; 0]);
    editor.change_only("Dockerfile", json!([{"text": "FROM a:1\nUSER root\n"}]));
    editor.until(asks);
    assert_eq!(rules(&ask(&mut editor, "Dockerfile", None)), ["root-user"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_broken_configuration_is_told_once_and_takes_nothing_away() {
    let project = Project::with(&[("dlint.toml", "slect = []\n")]);
    let mut editor = Editor::new(&project, &capabilities());
    open(&mut editor, "Dockerfile", "dockerfile", "FROM a\n");
    let params = json!({"textDocument": {"uri": editor.uri("Dockerfile")}});
    let answer = editor.answer("textDocument/diagnostic", params);
    assert!(answer["error"]["message"].as_str().unwrap().contains("dlint.toml:1: `slect`"), "{answer}");
    project.write("dlint.toml", "select = [\"untagged-image\"]\n");
    assert_eq!(rules(&ask(&mut editor, "Dockerfile", None)), ["untagged-image"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn edits_of_ignores_are_worked_out_when_they_are_chosen() {
    let project = Project::with(&[("dlint.toml", "select = [\"floating-tag\"]\n")]);
    let mut editor = Editor::new(&project, &capabilities());
    open(&mut editor, "Dockerfile", "dockerfile", "FROM a:latest\n");
    let place = json!({"line": 0, "character": 8});
    let params = json!({
        "textDocument": {"uri": editor.uri("Dockerfile")},
        "range": {"start": place, "end": place},
        "context": {"diagnostics": []},
    });
    let actions = editor.request("textDocument/codeAction", params);
    let titled = |title: &str| actions.as_array().unwrap().iter().find(|it| it["title"] == title).unwrap().clone();
    let ignore = titled("Ignore `floating-tag` here");
    assert!(ignore.get("edit").is_none() && ignore.get("data").is_some(), "{ignore}");
    let resolved = editor.request("codeAction/resolve", ignore.clone());
    let edits = resolved["edit"]["changes"][editor.uri("Dockerfile")].as_array().unwrap().clone();
    assert_eq!(edits[0]["newText"], "# dlint ignore=floating-tag\n");
    let in_file = editor.request("codeAction/resolve", titled("Ignore `floating-tag` in this file"));
    assert!(in_file["edit"].to_string().contains("ignore-file=floating-tag"), "{in_file}");
    // The page.
    let explain = titled("Explain `floating-tag`");
    let command = json!({"command": explain["command"]["command"], "arguments": explain["command"]["arguments"]});
    editor.request("workspace/executeCommand", command);
    let shown = editor.until(|it| (it["method"] == "window/showDocument").then(|| it["params"].clone()));
    assert!(shown["uri"].as_str().unwrap().ends_with("floating_tag.md") && shown["external"] == true, "{shown}");
    let wrong = json!({"command": "dlint.explainRule", "arguments": ["no-such-rule"]});
    assert_eq!(editor.answer("workspace/executeCommand", wrong)["error"]["code"], -32602);
    // An older text is not edited.
    editor.change_only("Dockerfile", json!([{"text": "\nFROM a:latest\n"}]));
    assert_eq!(editor.answer("codeAction/resolve", ignore)["error"]["code"], -32801);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn who_cannot_ask_again_gets_findings_published() {
    let project = Project::with(&[("compose.yaml", COMPOSE)]);
    let mut editor = Editor::silent(&project);
    let root = editor.uri("");
    let params = json!({"processId": null, "rootUri": root, "capabilities": {"textDocument": {"diagnostic": {}}}});
    let answer = editor.request("initialize", params);
    assert!(answer["capabilities"].get("diagnosticProvider").is_none(), "{answer}");
    let commands = &answer["capabilities"]["executeCommandProvider"]["commands"];
    assert_eq!(commands, &json!(["dlint.debugInfo"]), "what it cannot show or apply is not offered");
    editor.notify("initialized", json!({}));
    assert!(!editor.open("Dockerfile", "dockerfile", "FROM a\n").is_empty());
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_burst_of_edits_is_published_few_times() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &json!({}));
    let text = "FROM a:1\n".to_owned() + &"RUN apt-get update && apt-get install -y curl\n".repeat(300);
    editor.open("Dockerfile", "dockerfile", &text);
    let before = editor.published.len();
    let place = json!({"line": 1, "character": 0});
    let mut last = 0;
    for index in 0..200 {
        let change = json!([{"range": {"start": place, "end": place}, "text": format!("# {index}\n")}]);
        last = editor.change_only("Dockerfile", change);
    }
    editor.found("Dockerfile", last);
    let published = &editor.published[before..];
    assert_eq!(published.last().unwrap()["version"], last);
    assert!(published.len() <= 20, "{}", published.len());
    assert_eq!(editor.leave(), 0);
}

/// Starts a server with settings of the editor, and gives what it can do.
fn with_settings<'p>(project: &'p Project, settings: &Value) -> (Editor<'p>, Value) {
    let mut editor = Editor::silent(project);
    let root = editor.uri("");
    let params = json!({
        "processId": null, "rootUri": root, "capabilities": {}, "initializationOptions": settings,
        "workspaceFolders": [{"uri": root, "name": "project"}],
    });
    let answer = editor.request("initialize", params);
    editor.notify("initialized", json!({}));
    (editor, answer["capabilities"].clone())
}

#[test]
fn settings_of_the_editor_hold() {
    let project = Project::with(&[
        ("dlint.toml", "select = [\"untagged-image\"]\n"),
        ("other.toml", "select = [\"root-user\"]\n"),
    ]);
    let text = "FROM a:latest\nFROM b\nUSER root\n";
    let settings = json!({"select": ["floating-tag"], "features": {"hover": false}, "minRating": "", "unknown": 1});
    let (mut editor, capabilities) = with_settings(&project, &settings);
    assert!(capabilities.get("hoverProvider").is_none() && capabilities.get("completionProvider").is_some());
    let codes =
        |found: &[Value]| -> Vec<String> { found.iter().map(|it| it["code"].as_str().unwrap().to_owned()).collect() };
    assert_eq!(codes(&editor.open("Dockerfile", "dockerfile", text)), ["floating-tag"]);
    let path = project.path("other.toml").display().to_string();
    let settings = json!({"settings": {"dlint": {"configurationFile": path, "run": "onSave"}}});
    editor.notify("workspace/didChangeConfiguration", settings);
    let found = editor.until(|it| {
        let found = it["params"]["diagnostics"].as_array()?;
        (it["method"] == "textDocument/publishDiagnostics" && found[0]["code"] == "root-user").then(|| found.clone())
    });
    assert_eq!(codes(&found), ["root-user"]);
    // Edits alone are no reason now.
    let version = editor.change_only("Dockerfile", json!([{"text": "FROM a\n"}]));
    editor.listen(std::time::Duration::from_millis(300));
    assert!(editor.published.iter().all(|it| it["version"] != version), "{:?}", editor.published);
    editor.notify("textDocument/didSave", json!({"textDocument": {"uri": editor.uri("Dockerfile")}}));
    assert_eq!(editor.found("Dockerfile", version), [] as [Value; 0]);
    // What cannot be used is told, and changes nothing.
    editor.notify("workspace/didChangeConfiguration", json!({"settings": {"dlint": {"minRating": "terrible"}}}));
    let told = editor.until(|it| (it["method"] == "window/showMessage").then(|| it["params"]["message"].clone()));
    assert!(told.as_str().unwrap().contains("`terrible` is no rating"), "{told}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn what_is_no_text_is_told_as_the_command_line_does() {
    let project = Project::new();
    let text = "# \u{fc}\nFROM a:latest\n";
    // An editor that takes UTF-16 without a mark for another encoding has a zero beside each letter.
    let utf16: String = text.encode_utf16().flat_map(u16::to_le_bytes).map(char::from).collect();
    let compose: String = "services: {}\n".encode_utf16().flat_map(u16::to_be_bytes).map(char::from).collect();
    let cases = [
        ("Dockerfile", "dockerfile", utf16.as_str(), "is UTF-16, which Docker does not read; save it as UTF-8"),
        ("compose.yaml", "dockercompose", &compose, "is UTF-16, which Docker does not read; save it as UTF-8"),
        ("sub/Dockerfile", "dockerfile", "FROM a\0\n", "is a binary file"),
    ];
    for (name, language, text, refusal) in cases {
        project.write(name, text.chars().map(|it| it as u8).collect::<Vec<u8>>());
        project.dlint(&[name]).ends_with(2).complains(&format!("`{name}` {refusal}"));
        let mut asking = Editor::new(&project, &capabilities());
        open(&mut asking, name, language, text);
        let told = ask(&mut asking, name, None);
        let mut listening = Editor::new(&project, &json!({}));
        let published = listening.open(name, language, text);
        for items in [told["items"].as_array().unwrap(), &published] {
            let said: Vec<_> =
                items.iter().map(|it| (it["message"].as_str().unwrap(), it["severity"].as_u64())).collect();
            assert_eq!(said, [(format!("this {refusal}").as_str(), Some(1))], "{name}");
        }
        project.write(name, "");
        assert_eq!(listening.change(name, json!([{"text": ""}])).iter().filter(|it| it["code"].is_null()).count(), 0);
        assert_eq!((asking.leave(), listening.leave()), (0, 0));
    }
}

#[test]
fn what_is_saved_as_another_encoding_is_told_beside_what_is_found() {
    let project = Project::new();
    let text = "FROM a:latest\nUSER app\n";
    // An editor that knows the encoding shows the text as ever.
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    project.write("Dockerfile", utf16);
    let mut editor = Editor::new(&project, &json!({}));
    let docker = editor.uri("Dockerfile");
    let found = editor.open("Dockerfile", "dockerfile", text);
    assert_eq!(found[0]["message"], "this is UTF-16, which Docker does not read; save it as UTF-8");
    assert_eq!(found[1]["code"], "floating-tag");
    // Compose reads UTF-16 with a mark.
    let compose = "services:\n  a:\n    image: b:1\n";
    let mut utf16: Vec<u8> = format!("\u{feff}{compose}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    project.write("compose.yaml", &utf16);
    let is_refused = |found: &[Value]| found.iter().any(|it| it["code"].is_null());
    assert!(!is_refused(&editor.open("compose.yaml", "dockercompose", compose)));
    utf16.drain(..2);
    project.write("compose.yaml", &utf16);
    assert!(is_refused(&editor.change("compose.yaml", json!([{"text": compose}]))), "without one it does not");
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": editor.uri("compose.yaml")}}));
    project.write("Dockerfile", text);
    editor.notify("textDocument/didSave", json!({"textDocument": {"uri": editor.uri("Dockerfile")}}));
    let left = editor.until(|it| {
        let is_it = it["method"] == "textDocument/publishDiagnostics" && it["params"]["uri"] == docker.as_str();
        let left = is_it.then(|| it["params"]["diagnostics"].clone());
        left.filter(|left| !is_refused(left.as_array().unwrap()))
    });
    assert_eq!((left[0]["code"].as_str(), left.as_array().unwrap().len()), (Some("floating-tag"), found.len() - 1));
    // Compose reads it by its mark, and only so.
    let text = "services:\n  a:\n    image: b:latest\n";
    for (mark, is_told) in [("\u{feff}", false), ("", true)] {
        let utf16: Vec<u8> = format!("{mark}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let folder = if is_told { "unmarked" } else { "marked" };
        project.write(format!("{folder}/compose.yaml"), utf16);
        let found = editor.open(&format!("{folder}/compose.yaml"), "dockercompose", text);
        let is_said = found.iter().any(|it| it["message"].as_str().is_some_and(|it| it.contains("UTF-16")));
        assert_eq!(is_said, is_told, "{found:?}");
    }
    assert_eq!(editor.leave(), 0);
}
