//! What may be typed at a place. It works on half-typed text.

use std::collections::BTreeSet;
use std::ops::Range;

use dlint_linter::check::Files;
use dlint_linter::compose::schema;
use dlint_linter::compose::{Project, Sources};
use dlint_linter::daemon::{Format, Key, State, Type, keys};
use dlint_linter::document::Tree;
use dlint_linter::rules::runtime::unknown_capability::CAPABILITIES;
use dlint_linter::{Document, Language};
use dlint_syntax::dockerfile::{Dockerfile, Kind, Model, PLATFORM_ARGS, TokenKind};
use dlint_syntax::text::range;
use dlint_syntax::{TextRange, TextSize};

use super::choices;
use super::instructions::{INSTRUCTIONS, MOUNT_OPTIONS, MOUNT_TYPES, PLATFORMS, SIGNALS, find};
use super::yaml_context::{self, Context};
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
        Tree::Dockerfile(parts) => in_dockerfile(document.text(), &parts.0, &parts.1, at),
        Tree::Compose(_) => in_compose(document, files, at),
        Tree::Daemon(_) => in_daemon(document, at),
    }
}

/// The start of the word that ends at a byte.
fn word_start(text: &str, separators: &[char]) -> usize {
    text.rfind(|c: char| c.is_whitespace() || separators.contains(&c))
        .map_or(0, |at| at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8))
}

fn in_dockerfile(text: &str, file: &Dockerfile, model: &Model, at: usize) -> Vec<Completion> {
    if let Some(directives) = choices::directives(text, file, at) {
        return directives;
    }
    let place = TextSize::new(at as u32);
    let inside = |kind| matches!(kind, TokenKind::Comment | TokenKind::HeredocLine | TokenKind::HeredocEnd);
    let token = file.tokens.iter().find(|token| token.range.start() < place && place <= token.range.end());
    if token.is_some_and(|token| {
        inside(token.kind)
            && !text[token.range].get(..at - usize::from(token.range.start())).is_some_and(|it| it.ends_with('\n'))
    }) {
        return Vec::new();
    }
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    // The instruction that the place is in, or behind with blanks between.
    let current = file.instructions.iter().enumerate().rev().find(|(_, it)| it.range.start() <= place);
    let current = current.filter(|(_, it)| {
        let end = usize::from(it.range.end());
        at <= end || text.get(end..at).is_some_and(|between| !between.contains('\n'))
    });
    let is_first_word =
        |start: usize| text.get(start..at).is_some_and(|typed| !typed.trim_start().contains(char::is_whitespace));
    let Some((index, instruction)) = current.filter(|(_, it)| {
        let start = usize::from(it.range.start());
        start < line_start || !is_first_word(start)
    }) else {
        return if is_first_word(line_start) { of_instructions(text, line_start, at, file, false) } else { Vec::new() };
    };
    let start = usize::from(instruction.range.start());
    if let Kind::Onbuild(trigger) = &instruction.kind {
        let rest = usize::from(instruction.keyword.range.end());
        if trigger
            .as_ref()
            .is_none_or(|trigger| trigger.range.end() >= place && is_first_word(usize::from(trigger.range.start())))
        {
            return of_instructions(text, rest, at, file, true);
        }
    }
    let inner = match &instruction.kind {
        Kind::Onbuild(Some(trigger)) => trigger,
        _ => instruction,
    };
    let Some(about) = find(&inner.keyword.text) else { return Vec::new() };
    let before = &text[start..at];
    let word = start + word_start(before, &[]);
    let typed = &text[word..at];
    // A variable goes before everything else.
    if let Some(dollar) = typed.rfind('$').filter(|dollar| {
        let name = typed.get(dollar + 1..).unwrap_or_default().trim_start_matches('{');
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    }) {
        return variables(file, model, index, word + dollar..at, &inner.kind);
    }
    let is_at_flags = usize::from(inner.arguments.start()) >= word || inner.arguments.is_empty();
    if typed.starts_with('-') && is_at_flags {
        return flags(text, file, model, index, about, inner, word..at);
    }
    let mut list = List::new(word..at);
    match &inner.kind {
        Kind::From(from) => {
            let words =
                before.split_whitespace().filter(|it| !it.starts_with("--")).count() - usize::from(!typed.is_empty());
            match words {
                1 => {
                    stages(&mut list, model, file, index, false);
                    list.add(CompletionKind::Value, "scratch", "nothing", "An image without any file.");
                    images(&mut list, model);
                    choices::images(&mut list);
                }
                2 if from.name.is_none() => list.add(CompletionKind::Keyword, "AS", "names the stage", ""),
                _ => {}
            }
        }
        Kind::Stopsignal(_) => {
            for signal in SIGNALS {
                list.add(CompletionKind::Value, signal, "", "");
            }
        }
        Kind::User(_) => choices::users(&mut list, text, file, model, index),
        Kind::Healthcheck(check) if check.command.is_none() => {
            list.add(CompletionKind::Keyword, "CMD", "the command that checks", "");
            list.add(CompletionKind::Keyword, "NONE", "no check, not even the base image's", "");
        }
        _ => {}
    }
    list.all
}

fn of_instructions(text: &str, from: usize, at: usize, file: &Dockerfile, in_onbuild: bool) -> Vec<Completion> {
    let blanks = text[from..at].len() - text[from..at].trim_start().len();
    let typed = from + blanks..at;
    let is_lower = text[typed.clone()].starts_with(|c: char| c.is_ascii_lowercase());
    let mut list = List::new(typed);
    let has_from =
        file.instructions.iter().any(|it| matches!(it.kind, Kind::From(_)) && usize::from(it.range.end()) < from);
    for instruction in &INSTRUCTIONS {
        let name = instruction.name;
        let may_stand = match name {
            "MAINTAINER" => false,
            "FROM" | "ONBUILD" if in_onbuild => false,
            "FROM" | "ARG" => true,
            _ => has_from || in_onbuild,
        };
        if may_stand {
            let written = if is_lower { name.to_ascii_lowercase() } else { name.to_owned() };
            let documentation = format!("{}\n\n[Reference]({})", instruction.description, instruction.link());
            list.add_as(CompletionKind::Keyword, written.clone(), written + " ", instruction.usage, documentation);
        }
    }
    list.all
}

fn variables(file: &Dockerfile, model: &Model, index: usize, typed: Range<usize>, kind: &Kind) -> Vec<Completion> {
    let mut list = List::new(typed);
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let before = model.before(file, index);
    let is_global = matches!(kind, Kind::From(_)) || before.is_none();
    let of_stage = before.as_ref().filter(|_| !is_global).map(|state| state.variables.iter());
    let of_file = is_global.then(|| model.globals.iter());
    for variable in of_stage.into_iter().flatten().chain(of_file.into_iter().flatten()) {
        if !names.insert(&variable.name) {
            continue;
        }
        let value =
            variable.value.known().filter(|value| dlint_linter::secrets::looks_secret(&variable.name, value).is_none());
        list.add(CompletionKind::Variable, format!("${{{}}}", variable.name), value.unwrap_or_default(), "");
    }
    if is_global {
        for name in PLATFORM_ARGS {
            list.add(CompletionKind::Variable, format!("${{{name}}}"), "set by the builder", "");
        }
    }
    list.all
}

fn flags(
    text: &str,
    file: &Dockerfile,
    model: &Model,
    index: usize,
    about: &'static super::instructions::Instruction,
    inner: &dlint_syntax::dockerfile::Instruction,
    word: Range<usize>,
) -> Vec<Completion> {
    let typed = text.get(word.clone()).unwrap_or_default();
    let Some((name, value)) = typed.split_once('=') else {
        let mut list = List::new(word.clone());
        for flag in about.flags {
            let is_there =
                inner.flags.iter().any(|it| it.name.text == flag.name && usize::from(it.range.start()) != word.start);
            if !is_there || matches!(flag.name, "mount" | "exclude" | "device") {
                let text = format!("--{}{}", flag.name, if flag.takes_value { "=" } else { " " });
                list.add_as(CompletionKind::Key, format!("--{}", flag.name), text, about.name, flag.description);
            }
        }
        return list.all;
    };
    let name = name.trim_start_matches('-');
    if name == "mount" {
        return mount(file, model, index, value, word.end);
    }
    let mut list = List::new(word.end - value.len()..word.end);
    match name {
        "from" => stages(&mut list, model, file, index, true),
        "chown" => choices::users(&mut list, text, file, model, index),
        "platform" => PLATFORMS.iter().for_each(|it| list.add(CompletionKind::Value, *it, "", "")),
        _ => {
            for value in about.flag(name).map_or(&[][..], |flag| flag.values) {
                list.add(CompletionKind::Value, *value, "", "");
            }
        }
    }
    list.all
}

fn mount(file: &Dockerfile, model: &Model, index: usize, value: &str, end: usize) -> Vec<Completion> {
    let option = value.rsplit(',').next().unwrap_or_default();
    let kind = value.split(',').find_map(|it| it.strip_prefix("type=")).unwrap_or("bind");
    let Some((key, typed)) = option.split_once('=') else {
        let mut list = List::new(end - option.len()..end);
        for it in MOUNT_OPTIONS.iter().filter(|it| it.types.is_empty() || it.types.contains(&kind)) {
            if value.split(',').any(|other| other.split('=').next() == Some(it.name)) {
                continue;
            }
            let takes_value = !matches!(it.name, "readonly" | "readwrite" | "required");
            let text = if takes_value { format!("{}=", it.name) } else { it.name.to_owned() };
            list.add_as(CompletionKind::Key, it.name, text, "mount", it.description);
        }
        return list.all;
    };
    let mut list = List::new(end - typed.len()..end);
    match key {
        "type" => MOUNT_TYPES.iter().for_each(|(name, about)| list.add(CompletionKind::Value, *name, "", *about)),
        "sharing" => ["shared", "private", "locked"].iter().for_each(|it| list.add(CompletionKind::Value, *it, "", "")),
        "from" => stages(&mut list, model, file, index, true),
        _ => {}
    }
    list.all
}

/// The stages that an instruction may name: those before its own.
fn stages(list: &mut List, model: &Model, file: &Dockerfile, index: usize, in_lower_case: bool) {
    let own = model.stage_of(index).map_or(0, |stage| stage.index);
    for stage in model.stages.iter().take(own) {
        let Kind::From(from) = &stage.from(file).kind else { continue };
        let Some(name) = &from.name else { continue };
        let image = from.image.as_ref().map_or("", |image| image.text.as_str());
        // A base is looked up as it is written, and stages are kept in lower case.
        let written = if in_lower_case { name.text.clone() } else { name.text.to_ascii_lowercase() };
        list.add(CompletionKind::Reference, written, &format!("stage {} from {image}", stage.index), "");
    }
}

/// The images that the file names already.
fn images(list: &mut List, model: &Model) {
    let images = model.stages.iter().filter_map(|stage| match &stage.base {
        dlint_syntax::dockerfile::Base::Image(image) => Some(image.as_str()),
        _ => None,
    });
    for image in images.collect::<BTreeSet<_>>() {
        list.add(CompletionKind::Value, image, "image", "");
    }
}

fn in_compose(document: &Document, files: &dyn Files, at: usize) -> Vec<Completion> {
    let text = document.text();
    let Some(context) = yaml_context::yaml(text, at) else { return Vec::new() };
    let typed = text.get(context.typed.clone()).unwrap_or_default();
    if let Some(dollar) = typed.rfind("${").filter(|dollar| !typed.get(*dollar..).unwrap_or_default().contains('}')) {
        return of_env(document, files, context.typed.start + dollar..at);
    }
    if let Some(star) = typed.strip_prefix('*') {
        return anchors(document, at - star.len()..at);
    }
    let mut list = List::new(context.typed.clone());
    let path: Vec<&str> = context.path.iter().map(String::as_str).collect();
    let entry = schema::at(&path);
    if context.may_be_key
        && let Some(object) = entry.and_then(|entry| entry.object())
    {
        let others = object.all_keys().filter(|key| !context.siblings.iter().any(|it| it == key.name));
        for key in others.filter(|key| key.instead.is_none()) {
            let is_scalar = key.shape.scalar.is_some();
            let text = if is_scalar { format!("{}: ", key.name) } else { format!("{}:", key.name) };
            let documentation = format!("{}\n\n[Reference]({})", key.description, key.link());
            list.add_as(CompletionKind::Key, key.name, text, &key.shape.described(), documentation);
        }
    }
    if context.may_be_value {
        for value in entry.map_or(&[][..], |entry| entry.values()) {
            list.add(CompletionKind::Value, *value, "", "");
        }
    }
    match path.as_slice() {
        ["services", _, "cap_add" | "cap_drop", "[]"] if context.may_be_value => {
            for name in CAPABILITIES {
                list.add(CompletionKind::Value, name, "capability", "");
            }
        }
        ["services", _, "image"] => choices::images(&mut list),
        ["include", "[]"] if context.may_be_value => choices::compose_files(&mut list, document.path(), files),
        ["include", "[]", "path"] | ["include", "[]", "path", "[]"] | ["services", _, "extends", "file"] => {
            choices::compose_files(&mut list, document.path(), files);
        }
        _ => {}
    }
    names(&mut list, document, files, &path, &context);
    list.all
}

/// The names that the project defines, where one may stand.
fn names(list: &mut List, document: &Document, files: &dyn Files, path: &[&str], context: &Context) {
    let ["services", service, rest @ ..] = path else { return };
    let (section, is_key) = match rest {
        [section @ ("networks" | "models"), "[]"] | [section @ ("secrets" | "configs"), "[]", "source"] => {
            (*section, false)
        }
        [section @ ("volumes" | "secrets" | "configs"), "[]"] if context.may_be_value => (*section, false),
        ["volumes", "[]", "source"] => ("volumes", false),
        ["build", "secrets", "[]"] => ("secrets", false),
        [section @ ("networks" | "models")] if context.may_be_key => (*section, true),
        ["depends_on"] if context.may_be_key => ("services", true),
        ["depends_on" | "links" | "volumes_from", "[]"]
        | ["extends" | "network_mode" | "pid" | "ipc"]
        | ["extends", "service"] => ("services", false),
        ["build", "target"] => ("", false),
        _ => return,
    };
    let is_scoped = matches!(rest, ["network_mode" | "pid" | "ipc"]);
    let sources = Sources::new(document);
    let Some(project) = Project::load(&sources, files) else { return };
    if section.is_empty() {
        let build = project.service(service).and_then(|it| it.build());
        let dockerfile = build
            .and_then(dlint_linter::compose::Build::dockerfile_path)
            .and_then(|path| files.document(&path, Language::Dockerfile));
        let Some(dockerfile) = dockerfile else { return };
        let Some((_, model)) = dockerfile.dockerfile() else { return };
        for stage in &model.stages {
            if let Some(name) = &stage.name {
                list.add(CompletionKind::Reference, name, "stage", "");
            }
        }
        return;
    }
    let singular = section.trim_end_matches('s');
    for name in project.names(section) {
        // What is being typed is itself in the tree, and a service cannot wait for itself.
        let is_itself = section == "services" && name == *service;
        if is_itself || name.is_empty() || context.siblings.iter().any(|it| *it == name) {
            continue;
        }
        if is_key {
            list.add_as(CompletionKind::Reference, name.clone(), format!("{name}:"), singular, "");
        } else if is_scoped {
            list.add(CompletionKind::Reference, format!("service:{name}"), singular, "");
        } else {
            let text = if rest == ["volumes", "[]"] { format!("{name}:") } else { name.to_string() };
            list.add_as(CompletionKind::Reference, name.clone(), text, singular, "");
        }
    }
}

/// The variables of the `.env` beside a Compose file. Their values are not shown: most of them are secrets.
fn of_env(document: &Document, files: &dyn Files, typed: Range<usize>) -> Vec<Completion> {
    let mut list = List::new(typed);
    let folder = document.path().parent().unwrap_or(std::path::Path::new(""));
    let Some(text) = files.text(&folder.join(".env")) else { return Vec::new() };
    let names: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.trim_start().trim_start_matches("export ").split_once(['=', ':']))
        .map(|(name, _)| name.trim())
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'))
        .collect();
    for name in names {
        list.add(CompletionKind::Variable, format!("${{{name}}}"), ".env", "");
    }
    list.all
}

/// The anchors that stand before a place.
fn anchors(document: &Document, typed: Range<usize>) -> Vec<Completion> {
    let mut list = List::new(typed.clone());
    let Some(yaml) = document.yaml() else { return Vec::new() };
    let all = yaml.roots().flat_map(dlint_syntax::yaml::View::walk).filter_map(dlint_syntax::yaml::View::anchor);
    for (name, range) in all {
        if usize::from(range.end()) < typed.start {
            list.add(CompletionKind::Reference, name, "anchor", "");
        }
    }
    list.all
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
