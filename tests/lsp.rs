//! The language server, driven over its standard input and output as an editor does.
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
use support::lsp::{Editor, edited, rules};

const CONFIG: (&str, &str) =
    ("dlint.toml", "select = [\"floating-tag\", \"root-user\", \"undefined-reference\", \"useradd-with-log-init\"]\n");

fn full() -> Value {
    json!({
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}, "didChangeWatchedFiles": {"dynamicRegistration": true}},
        "general": {"positionEncodings": ["utf-16"]},
    })
}

#[test]
fn findings_are_those_of_the_command_line_at_the_places_of_the_editor() {
    let project = Project::with(&[CONFIG]);
    let mut editor = Editor::new(&project, &full());
    let text = "FROM alpine:3.20\nLABEL a=é😀 b=c\nUSER root\n";
    let found = editor.open("Dockerfile", "dockerfile", text);
    assert_eq!(rules(&found), ["root-user"]);
    let [finding] = &found[..] else { panic!("{found:?}") };
    assert_eq!(finding["range"], json!({"start": {"line": 2, "character": 5}, "end": {"line": 2, "character": 9}}));
    assert_eq!(finding["source"], "dlint");
    assert!(finding["codeDescription"]["href"].as_str().unwrap().ends_with("root_user.md"));
    project.write("Dockerfile", text);
    let report = project.json(&["Dockerfile"]);
    assert_eq!(report["diagnostics"][0]["message"], finding["message"]);
    // Two units of UTF-16 for the emoji.
    let moved = editor.open("b/Dockerfile", "dockerfile", "FROM \\\n# é😀\n  alpine:latest\n");
    assert_eq!(moved[0]["range"]["start"], json!({"line": 2, "character": 9}), "the tag");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn edits_are_applied_in_order_and_only_the_last_text_counts() {
    let project = Project::with(&[CONFIG]);
    let mut editor = Editor::new(&project, &full());
    assert_eq!(rules(&editor.open("Dockerfile", "dockerfile", "FROM alpine:3.20\nUSER app\n")), Vec::<String>::new());
    let at =
        |line, from, to| json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
    let found = editor
        .change("Dockerfile", json!([{"range": at(1, 5, 8), "text": "ro"}, {"range": at(1, 7, 7), "text": "ot"}]));
    assert_eq!(rules(&found), ["root-user"]);
    editor.published.clear();
    for number in 0..200 {
        let text = if number % 2 == 0 { "FROM x:latest\n" } else { "FROM alpine:3.20\nUSER root\n" };
        editor.change_only("Dockerfile", json!([{"text": text}]));
    }
    let found = editor.change("Dockerfile", json!([{"text": "FROM alpine:latest\nUSER app\n"}]));
    assert_eq!(rules(&found), ["floating-tag"]);
    editor.listen(Duration::from_millis(400));
    let versions: Vec<i64> = editor.published.iter().map(|it| it["version"].as_i64().unwrap()).collect();
    assert!(versions.is_sorted(), "{versions:?}");
    assert_eq!(rules(editor.published.last().unwrap()["diagnostics"].as_array().unwrap()), ["floating-tag"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_compose_file_is_judged_by_the_open_dockerfile_that_it_builds() {
    let project = Project::with(&[CONFIG, ("web/Dockerfile", "FROM alpine:3.20\nUSER app\n")]);
    let mut editor = Editor::new(&project, &full());
    let compose = "services:\n  web:\n    build: web\n    networks: [fornt]\nnetworks:\n  front: {}\n";
    let found = editor.open("compose.yaml", "dockercompose", compose);
    assert_eq!(rules(&found), ["undefined-reference"]);
    editor.open("web/Dockerfile", "dockerfile", "FROM alpine:3.20\nUSER app\n");
    editor.published.clear();
    // Not saved: the text in the editor counts.
    let found = editor.change("web/Dockerfile", json!([{"text": "FROM alpine:3.20\nUSER root\n"}]));
    assert_eq!(rules(&found), ["root-user"]);
    editor.listen(Duration::from_millis(800));
    let compose = editor.uri("compose.yaml");
    assert!(editor.published.iter().any(|it| it["uri"] == compose.as_str()), "what depends on it is linted again");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn fixes_are_edits_and_fix_all_is_what_the_command_line_does() {
    let project = Project::with(&[("dlint.toml", "select = [\"useradd-with-log-init\"]\n")]);
    let text = "FROM debian:11\nRUN useradd -u 100000 a\nRUN useradd -u 200000 b\n";
    project.write("Dockerfile", text);
    let mut editor = Editor::new(&project, &full());
    let found = editor.open("Dockerfile", "dockerfile", text);
    assert_eq!(rules(&found), ["useradd-with-log-init", "useradd-with-log-init"]);
    let uri = editor.uri("Dockerfile");
    let ask = |editor: &mut Editor<'_>, range: &Value, only: Value| {
        let params =
            json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": [], "only": only}});
        editor.request("textDocument/codeAction", params).as_array().unwrap().clone()
    };
    let actions = ask(&mut editor, &found[0]["range"], json!(["quickfix"]));
    let titles: Vec<&str> = actions.iter().map(|it| it["title"].as_str().unwrap()).collect();
    let wanted = [
        "Fix all 2 `useradd-with-log-init` in this file",
        "Ignore `useradd-with-log-init` here",
        "Ignore `useradd-with-log-init` in this file",
        "Switch `useradd-with-log-init` off in dlint.toml",
    ];
    assert_eq!(titles[1..], wanted);
    let ignored = edited(text, &actions[2]);
    assert!(ignored.contains("# dlint ignore=useradd-with-log-init\nRUN useradd"), "{ignored}");
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["diagnostics"][0]["code"], "useradd-with-log-init");
    let one = edited(text, &actions[0]);
    assert!(one.contains("-u 200000 b\n") && one != text, "{one}");
    assert!(
        ask(
            &mut editor,
            &json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}),
            Value::Null
        )
        .is_empty()
    );
    let all = ask(&mut editor, &found[0]["range"], json!(["source.fixAll"]));
    assert_eq!((all.len(), &all[0]["kind"]), (1, &json!("source.fixAll.dlint")));
    project.dlint(&["--fix", "Dockerfile"]).ends_with(0);
    assert_eq!(edited(text, &all[0]), project.read("Dockerfile"));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn hover_explains_findings_keys_and_instructions() {
    let project = Project::with(&[CONFIG]);
    let mut editor = Editor::new(&project, &full());
    editor.open("Dockerfile", "dockerfile", "FROM alpine:3.20\nUSER root\n");
    editor.open("compose.yaml", "yaml", "services:\n  a:\n    image: x:1\n    healthcheck:\n      interval: 5s\n");
    let mut hover = |name: &str, line: u32, character: u32| {
        let params =
            json!({"textDocument": {"uri": editor.uri(name)}, "position": {"line": line, "character": character}});
        let answer = editor.request("textDocument/hover", params);
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    assert!(hover("Dockerfile", 1, 6).contains("root_user.md"));
    assert!(hover("Dockerfile", 1, 1).contains("#user"));
    assert!(hover("compose.yaml", 4, 8).contains("docs.docker.com/reference/compose-file/"));
    assert_eq!(hover("compose.yaml", 1, 2), "");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_table_of_ends_of_life_holds_in_the_editor_too() {
    let table = "as-of = 2026-01-01\n[[product]]\nname = \"App\"\nsource = \"its page\"\nimages = [\"app\"]\nwords = []\n\
                 [product.ends]\n\"1\" = 2025-01-01\n";
    let config = "select = [\"end-of-life-image\"]\n[options.end-of-life-image]\ndata = \"lifecycles.toml\"\n";
    let project = Project::with(&[("lifecycles.toml", table), ("dlint.toml", config)]);
    let mut editor = Editor::new(&project, &json!({}));
    let found = editor.open("Dockerfile", "dockerfile", "FROM app:1\n");
    assert_eq!(rules(&found), ["end-of-life-image"]);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn configuration_and_files_on_disk_are_read_again() {
    let project = Project::with(&[("dlint.toml", "select = []\n")]);
    let mut editor = Editor::new(&project, &full());
    assert!(editor.open("Dockerfile", "dockerfile", "FROM alpine:latest\n").is_empty());
    assert_eq!(editor.first_asked()["method"], "client/registerCapability");
    project.write("dlint.toml", "select = [\"floating-tag\"]\n");
    let changed = json!({"changes": [{"uri": editor.uri("dlint.toml"), "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", changed);
    assert_eq!(rules(&editor.found("Dockerfile", 1)), ["floating-tag"]);
    project.write("dlint.toml", "selekt = []\n");
    editor.notify("textDocument/didSave", json!({"textDocument": {"uri": editor.uri("Dockerfile")}}));
    let shown = editor.until(|it| (it["method"] == "window/showMessage").then(|| it["params"]["message"].clone()));
    assert!(shown.as_str().unwrap().contains("selekt"), "{shown}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn closing_a_file_takes_its_findings_away() {
    let project = Project::with(&[CONFIG]);
    let mut editor = Editor::new(&project, &full());
    editor.open("Dockerfile", "dockerfile", "FROM alpine:latest\n");
    let uri = editor.uri("Dockerfile");
    editor.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    let is_it = |it: &Value| it["method"] == "textDocument/publishDiagnostics" && it["params"]["uri"] == uri.as_str();
    let cleared = editor.until(|it| is_it(it).then(|| it["params"]["diagnostics"].clone()));
    assert_eq!(cleared, json!([]));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn files_that_are_not_for_dlint_are_left_alone() {
    let project = Project::with(&[CONFIG]);
    let mut editor = Editor::new(&project, &full());
    for (name, language) in [
        ("values.yaml", "yaml"),
        ("Dockerfile.j2", "dockerfile"),
        (".dockerignore", "dockerfile"),
        ("package.json", "json"),
    ] {
        let item =
            json!({"uri": editor.uri(name), "languageId": language, "version": 1, "text": "FROM alpine:latest\n"});
        editor.notify("textDocument/didOpen", json!({"textDocument": item}));
    }
    editor.open("x.txt", "dockerfile", "FROM alpine:latest\n");
    assert_eq!(editor.published.len(), 1, "only what the editor calls a Dockerfile: {:?}", editor.published);
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_client_that_can_do_little_is_served_too() {
    let project = Project::with(&[CONFIG]);
    let mut editor = Editor::new(&project, &json!({}));
    let text = "ARG TAG=latest\nFROM alpine:${TAG}\n";
    let found = editor.open("Dockerfile", "dockerfile", text);
    let message = found[0]["message"].as_str().unwrap();
    assert!(found[0].get("relatedInformation").is_none(), "{message}");
    assert!(editor.asked.is_empty(), "nothing is asked of who cannot do it");
    // What was never saved has no path.
    let item =
        json!({"uri": "untitled:Untitled-1", "languageId": "dockerfile", "version": 1, "text": "FROM alpine:latest\n"});
    editor.notify("textDocument/didOpen", json!({"textDocument": item}));
    let found = editor.until(|it| {
        (it["params"]["uri"] == "untitled:Untitled-1").then(|| it["params"]["diagnostics"].as_array().unwrap().clone())
    });
    assert!(rules(&found).contains(&"floating-tag".to_owned()), "{found:?}");
    assert_eq!(editor.leave(), 0);
}

#[test]
fn the_life_of_a_server_has_an_order() {
    let project = Project::new();
    let mut editor = Editor::silent(&project);
    let early = editor.answer(
        "textDocument/hover",
        json!({"textDocument": {"uri": "file:///x"}, "position": {"line": 0, "character": 0}}),
    );
    assert_eq!(early["error"]["code"], -32002);
    let params = json!({"processId": null, "rootUri": null, "capabilities": {}});
    let answer = editor.request("initialize", params);
    assert_eq!(answer["serverInfo"]["name"], "dlint");
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    editor.notify("initialized", json!({}));
    assert_eq!(editor.answer("dlint/unheardOf", json!({}))["error"]["code"], -32601);
    editor.send_text("{\"jsonrpc\": \"2.0\", \"id\": 1");
    let found = editor.open("Dockerfile", "dockerfile", "FRM x\n");
    assert!(!found.is_empty(), "a message that cannot be read stops nothing");
    editor.request("shutdown", Value::Null);
    let late = editor.answer(
        "textDocument/hover",
        json!({"textDocument": {"uri": "file:///x"}, "position": {"line": 0, "character": 0}}),
    );
    assert_eq!(late["error"]["code"], -32600);
    editor.notify("exit", Value::Null);
    assert_eq!(editor.vanish(), 0);
    assert_eq!(Editor::new(&project, &full()).vanish(), 1, "it was gone without leave");
}

#[test]
fn what_is_broken_or_huge_is_linted_too() {
    let project = Project::with(&[CONFIG]);
    let mut editor = Editor::new(&project, &full());
    for text in ["", "\u{feff}", "FROM", "FROM a\nRUN <<EOF\n", "services:\n  a:\n   b\n  \t- {", "\0\r\r\n"] {
        editor.open("Dockerfile", "dockerfile", text);
        editor.open("compose.yaml", "yaml", text);
    }
    let huge = format!("FROM alpine:latest\n{}", "RUN echo hello\n".repeat(20_000));
    assert!(rules(&editor.open("Dockerfile", "dockerfile", &huge)).contains(&"floating-tag".to_owned()));
    assert_eq!(editor.leave(), 0);
}

#[test]
fn a_fault_of_the_configuration_is_shown_in_its_file() {
    let project = Project::with(&[("dlint.toml", "ignore = []\n# \u{e9}\n[rules]\nroot-usr = \"off\"\n")]);
    let mut editor = Editor::new(&project, &full());
    let config = editor.uri("dlint.toml");
    let of_config = |it: &Value| {
        let is_it = it["method"] == "textDocument/publishDiagnostics" && it["params"]["uri"] == config.as_str();
        is_it.then(|| it["params"]["diagnostics"].clone())
    };
    let open = |editor: &mut Editor<'_>, name: &str| {
        let item = json!({"uri": editor.uri(name), "languageId": "dockerfile", "version": 1, "text": "FROM a:1\n"});
        editor.notify("textDocument/didOpen", json!({"textDocument": item}));
    };
    open(&mut editor, "Dockerfile");
    let shown = editor.until(of_config);
    assert_eq!(
        shown[0]["range"],
        json!({"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 8}}),
        "{shown}"
    );
    assert!(shown[0]["message"].as_str().unwrap().contains("root-usr") && shown[0]["severity"] == 1, "{shown}");
    // It is said once, however many texts there are, and goes when it is mended.
    open(&mut editor, "b/Dockerfile");
    editor.listen(std::time::Duration::from_millis(400));
    assert_eq!(editor.published.iter().filter(|it| it["uri"] == config.as_str()).count(), 1);
    project.write("dlint.toml", "[rules]\nroot-user = \"off\"\n");
    let changed = json!({"changes": [{"uri": config, "type": 2}]});
    editor.notify("workspace/didChangeWatchedFiles", changed);
    assert_eq!(editor.until(of_config), json!([]));
    project.write("dlint.toml", "[rules\n");
    editor.notify("textDocument/didSave", json!({"textDocument": {"uri": editor.uri("Dockerfile")}}));
    assert_eq!(editor.until(of_config)[0]["range"]["start"]["line"], 0);
    for name in ["Dockerfile", "b/Dockerfile"] {
        editor.notify("textDocument/didClose", json!({"textDocument": {"uri": editor.uri(name)}}));
    }
    assert_eq!(editor.until(of_config), json!([]), "nothing is kept from being linted any more");
    assert_eq!(editor.leave(), 0);
}
