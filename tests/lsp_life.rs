//! How the language server begins and ends, and what it tells of its work.
#![allow(clippy::unwrap_used)]

mod support {
    pub(crate) mod lsp;
    #[path = "mod.rs"]
    mod project;
    pub(crate) use project::*;
}

use std::time::Duration;

use serde_json::{Value, json};
use support::Project;
use support::lsp::Editor;

#[cfg(unix)]
#[test]
fn the_server_ends_with_the_process_of_its_client() {
    let project = Project::new();
    let mut process = std::process::Command::new("sleep").arg("60").spawn().unwrap();
    let mut editor = Editor::silent(&project);
    editor.request("initialize", json!({"processId": process.id(), "rootUri": null, "capabilities": {}}));
    editor.notify("initialized", json!({}));
    assert!(editor.open("Dockerfile", "dockerfile", "FRM x\n").len() == 1, "it works as long as that is there");
    process.kill().unwrap();
    process.wait().unwrap();
    // Its standard input stays open.
    assert_eq!(editor.watch(), 1);
    // In a container the number may be that of no process.
    let mut editor = Editor::silent(&project);
    editor.request("initialize", json!({"processId": process.id(), "rootUri": null, "capabilities": {}}));
    assert!(editor.open("Dockerfile", "dockerfile", "FRM x\n").len() == 1);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn an_end_without_leave_is_told_by_the_status() {
    let project = Project::new();
    for is_greeted in [true, false] {
        let mut editor = if is_greeted { Editor::new(&project, &json!({})) } else { Editor::silent(&project) };
        editor.notify("exit", Value::Null);
        assert_eq!(editor.watch(), 1);
    }
    let mut editor = Editor::new(&project, &json!({}));
    editor.request("shutdown", Value::Null);
    assert_eq!(editor.vanish(), 0, "it had taken leave");
}

#[test]
fn work_is_told_to_who_wants_to_know() {
    let project = Project::with(&[("dlint.toml", "select = [\"floating-tag\"]\n")]);
    let mut editor = Editor::new(&project, &json!({}));
    let told = |editor: &mut Editor<'_>, text: &str| -> Vec<Value> {
        editor.traced.clear();
        editor.open("Dockerfile", "dockerfile", text);
        editor.listen(Duration::from_millis(50));
        editor.traced.clone()
    };
    assert_eq!(told(&mut editor, "FROM a:latest\n"), [] as [Value; 0]);
    editor.notify("$/setTrace", json!({"value": "messages"}));
    let found = told(&mut editor, "FROM a:latest\n");
    assert!(found[0]["message"].as_str().unwrap().contains("Dockerfile in version"), "{found:?}");
    assert!(found[0].get("verbose").is_none(), "{found:?}");
    editor.notify("$/setTrace", json!({"value": "verbose"}));
    assert_eq!(told(&mut editor, "FROM a:latest\n")[0]["verbose"], "1 findings: floating-tag");
    editor.notify("$/setTrace", json!({"value": "off"}));
    assert_eq!(told(&mut editor, "FROM a:latest\n"), [] as [Value; 0]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_huge_header_is_no_trouble() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &json!({}));
    editor.send_bytes(&vec![b'x'; 8 << 20]);
    editor.send_bytes(b"\r\n\r\nContent-Length: -1\r\n\r\nContent-Length: 99999999999999999999\r\n\r\n");
    assert_eq!(editor.request("workspace/symbol", json!({"query": ""})), json!([]));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_old_text_is_never_published_after_the_new() {
    let project = Project::with(&[("dlint.toml", "select = [\"floating-tag\"]\n")]);
    let mut editor = Editor::new(&project, &json!({}));
    let slow = "RUN apt-get update && apt-get install -y curl\n".repeat(400);
    editor.open("Dockerfile", "dockerfile", "FROM a:1\n");
    for _ in 0..5 {
        editor.change_only("Dockerfile", json!([{"text": format!("FROM a:latest\n{slow}")}]));
        // The lint of that has begun when the next text comes.
        editor.listen(Duration::from_millis(20));
        editor.published.clear();
        let last = editor.change_only("Dockerfile", json!([{"text": "FROM a:1\n"}]));
        assert_eq!(editor.found("Dockerfile", last), [] as [Value; 0]);
        editor.listen(Duration::from_millis(100));
        assert_eq!(editor.published.last().unwrap()["version"], last);
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_cancelled_request_is_answered_and_others_go_on() {
    let project = Project::new();
    let mut editor = Editor::new(&project, &json!({}));
    let services: Vec<String> = (0..300).map(|at| format!("  s{at}:\n    image: a\n    depends_on: [s0]\n")).collect();
    let text = format!("services:\n{}", services.concat());
    editor.open("compose.yaml", "dockercompose", &text);
    let params = json!({
        "textDocument": {"uri": editor.uri("compose.yaml")}, "position": {"line": 1, "character": 3},
        "context": {"includeDeclaration": true},
    });
    for id in 1000..1070 {
        editor.send(&json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/references", "params": params}));
    }
    editor.notify("$/cancelRequest", json!({"id": 1069}));
    let answer = editor.until(|it| (it["id"] == 1069).then(|| it.clone()));
    assert!(answer["error"]["code"] == -32800 || answer["result"].is_array(), "{answer}");
    assert_eq!(editor.request("workspace/symbol", json!({"query": "s299"})).as_array().unwrap().len(), 1);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn paths_come_in_all_writings() {
    let project = Project::with(&[("dlint.toml", "select = [\"floating-tag\"]\n")]);
    let mut editor = Editor::new(&project, &json!({}));
    let names = ["a b/Dockerfile", "\u{e9}\u{1f600}/Dockerfile", "100%25/Dockerfile", "x#y/Dockerfile"];
    for name in names {
        let uri = editor
            .uri(name)
            .replace(' ', "%20")
            .replace('#', "%23")
            .replace('\u{e9}', "%C3%A9")
            .replace('\u{1f600}', "%F0%9F%98%80");
        let item = json!({"uri": uri, "languageId": "dockerfile", "version": 7, "text": "FROM a:latest\n"});
        editor.notify("textDocument/didOpen", json!({"textDocument": item}));
        let found =
            editor.until(|it| (it["params"]["uri"] == uri.as_str()).then(|| it["params"]["diagnostics"].clone()));
        assert_eq!(found[0]["code"], "floating-tag", "{name}: {found}");
    }
    for uri in
        ["untitled:Untitled-1", "file:///c%3A/x/Dockerfile", "vscode-vfs://github/a/b/Dockerfile", "file:///Dockerfile"]
    {
        let item =
            json!({"uri": uri, "languageId": "dockerfile", "version": 7, "text": "FROM a\nUSER x\nFROM b:latest\n"});
        editor.notify("textDocument/didOpen", json!({"textDocument": item}));
        let found = editor.until(|it| (it["params"]["uri"] == uri).then(|| it["params"]["diagnostics"].clone()));
        assert!(found.as_array().is_some_and(|it| !it.is_empty()), "{uri}: {found}");
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": 1, "character": 2}});
        assert!(editor.request("textDocument/hover", params.clone()).is_object(), "{uri}");
        assert!(editor.request("textDocument/completion", params).is_array(), "{uri}");
    }
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_long_look_through_the_files_is_told() {
    let project = Project::with(&[("compose.yaml", "services:\n  web:\n    image: a\n")]);
    let mut editor = Editor::new(&project, &json!({}));
    let mut look = |token: &str| {
        let params = json!({"query": "web", "workDoneToken": token});
        let found = editor.request("workspace/symbol", params).as_array().unwrap().len();
        let told = editor.progressed.iter().filter(|it| it["token"] == token).map(|it| it["value"]["kind"].clone());
        (found, told.collect::<Vec<_>>())
    };
    assert_eq!(look("short"), (1, vec![]), "what is there at once need not be told");
    project.write("huge/Dockerfile", format!("FROM a AS web\n{}", "RUN echo hello && true\n".repeat(500_000)));
    assert_eq!(look("long"), (2, vec![json!("begin"), json!("end")]));
    assert_eq!(editor.leave(), 0);
}
