//! What may be typed at a place. It works on half-typed text.

mod compose;
mod daemon;
pub(super) mod dockerfile;

use std::ops::Range;

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_linter::document::Tree;
use dlint_syntax::text::range;
use dlint_syntax::{TextRange, TextSize};

/// Something that may be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What is shown.
    pub(crate) label: String,
    /// What kind of thing it is.
    pub(crate) kind: CompletionKind,
    /// What replaces what is typed already.
    pub(crate) text: String,
    /// The same with places to fill in, for an editor that can, as the protocol writes snippets; empty where there is nothing to fill in.
    pub(crate) snippet: String,
    /// What is typed already.
    pub(crate) range: TextRange,
    /// The same with the rest of the word that goes on behind the cursor.
    pub(crate) word: TextRange,
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
        let (snippet, detail) = (String::new(), detail.to_owned());
        let range = self.range;
        self.all.push(Completion { label, kind, text, snippet, range, word: range, detail, documentation });
    }

    /// Gives the last one a snippet.
    pub(super) fn snippet(&mut self, snippet: String) {
        if let Some(last) = self.all.last_mut() {
            last.snippet = snippet;
        }
    }
}

/// What may be typed at a place.
pub(crate) fn completions(document: &Document, files: &dyn Files, offset: TextSize) -> Vec<Completion> {
    let at = usize::from(offset);
    if !document.text().is_char_boundary(at) {
        return Vec::new();
    }
    let mut all = match document.tree() {
        Tree::Dockerfile(parts) => dockerfile::completions(document, &parts.0, &parts.1, files, at),
        Tree::Compose(_) => compose::completions(document, files, at),
        Tree::Daemon(_) => daemon::completions(document, at),
    };
    let typed = |it: &Completion| &document.text()[it.range];
    for it in all.iter_mut().filter(|it| it.range.end() == offset) {
        let end = at + rest_of_word(typed(it), &it.text, it.kind, &document.text()[at..]);
        it.word = range(it.range.start().into()..end);
    }
    all
}

/// How far the word goes on in `rest`, which stands behind what is `typed`, with what `text` brings along behind its word: a colon, an equals
/// sign, a quote.
fn rest_of_word(typed: &str, text: &str, kind: CompletionKind, rest: &str) -> usize {
    let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
    let is_word =
        |c: char| c.is_alphanumeric() || c == '_' || kind != CompletionKind::Variable && matches!(c, '-' | '.');
    let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    let behind = &rest[word..];
    if typed.starts_with('$') {
        return match (typed.starts_with("${"), behind.starts_with('}')) {
            (false, _) => word,
            (true, true) => word + 1,
            // What stands there would no longer be a part of it.
            (true, false) => 0,
        };
    }
    let ends = behind.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= text.len());
    let is_brought = |end: &usize| text.ends_with(&behind[..*end]) || text.trim_end().ends_with(&behind[..*end]);
    word + ends.filter(is_brought).last().unwrap_or(0)
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
        let newest = labels(Language::Dockerfile, "# syntax=docker/dockerfile:1\nFROM a\nCOPY --|");
        let pinned = at(Language::Dockerfile, "# syntax=docker/dockerfile:1.4.3\nFROM a\nCOPY --|");
        let late: Vec<_> = pinned.iter().filter(|it| it.detail != "COPY").collect();
        assert_eq!(late.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(), ["--exclude", "--parents"]);
        assert_eq!(late[0].detail, "came with syntax 1.19; this file asks for 1.4");
        assert!(pinned.len() == newest.len() && pinned.ends_with(&[late[0].clone(), late[1].clone()]), "they are last");
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
        let has = |text: &str, wanted: &[&str], unwanted: &[&str]| has(Language::Compose, text, wanted, unwanted);
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
        has("services:\n  web:\n    logging:\n      options:\n        |\n", &["max-size"], &["gelf-address"]);
        let inline =
            "services:\n  web:\n    build:\n      dockerfile_inline: \"FROM a AS one\\nFROM b\"\n      target: |\n";
        has(inline, &["one"], &[]);
        let contexts = |value: &str| {
            format!(
                "services:\n  base: {{build: .}}\n  db: {{image: a}}\n  web:\n    build:\n      additional_contexts:\n{value}"
            )
        };
        for value in ["        base: |\n", "        base: serv|\n", "        - base=|\n", "        - base=service:b|\n"]
        {
            has(&contexts(value), &["service:base"], &["service:db", "service:web", "base"]);
        }
        has(&contexts("        - ba|\n"), &[], &["service:base", "base"]);
        has("services:\n  web:\n    logging: {driver: gelf, options: {|}}\n", &["gelf-address"], &["max-size"]);
    }

    /// What is called `label` of what is offered at the `|`.
    #[track_caller]
    fn offered(language: Language, text: &str, label: &str) -> Completion {
        let mut all = at(language, text);
        match all.iter().position(|it| it.label == label) {
            Some(found) => all.swap_remove(found),
            None => panic!("{label} is not in {all:?}"),
        }
    }

    /// The text after the choice of what is called `label` at the `|`.
    #[track_caller]
    fn chosen(language: Language, text: &str, label: &str) -> String {
        let it = offered(language, text, label);
        let mut text = text.replacen('|', "", 1);
        text.replace_range(
            std::ops::Range::<usize>::from(it.range),
            if it.snippet.is_empty() { &it.text } else { &it.snippet },
        );
        text
    }

    #[test]
    fn what_is_chosen_in_a_dockerfile_fits_in() {
        let is = |text: &str, label: &str, wanted: &str| {
            assert_eq!(chosen(Language::Dockerfile, text, label), wanted, "{text}");
        };
        is("FROM a\nENV A=1\nRUN echo ${A|}", "${A}", "FROM a\nENV A=1\nRUN echo ${A}");
        is("FROM a\nENV A=1\nRUN echo $A|}", "${A}", "FROM a\nENV A=1\nRUN echo ${A}}");
        is("FROM a\nENV A=1\nRUN <<EOF\necho ${|}\nEOF\n", "${A}", "FROM a\nENV A=1\nRUN <<EOF\necho ${A}\nEOF\n");
        is("FROM a\nUSER b:r|", "root", "FROM a\nUSER b:root");
        is("FROM a\nCOPY --chown=b:| x y", "root", "FROM a\nCOPY --chown=b:root x y");
        is("FROM a\nCOPY --link=| x y", "true", "FROM a\nCOPY --link=true x y");
        is("FROM a\nCOPY --l| x y", "--link", "FROM a\nCOPY --link x y");
        is("FROM a\nCOPY --ch|=b x y", "--chown", "FROM a\nCOPY --chown=b x y");
        is("FROM a\nEXPOSE 80/|", "udp", "FROM a\nEXPOSE 80/udp");
        is("FR| a\n", "FROM", "FROM a\n");
        is("FROM a\nWOR|", "WORKDIR", "FROM a\nWORKDIR ");
        is("FROM a\ncm|", "cmd", "FROM a\ncmd [\"${1:program}\"]");
        is("FROM a\nCM| x", "CMD", "FROM a\nCMD x");
    }

    #[test]
    fn the_rest_of_the_word_may_be_replaced() {
        let is = |language: Language, text: &str, label: &str, wanted: &str| {
            let it = offered(language, text, label);
            let mut new = text.replacen('|', "", 1);
            assert!(it.word.contains_range(it.range) && it.word.start() == it.range.start());
            new.replace_range(std::ops::Range::<usize>::from(it.word), &it.text);
            assert_eq!(new, wanted, "{text}");
        };
        let docker = |text: &str, label: &str, wanted: &str| is(Language::Dockerfile, text, label, wanted);
        docker("FR|AM a\n", "FROM", "FROM a\n");
        docker("FROM a\nCOPY --ch|mod=b x y", "--chown", "FROM a\nCOPY --chown=b x y");
        docker("FROM a\nCOPY --li|nc x y", "--link", "FROM a\nCOPY --link x y");
        docker("FROM a\nRUN --mount=ty|=cache,target=/x y", "type", "FROM a\nRUN --mount=type=cache,target=/x y");
        docker("FROM a\nRUN --mount=type=ca|ché,target=/x y", "cache", "FROM a\nRUN --mount=type=cache,target=/x y");
        docker("FROM no|da:22", "node", "FROM node:22");
        docker("FROM a AS one\nFROM b\nCOPY --from=o|ld-1.x x y", "one", "FROM a AS one\nFROM b\nCOPY --from=one x y");
        docker("FROM a\nENV AB=1\nRUN echo ${A|C}-x", "${AB}", "FROM a\nENV AB=1\nRUN echo ${AB}-x");
        docker("FROM a\nENV AB=1\nRUN echo $A|C-x", "${AB}", "FROM a\nENV AB=1\nRUN echo ${AB}-x");
        docker("FROM a\nENV AB=1\nRUN echo ${A|C:-x}", "${AB}", "FROM a\nENV AB=1\nRUN echo ${AB}C:-x}");
        docker("# syntax=docker/dock|er:1\nFROM a", "docker/dockerfile:1", "# syntax=docker/dockerfile:1\nFROM a");
        docker("FROM a\nUSER r|:b", "root", "FROM a\nUSER root:b");
        let compose = |text: &str, label: &str, wanted: &str| is(Language::Compose, text, label, wanted);
        compose("services:\n  web:\n    im|ige: a\n", "image", "services:\n  web:\n    image: a\n");
        compose("services:\n  web:\n    po|rt:\n      - a\n", "ports", "services:\n  web:\n    ports:\n      - a\n");
        compose("services: {web: {im|ige: a, user: b}}", "image", "services: {web: {image: a, user: b}}");
        compose("services: {web: {restart: al|l, user: b}}", "always", "services: {web: {restart: always, user: b}}");
        compose(
            "services:\n  web:\n    volumes:\n      - da|to:/x\nvolumes:\n  data: {}\n",
            "data",
            "services:\n  web:\n    volumes:\n      - data:/x\nvolumes:\n  data: {}\n",
        );
        let daemon = |text: &str, label: &str, wanted: &str| is(Language::Daemon, text, label, wanted);
        daemon("{\"lo|g-drover\": \"x\"}", "log-driver", "{\"log-driver\": \"x\"}");
        daemon("{\"log-driver\": \"jo|ornald\"}", "\"journald\"", "{\"log-driver\": \"journald\"}");
    }

    #[test]
    fn nothing_is_offered_where_nothing_fits() {
        let none = |text: &str| assert_eq!(labels(Language::Dockerfile, text), [""; 0], "{text}");
        for text in [
            "FROM a\nRUN x \\\n  |\n",
            "FROM a\nRUN x \\\n# y\n\n  |",
            "# escape=`\nFROM a\nRUN x `\n  |\n",
            "FROM a\nENV A=1\nRUN echo \\$|",
            "FROM a\nENV A=1\nRUN echo $$|",
            "FROM a\nENV A=1\nRUN echo ${A:-|}",
            "FROM a\nENV A=1\nCOPY <<\"EOF\" /x\n$|\nEOF\n",
            "# a comment|\nFROM a\n",
        ] {
            none(text);
        }
        has(Language::Dockerfile, "FROM a\nRUN x\\\\y\n|", &["RUN"], &[]);
        has(Language::Dockerfile, "FROM a:|\nFROM b\n", &["b"], &["a:"]);
        has(Language::Dockerfile, "FROM a\nUSER me\nUSER y|", &["me"], &["y"]);
        let none = |text: &str| assert_eq!(labels(Language::Compose, text), [""; 0], "{text}");
        for text in [
            "services:\n\t|",
            "services:\n  web:\n    cap_add:\n      -|",
            "services:\n  web:\n    restart: always\n      |",
            "services:\n  web:\n    command: |2\n      im|\n".replacen('|', ">", 1).as_str(),
            "services:\n  web: # {|",
            "services:\n  web:\n    cap_add: [A, # |\n",
        ] {
            none(text);
        }
    }

    #[test]
    fn what_is_chosen_in_a_compose_file_fits_in() {
        let is = |text: &str, label: &str, wanted: &str| {
            assert_eq!(chosen(Language::Compose, text, label), wanted, "{text}");
        };
        is("services:\n  web: {im|}", "image", "services:\n  web: {image: }");
        is("services: {web: {restart: |}}", "always", "services: {web: {restart: always}}");
        is("services:\n  web: {image: a, restart: |", "no", "services:\n  web: {image: a, restart: \"no\"");
        is("services:\n  web:\n    restart: \"|\"", "no", "services:\n  web:\n    restart: \"no\"");
        is(
            "services:\n  web:\n    depends_on: {|}\n  db: {image: a}",
            "db",
            "services:\n  web:\n    depends_on: {db: }\n  db: {image: a}",
        );
        is(
            "services:\n  a: {build: .}\n  b:\n    build:\n      additional_contexts: [x=ser|]\n",
            "service:a",
            "services:\n  a: {build: .}\n  b:\n    build:\n      additional_contexts: [x=service:a]\n",
        );
        is("services:\n  web:\n    im|: a\n", "image", "services:\n  web:\n    image: a\n");
        is("services:\n  web:\n    po|\n", "ports", "services:\n  web:\n    ports:\n  - $0\n");
        is(
            "services:\n    web:\n        hea|\r\n",
            "healthcheck",
            "services:\n    web:\n        healthcheck:\n    $0\r\n",
        );
        is(
            "services:\n  web:\n    volumes:\n      - b|",
            "bind",
            "services:\n  web:\n    volumes:\n      - bind:\n    $0",
        );
        is(
            "services:\n  web:\n    healthcheck:\n      test: [|]",
            "CMD",
            "services:\n  web:\n    healthcheck:\n      test: [\"CMD\"]",
        );
        has(Language::Compose, "services:\n  web:\n    {\n      |\n    }\n", &["image"], &[]);
        has(Language::Compose, "services:\n  web: {image: a, |, user: b}\n", &["build"], &["image", "user"]);
        let all = labels(Language::Compose, "services:\n  web:\n    |\n");
        assert_eq!(all[..3], ["image", "build", "container_name"], "what is mostly wanted comes first");
    }

    #[test]
    fn daemon_files() {
        let has = |text, wanted: &[&str], unwanted: &[&str]| has(Language::Daemon, text, wanted, unwanted);
        has("{\n  |\n}", &["log-driver", "debug"], &[]);
        has("{\"debug\": true, \"|\"}", &["log-driver"], &["debug"]);
        has("{\"debug\": |}", &["true", "false"], &[]);
        has("{\"builder\": {\"|\"}}", &["gc"], &["debug"]);
        has("{\"log-driver\": |}", &["\"journald\""], &[]);
        has("{\"log-opts\": {\"|\"}}", &["max-size"], &["gelf-address"]);
        has("{\"log-driver\": \"gelf\", \"log-opts\": {\"tag\": \"\", |}}", &["gelf-address"], &["max-size", "tag"]);
        has("{\"storage-driver\": \"|\"}", &["\"overlay2\""], &[]);
        has("{\"exec-opts\": [\"|\"]}", &["\"native.cgroupdriver=systemd\""], &[]);
        assert_eq!(
            chosen(Language::Daemon, "{\"log-driver\": \"jo|\"}", "\"journald\""),
            "{\"log-driver\": \"journald\"}"
        );
        let all = at(Language::Daemon, "{\"lo|\"}");
        let driver = all.iter().find(|it| it.label == "log-driver").unwrap();
        assert_eq!((driver.text.as_str(), driver.range), ("\"log-driver\": ", dlint_syntax::text::range(1..5)));
    }
}
