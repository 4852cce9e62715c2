//! The language server finds what the command line finds, at the same places, and fixes it to the same bytes: in the projects under
//! `fixtures/`, and in the same texts as other editors save them.
#![allow(clippy::unwrap_used)]

mod support {
    pub(crate) mod lsp;
    #[path = "mod.rs"]
    mod project;
    pub(crate) use project::*;
}

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::Project;
use support::lsp::{Editor, edited};

const CASES: [&str; 5] = ["broken", "built-services", "clean", "daemon-comments", "demo"];

/// A way to write a text, and what it is called.
type Way = (&'static str, fn(&str) -> String);

/// Ways to write the same text.
const WAYS: [Way; 4] = [
    ("as it is", str::to_owned),
    ("with other line ends", |text| text.replace("\r\n", "\n").replace('\n', "\r\n")),
    ("with a mark at the beginning", |text| format!("\u{feff}{text}")),
    ("with characters of several units", |text| {
        text.replace("latest", "latest\u{1f600}").replace("# ", "# \u{e9}\t\u{1f600} ")
    }),
];

/// The files of a folder, relative to it.
fn files(folder: &Path, below: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder.join(below)).unwrap() {
        let path = below.join(entry.unwrap().file_name());
        if folder.join(&path).is_dir() {
            files(folder, &path, found);
        } else if path.extension().is_none_or(|it| it != "snap") {
            found.push(path);
        }
    }
    found.sort();
}

/// Findings as a rule and the bytes of its place, in order.
type Found = Vec<(String, u64, u64)>;

fn of_report(report: &Value) -> Found {
    let of = |it: &Value| {
        let offset = |end: &str| it[end]["offset"].as_u64().unwrap();
        (it["rule"].as_str().unwrap().to_owned(), offset("start"), offset("end"))
    };
    let mut found: Found = report["diagnostics"].as_array().unwrap().iter().map(of).collect();
    found.sort();
    found
}

/// The same of what was published, whose columns count bytes.
fn of_editor(diagnostics: &[Value], text: &str) -> Found {
    let starts: Vec<u64> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u64 + 1)).collect();
    let of = |it: &Value| {
        let offset = |end: &str| {
            let place = &it["range"][end];
            starts[usize::try_from(place["line"].as_u64().unwrap()).unwrap()] + place["character"].as_u64().unwrap()
        };
        (it["code"].as_str().unwrap().to_owned(), offset("start"), offset("end"))
    };
    let mut found: Found = diagnostics.iter().map(of).collect();
    found.sort();
    found
}

fn fix_all(editor: &mut Editor<'_>, name: &str) -> Vec<Value> {
    let place = json!({"line": 0, "character": 0});
    let params = json!({
        "textDocument": {"uri": editor.uri(name)}, "range": {"start": place, "end": place},
        "context": {"diagnostics": [], "only": ["source.fixAll"]},
    });
    editor.request("textDocument/codeAction", params).as_array().unwrap().clone()
}

#[test]
fn findings_and_fixes_are_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut seen = 0;
    for (case, (way, write)) in CASES.iter().flat_map(|case| WAYS.map(|way| (*case, way))) {
        let mut paths = Vec::new();
        files(&root.join(case), Path::new(""), &mut paths);
        let project = Project::new();
        for path in &paths {
            project.write(path, write(&std::fs::read_to_string(root.join(case).join(path)).unwrap()));
        }
        let mut editor = Editor::new(&project, &json!({"general": {"positionEncodings": ["utf-8"]}}));
        for path in &paths {
            let name = path.to_str().unwrap();
            let before = project.read(name);
            let report = project.json(&[name]);
            let found = editor.open(name, "", &before);
            assert_eq!(of_editor(&found, &before), of_report(&report), "{case}/{name}, {way}");
            seen += found.len();
            let actions = fix_all(&mut editor, name);
            let fixed = actions.first().map_or_else(|| before.clone(), |action| edited(&before, action));
            project.dlint(&["--fix", "--exit-zero", name]);
            assert_eq!(fixed, project.read(name), "{case}/{name}, {way}");
            editor.change(name, json!([{"text": fixed}]));
            assert_eq!(fix_all(&mut editor, name), [] as [Value; 0], "once is enough: {case}/{name}, {way}");
            editor.notify("textDocument/didClose", json!({"textDocument": {"uri": editor.uri(name)}}));
        }
        assert_eq!(editor.leave(), 0);
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn a_client_that_refuses_to_watch_files_is_served() {
    let project = Project::with(&[("dlint.toml", "select = [\"floating-tag\"]\n")]);
    let mut editor = Editor::silent(&project);
    editor.refuses = true;
    let root = editor.uri("");
    let watches = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    editor.request("initialize", json!({"processId": null, "rootUri": root, "capabilities": watches}));
    editor.notify("initialized", json!({}));
    assert_eq!(editor.open("Dockerfile", "dockerfile", "FROM a:latest\n").len(), 1);
    assert_eq!(editor.first_asked()["method"], "client/registerCapability");
    // What is on the disk is read at each lint all the same.
    project.write("dlint.toml", "select = []\n");
    assert_eq!(editor.change("Dockerfile", json!([{"text": "FROM b:latest\n"}])), [] as [Value; 0]);
    assert_eq!(editor.leave(), 0);
}
