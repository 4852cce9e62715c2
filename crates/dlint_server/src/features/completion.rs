//! What may be typed at a place. It works on half-typed text.

mod compose;
mod dockerfile;

use std::ops::Range;

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_linter::daemon::{Format, Key, State, Type, keys};
use dlint_linter::document::Tree;
use dlint_syntax::text::range;
use dlint_syntax::{TextRange, TextSize};

use super::yaml_context;
use crate::hover::of_daemon_key;

/// Something that may be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What is shown.
    pub(crate) label: String,
    /// What kind of thing it is.
    pub(crate) kind: CompletionKind,
    /// What replaces what is typed already.
    pub(crate) text: String,
    /// What is typed already.
    pub(crate) range: TextRange,
    /// A word about it.
    pub(crate) detail: String,
    /// What there is to say about it, in Markdown.
    pub(crate) documentation: String,
}

/// What kind of thing may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CompletionKind {
    /// An instruction, or a word of one.
    Keyword,
    /// A flag, an option or a key.
    Key,
    /// One of a few values.
    Value,
    /// A stage, service, network or the like.
    Reference,
    /// A variable.
    Variable,
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Gathers completions of one place.
pub(super) struct List {
    range: TextRange,
    pub(super) all: Vec<Completion>,
}

impl List {
    pub(super) fn new(typed: Range<usize>) -> Self {
        Self { range: range(typed), all: Vec::new() }
    }

    pub(super) fn add(
        &mut self,
        kind: CompletionKind,
        label: impl Into<String>,
        detail: &str,
        documentation: impl Into<String>,
    ) {
        let label = label.into();
        self.add_as(kind, label.clone(), label, detail, documentation);
    }

    pub(super) fn add_as(
        &mut self,
        kind: CompletionKind,
        label: impl Into<String>,
        text: impl Into<String>,
        detail: &str,
        documentation: impl Into<String>,
    ) {
        let (label, text, documentation) = (label.into(), text.into(), documentation.into());
        self.all.push(Completion { label, kind, text, range: self.range, detail: detail.to_owned(), documentation });
    }
}

/// What may be typed at a place.
pub(crate) fn completions(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Completion> {
    let at = usize::from(offset);
    if !document.text().is_char_boundary(at) {
        return Vec::new();
    }
    match document.tree() {
        Tree::Dockerfile(parts) => dockerfile::completions(document, &parts.0, &parts.1, files, at),
        Tree::Compose(_) => compose::completions(document, files, at),
        Tree::Daemon(_) => in_daemon(document, at),
    }
}

fn in_daemon(document: &Document, at: usize) -> Vec<Completion> {
    let Some(context) = yaml_context::json(document.text(), at) else { return Vec::new() };
    let mut list = List::new(context.typed.clone());
    // The quote that an editor put behind is replaced, too.
    if document.text().get(at..).is_some_and(|rest| rest.starts_with('"')) && !context.typed.is_empty() {
        list.range = range(context.typed.start..at + 1);
    }
    let path: Vec<&str> = context.path.iter().map(String::as_str).filter(|it| *it != "[]").collect();
    if context.may_be_key {
        let children: Vec<&'static Key> = if path.is_empty() {
            keys::all().collect()
        } else {
            keys::at(&path).map_or(&[][..], |key| key.children()).iter().collect()
        };
        let is_offered =
            |key: &&&Key| matches!(key.state, State::Current) && !context.siblings.iter().any(|it| it == key.name);
        for key in children.iter().filter(is_offered) {
            let text = format!("\"{}\": ", key.name);
            list.add_as(CompletionKind::Key, key.name, text, key.ty.described(), of_daemon_key(key));
        }
    } else if let Some(key) = keys::at(&path) {
        values(&mut list, &key.ty);
    }
    list.all
}

fn values(list: &mut List, ty: &Type) {
    match ty {
        Type::Bool => {
            list.add(CompletionKind::Value, "true", "", "");
            list.add(CompletionKind::Value, "false", "", "");
        }
        Type::String(Format::Choice(choices)) => {
            for choice in *choices {
                list.add(CompletionKind::Value, format!("\"{}\"", choice.value), "", choice.description);
            }
        }
        Type::List(of) => values(list, of),
        Type::Either(types) => types.iter().for_each(|ty| values(list, ty)),
        _ => {}
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_linter::{Document, Language, NoFiles};
    use dlint_syntax::TextSize;

    use super::{Completion, completions};

    /// What may be typed at the `|`.
    fn at(language: Language, text: &str) -> Vec<Completion> {
        let offset = text.find('|').unwrap();
        let document = Document::parse("x", text.replacen('|', "", 1), language);
        completions(&document, &NoFiles, TextSize::new(offset as u32))
    }

    fn labels(language: Language, text: &str) -> Vec<String> {
        at(language, text).into_iter().map(|it| it.label).collect()
    }

    #[track_caller]
    fn has(language: Language, text: &str, wanted: &[&str], unwanted: &[&str]) {
        let labels = labels(language, text);
        for it in wanted {
            assert!(labels.iter().any(|label| label == it), "{it} is not in {labels:?}");
        }
        for it in unwanted {
            assert!(!labels.iter().any(|label| label == it), "{it} is in {labels:?}");
        }
    }

    #[test]
    fn dockerfiles() {
        let has = |text, wanted: &[&str], unwanted: &[&str]| has(Language::Dockerfile, text, wanted, unwanted);
        has("|", &["FROM", "ARG"], &["RUN"]);
        has("FROM a\nC|\n", &["COPY", "CMD"], &["MAINTAINER"]);
        has("FROM a\nco|", &["copy"], &["COPY"]);
        has("FROM a\nRUN x\n|\nRUN y\n", &["RUN"], &[]);
        has("FROM a\nONBUILD |", &["RUN"], &["FROM", "ONBUILD"]);
        has("FROM a\nCOPY --|", &["--from", "--chown", "--link"], &["--mount"]);
        has("FROM a\nCOPY --link --| x y", &["--from"], &["--link"]);
        has("FROM a AS one\nFROM b AS two\nCOPY --from=|", &["one"], &["two"]);
        has("FROM a AS one\nFROM |", &["one", "scratch", "a"], &[]);
        has("FROM a |", &["AS"], &["scratch"]);
        has("FROM a AS one\nFROM b\nRUN --mount=|", &["type", "target"], &["sharing"]);
        has("FROM a\nRUN --mount=type=|", &["cache", "secret"], &[]);
        has("FROM a\nRUN --mount=type=cache,|", &["sharing", "id"], &["type"]);
        has("FROM a AS one\nFROM b\nRUN --mount=type=bind,from=|", &["one"], &[]);
        has("FROM a\nRUN --network=|", &["none", "host"], &[]);
        has("ARG G=1\nFROM a\nARG V=2\nENV W=3\nRUN echo $|", &["${V}", "${W}"], &["${G}"]);
        has("ARG G=1\nFROM a:${|", &["${G}", "${TARGETARCH}"], &[]);
        has("FROM a\nSTOPSIGNAL |", &["SIGTERM"], &[]);
        has("FROM a\nUSER |", &["root"], &["node"]);
        has(
            "FROM node:22 AS x\nRUN adduser -D -H app && useradd -m \"me\"\nFROM x\nUSER |",
            &["node", "app", "me"],
            &[],
        );
        has("FROM node\nCOPY --chown=| a b", &["node"], &[]);
        has("FROM no|", &["node", "golang"], &[]);
        has("#|", &["syntax", "escape", "check"], &[]);
        has("# syntax=x\n# e|\nFROM a\n", &["escape"], &["syntax"]);
        has("# syntax=|", &["docker/dockerfile:1"], &[]);
        has("# check = sk|", &["skip=all"], &[]);
        has("FROM a\n# e|", &[], &["escape"]);
        has("# a\n# e|", &[], &["escape"]);
        assert!(labels(Language::Dockerfile, "FROM a\nRUN <<EOF\nC|\nEOF\n").is_empty());
        assert!(labels(Language::Dockerfile, "FROM a\n# C|\n").is_empty());
        let secret = at(Language::Dockerfile, "FROM a\nARG PASSWORD=hunter2hunter2\nRUN $|");
        assert!(secret.iter().all(|it| !it.detail.contains("hunter2")), "{secret:?}");
    }

    #[test]
    fn compose_files() {
        let has = |text, wanted: &[&str], unwanted: &[&str]| has(Language::Compose, text, wanted, unwanted);
        has("|", &["services", "networks"], &["version"]);
        has("services:\n  web:\n    |\n    image: x\n", &["build", "user"], &["image"]);
        has("services:\n  web:\n    restart: |\n", &["always", "unless-stopped"], &[]);
        has("services:\n  web:\n    privileged: |\n", &["true"], &[]);
        has("services:\n  web:\n    networks:\n      - |\nnetworks:\n  front: {}\n", &["front"], &[]);
        has("services:\n  web:\n    networks: [|]\nnetworks:\n  front: {}\n", &["front"], &[]);
        has("services:\n  web:\n    depends_on:\n      - |\n  db:\n    image: x\n", &["db"], &["web"]);
        has(
            "services:\n  web:\n    depends_on:\n      db:\n        condition: |\n  db:\n    image: x\n",
            &["service_healthy"],
            &[],
        );
        has("services:\n  web:\n    volumes:\n      - |\nvolumes:\n  data: {}\n", &["data"], &[]);
        has("services:\n  web:\n    secrets:\n      - |\nsecrets:\n  key: {file: x}\n", &["key"], &[]);
        has("x-a: &base {image: x}\nservices:\n  web:\n    <<: *|\n", &["base"], &[]);
        has("services:\n  web:\n    cap_drop:\n      - A|", &["ALL", "NET_RAW"], &[]);
        has("services:\n  web:\n    cap_add: [|]", &["SYS_TIME"], &[]);
        has("services:\n  web:\n    image: no|\n", &["node", "redis"], &[]);
        has("services:\n  web:\n    build:\n      |\n", &["context", "dockerfile"], &["image"]);
    }

    #[test]
    fn daemon_files() {
        let has = |text, wanted: &[&str], unwanted: &[&str]| has(Language::Daemon, text, wanted, unwanted);
        has("{\n  |\n}", &["log-driver", "debug"], &[]);
        has("{\"debug\": true, \"|\"}", &["log-driver"], &["debug"]);
        has("{\"debug\": |}", &["true", "false"], &[]);
        has("{\"builder\": {\"|\"}}", &["gc"], &["debug"]);
        let all = at(Language::Daemon, "{\"lo|\"}");
        let driver = all.iter().find(|it| it.label == "log-driver").unwrap();
        assert_eq!((driver.text.as_str(), driver.range), ("\"log-driver\": ", dlint_syntax::text::range(1..5)));
    }
}
