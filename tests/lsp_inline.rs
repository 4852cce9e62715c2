//! Dockerfiles that stand in Compose files: what is named in them, and what is explained there.
#![allow(clippy::unwrap_used, clippy::needless_pass_by_value)]

mod support {
    pub(crate) mod lsp;
    #[path = "mod.rs"]
    mod project;
    pub(crate) use project::*;
}

use serde_json::{Value, json};
use support::Project;
use support::lsp::{Editor, edited};

const COMPOSE: &str = "services:
  web:
    build:
      context: app
      target: build
      args:
        VERSION: 3
      dockerfile_inline: |
        ARG VERSION=1
        FROM alpine:$$VERSION AS build
        ARG VERSION
        RUN echo \"$${VERSION}\" $$HOME

        FROM build
        COPY --from=build /a /b
        USER app
  # Another one, of which nothing is said here.
  other:
    build:
      context: app
      target: build
      args: [VERSION=2]
";

const OVER: &str = "services:
  web:
    build:
      target: build
      args: {VERSION: 4}
";

struct Asked<'p> {
    editor: Editor<'p>,
    text: String,
    name: &'p str,
}

impl<'p> Asked<'p> {
    fn new(project: &'p Project, name: &'p str, text: &str) -> Self {
        let can = json!({"textDocument": {
            "hover": {"contentFormat": ["markdown"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        }});
        let mut editor = Editor::new(project, &can);
        editor.open(name, "dockercompose", text);
        Self { editor, text: text.to_owned(), name }
    }

    /// The answer to a question about where `word` begins, in its first place behind `before`.
    fn at(&mut self, method: &str, before: &str, word: &str, more: Value) -> Value {
        let start = self.text.find(before).unwrap();
        let offset = start + self.text[start..].find(word).unwrap();
        let line = self.text[..offset].matches('\n').count();
        let column = offset - self.text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let mut params = json!({
            "textDocument": {"uri": self.editor.uri(self.name)},
            "position": {"line": line, "character": column},
        });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.editor.answer(&format!("textDocument/{method}"), params)
    }

    /// The lines of places, from 1, with the file where it is another.
    fn lines(&self, answer: &Value) -> Vec<String> {
        let own = self.editor.uri(self.name);
        let line = |it: &Value| {
            let line = it["range"]["start"]["line"].as_u64().unwrap() + 1;
            match it["uri"].as_str().filter(|uri| *uri != own) {
                Some(uri) => format!("{}:{line}", uri.rsplit('/').next().unwrap()),
                None => line.to_string(),
            }
        };
        let mut lines: Vec<String> = answer["result"].as_array().unwrap().iter().map(line).collect();
        lines.sort_by_key(|line| (line.contains(':'), line.len(), line.clone()));
        lines
    }

    fn references(&mut self, before: &str, word: &str) -> Vec<String> {
        let answer = self.at("references", before, word, json!({"context": {"includeDeclaration": true}}));
        self.lines(&answer)
    }

    /// The text after a renaming, or why it is refused.
    fn renamed(&mut self, before: &str, word: &str, new: &str) -> String {
        let answer = self.at("rename", before, word, json!({"newName": new}));
        match answer["error"]["message"].as_str() {
            Some(message) => message.to_owned(),
            None => edited(
                &self.text,
                &json!({"edit": {"changes": {
                    "own": answer["result"]["changes"][self.editor.uri(self.name)],
                }}}),
            ),
        }
    }
}

#[test]
fn stages_and_variables_are_found() {
    let project = Project::with(&[("compose.yaml", COMPOSE), ("app/Dockerfile", "ARG VERSION\nFROM a AS build\n")]);
    let mut it = Asked::new(&project, "compose.yaml", COMPOSE);
    let stage = ["5", "10", "14", "15"];
    assert_eq!(it.references("AS build", "build"), stage);
    assert_eq!(it.references("--from=build", "build"), stage);
    assert_eq!(it.references("target: build", "build"), stage, "from what the service says");
    let variable = ["7", "9", "10", "11", "12"];
    for (before, word) in
        [("ARG VERSION=1", "VERSION"), ("alpine", "VERSION"), ("echo", "VERSION"), ("VERSION: 3", "VERSION")]
    {
        assert_eq!(it.references(before, word), variable, "{before}");
    }
    let definition = |it: &mut Asked<'_>, before: &str, word: &str| {
        let answer = it.at("definition", before, word, json!({}));
        it.lines(&answer)
    };
    assert_eq!(definition(&mut it, "FROM build", "build"), ["10"]);
    assert_eq!(definition(&mut it, "echo", "VERSION"), ["11"]);
    assert_eq!(
        definition(&mut it, "ARG VERSION\n", "VERSION"),
        ["9"],
        "an argument without a default has the global one"
    );
    let answer = it.at("documentHighlight", "echo", "VERSION", json!({}));
    assert_eq!(it.lines(&answer), variable);
    // What stands beside it is another's matter.
    assert_eq!(it.references("services:", "web"), ["2"]);
    assert_eq!(it.editor.leave(), 0);
}

#[test]
fn they_are_renamed_with_what_the_services_say() {
    let project = Project::with(&[("compose.yaml", COMPOSE)]);
    let mut it = Asked::new(&project, "compose.yaml", COMPOSE);
    let (own, rest) = COMPOSE.split_at(COMPOSE.find("  # Another").unwrap());
    let of = |old: &str, new: &str| own.replace(old, new) + rest;
    let wanted = own.replace("target: build", "target: compile").replace("AS build", "AS compile");
    let wanted = wanted.replace("FROM build", "FROM compile").replace("from=build", "from=compile") + rest;
    assert_eq!(it.renamed("FROM build", "build", "compile"), wanted);
    assert_eq!(it.renamed("echo", "VERSION", "RELEASE"), of("VERSION", "RELEASE"));
    assert_eq!(it.renamed("VERSION: 3", "VERSION", "RELEASE"), of("VERSION", "RELEASE"));
    assert!(it.renamed("echo", "VERSION", "HOME").contains("known to others"));
    assert!(it.renamed("AS build", "build", "alpine:$VERSION").contains("name of a stage"));
    let answer = it.at("prepareRename", "echo", "VERSION", json!({}));
    assert_eq!(answer["result"]["placeholder"], "VERSION");
    assert_eq!(it.editor.leave(), 0);
}

#[test]
fn what_is_taken_is_refused() {
    let text = "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM a AS one\n        ARG V=1\n        ENV W=$$V\n        FROM one AS two\n";
    let project = Project::with(&[("compose.yaml", text)]);
    let mut it = Asked::new(&project, "compose.yaml", text);
    assert_eq!(it.renamed("AS one", "one", "two"), "another stage is called `two` already");
    assert_eq!(it.renamed("ARG V", "V", "W"), "another variable is called `W` already");
    assert_eq!(it.editor.leave(), 0);
}

#[test]
fn other_files_of_the_project_have_a_part() {
    let project = Project::with(&[("compose.yaml", COMPOSE), ("compose.override.yaml", OVER)]);
    let mut it = Asked::new(&project, "compose.yaml", COMPOSE);
    let stage = it.references("AS build", "build");
    assert!(
        ["10", "14", "15", "compose.override.yaml:4"].iter().all(|line| stage.contains(&(*line).to_owned())),
        "{stage:?}"
    );
    let variable = it.references("echo", "VERSION");
    assert!(variable.contains(&"compose.override.yaml:5".to_owned()), "{variable:?}");
    assert_eq!(it.editor.leave(), 0);
    let mut it = Asked::new(&project, "compose.override.yaml", OVER);
    let from_there = it.references("args", "VERSION");
    assert!(
        from_there.contains(&"5".to_owned()) && from_there.contains(&"compose.yaml:12".to_owned()),
        "{from_there:?}"
    );
    assert_eq!(it.editor.leave(), 0);
}

#[test]
fn where_places_are_not_those_of_the_file_nothing_is_renamed() {
    let quoted =
        "services:\n  a:\n    build:\n      target: one\n      dockerfile_inline: \"FROM a AS one\\nFROM one\\n\"\n";
    let given = "services:\n  a:\n    build:\n      target: one\n      dockerfile_inline: |\n        FROM a AS ${NAME:-one}\n        FROM one\n";
    for text in [quoted, given] {
        let project = Project::with(&[("compose.yaml", text)]);
        let mut it = Asked::new(&project, "compose.yaml", text);
        for (before, word) in [("target", "one"), ("FROM one", "one")] {
            let answer = it.at("rename", before, word, json!({"newName": "two"}));
            assert_eq!(answer["result"], Value::Null, "{text}");
        }
        assert_eq!(it.editor.leave(), 0);
    }
}

#[test]
fn instructions_and_values_are_explained() {
    let project = Project::with(&[("compose.yaml", COMPOSE)]);
    let mut it = Asked::new(&project, "compose.yaml", COMPOSE);
    let mut hover = |before: &str, word: &str| {
        let answer = it.at("hover", before, word, json!({}));
        let range = &answer["result"]["range"];
        (answer["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned(), range["start"].clone())
    };
    let (text, start) = hover("RUN echo", "RUN");
    assert!(text.contains("#run") && start == json!({"line": 11, "character": 8}), "{text}");
    let (text, start) = hover("echo", "VERSION");
    assert!(text.contains("`VERSION` is `1`") && text.contains("Set by `ARG` in line 11"), "{text}");
    assert_eq!(start, json!({"line": 11, "character": 21}));
    let (text, _) = hover("FROM build", "build");
    assert!(
        text.contains("Stage 0, which comes from the image `alpine:1`") && text.contains("runs as `app` (line 16)"),
        "{text}"
    );
    let (text, _) = hover("context: app", "context");
    assert!(text.contains("context"), "the keys around it are explained as ever: {text}");
    assert_eq!(it.editor.leave(), 0);
}

#[test]
fn the_outline_has_its_stages() {
    let project = Project::with(&[("compose.yaml", COMPOSE)]);
    let mut it = Asked::new(&project, "compose.yaml", COMPOSE);
    let params = json!({"textDocument": {"uri": it.editor.uri("compose.yaml")}});
    let all = it.editor.request("textDocument/documentSymbol", params);
    let child = |item: &Value, name: &str| -> Value {
        let children = item["children"].as_array().unwrap();
        children.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{name} in {item}")).clone()
    };
    let inline = child(&child(&child(&all[0], "web"), "build"), "dockerfile_inline");
    let names: Vec<&str> =
        inline["children"].as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["ARG", "build", "build"]);
    let stage = &inline["children"][1];
    assert_eq!(stage["range"]["start"], json!({"line": 9, "character": 8}));
    assert_eq!(stage["children"].as_array().unwrap().len(), 2);
    assert_eq!(child(stage, "RUN")["range"]["start"], json!({"line": 11, "character": 8}));
    assert_eq!(it.editor.leave(), 0);
}
