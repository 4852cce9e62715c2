//! What may be typed in a Compose file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use dlint_linter::check::Files;
use dlint_linter::compose::{Build, NoEnvironment, Project, Sources, dotenv, normalize_path, schema};
use dlint_linter::logging::{LogDriver, find_driver};
use dlint_linter::rules::runtime::unknown_capability::CAPABILITIES;
use dlint_linter::secrets::is_secret_name;
use dlint_linter::{Document, Language};
use dlint_syntax::dockerfile::{Kind, PLATFORM_ARGS};
use dlint_syntax::text::range;
use dlint_syntax::yaml::{View, Yaml};

use super::daemon::LOG_DRIVER;
use super::{Completion, CompletionKind, List};
use crate::features::inlays::is_secret;
use crate::features::yaml_context::{self, Context};
use crate::features::{choices, paths};

/// Keys that are mostly wanted, which come first.
const LIKELY: [&str; 24] = [
    "services",
    "image",
    "build",
    "context",
    "dockerfile",
    "target",
    "container_name",
    "command",
    "ports",
    "environment",
    "env_file",
    "volumes",
    "depends_on",
    "condition",
    "networks",
    "restart",
    "healthcheck",
    "test",
    "user",
    "secrets",
    "configs",
    "profiles",
    "driver",
    "name",
];

/// What may be typed at a byte of a Compose file.
pub(super) fn completions(document: &Document, files: &dyn Files, at: usize) -> Vec<Completion> {
    let text = document.text();
    let Some(context) = yaml_context::yaml(text, at) else { return Vec::new() };
    let typed = text.get(context.typed.clone()).unwrap_or_default();
    if let Some(dollar) = variable_start(typed) {
        let name = typed.get(dollar + 1..).unwrap_or_default().trim_start_matches('{');
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Vec::new();
        }
        // The bracket that an editor closed by itself is replaced, too.
        let is_closed =
            typed.get(dollar + 1..).is_some_and(|rest| rest.starts_with('{')) && text[at..].starts_with('}');
        return of_env(document, files, context.typed.start + dollar..at + usize::from(is_closed));
    }
    if let Some(star) = typed.strip_prefix('*') {
        return anchors(document, at - star.len()..at);
    }
    let mut list = List::new(context.typed.clone());
    let path: Vec<&str> = context.path.iter().map(String::as_str).collect();
    let entry = schema::at(&path);
    if context.may_be_key
        && !typed.starts_with(['.', '/'])
        && let Some(object) = entry.and_then(|entry| entry.object())
    {
        keys(&mut list, text, object, &context, at);
    }
    let is_quoted = text.get(..context.typed.start).is_some_and(|before| before.ends_with(['"', '\'']));
    if context.may_be_value {
        for value in entry.map_or(&[][..], |entry| entry.values()) {
            // To other readers of YAML it is `false`.
            let text = if *value == "no" && !is_quoted { "\"no\"" } else { *value };
            list.add_as(CompletionKind::Value, *value, text, "", "");
        }
        choices::of_compose(&mut list, &path, is_quoted);
    }
    match path.as_slice() {
        ["services", _, "cap_add" | "cap_drop", "[]"] if context.may_be_value => {
            for name in CAPABILITIES {
                list.add(CompletionKind::Value, name, "capability", "");
            }
        }
        ["services", service, "logging", "options"] if context.may_be_key => {
            log_options(&mut list, document, files, service, &context);
        }
        ["services", _, "image"] => choices::images(&mut list),
        ["include", "[]"] if context.may_be_value => choices::compose_files(&mut list, document.path(), files),
        ["include", "[]", "path"] | ["include", "[]", "path", "[]"] | ["services", _, "extends", "file"] => {
            choices::compose_files(&mut list, document.path(), files);
        }
        _ => {}
    }
    if context.may_be_value {
        paths::of_compose(&mut list, document, files, &path, typed);
    }
    names(&mut list, document, files, &path, &context);
    list.all
}

/// Where in a word a variable begins that may still be typed; a doubled dollar is none.
fn variable_start(typed: &str) -> Option<usize> {
    let dollar = typed.rfind('$')?;
    let before = typed.get(..dollar)?;
    let is_escaped = (before.len() - before.trim_end_matches('$').len()) % 2 == 1;
    let rest = typed.get(dollar + 1..)?;
    let is_open = rest.is_empty()
        || (rest.starts_with('{') && !rest.contains('}'))
        || rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (!is_escaped && is_open).then_some(dollar)
}

/// The keys of an object that are not there yet.
fn keys(list: &mut List, text: &str, object: &schema::Object, context: &Context, at: usize) {
    let rest = text.get(at..).unwrap_or_default();
    let has_colon = rest.starts_with(':');
    let is_line_end = rest.split(['\n', '\r']).next().is_some_and(|rest| rest.trim().is_empty());
    let others = object.all_keys().filter(|key| !context.siblings.iter().any(|it| it == key.name));
    let mut others: Vec<_> = others.filter(|key| key.instead.is_none()).collect();
    others.sort_by_key(|key| LIKELY.iter().position(|it| *it == key.name).unwrap_or(LIKELY.len()));
    // Below a key stands what belongs to it, one step further in; an editor indents as the line is.
    let line = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let blanks = context.column.map(|column| " ".repeat(column.saturating_sub(indent) + step(text)));
    for key in others {
        let (name, shape) = (key.name, &key.shape);
        let text = match (has_colon, shape.scalar.is_some() || context.column.is_none()) {
            (true, _) => name.to_owned(),
            (false, true) => format!("{name}: "),
            (false, false) => format!("{name}:"),
        };
        let documentation = format!("{}\n\n[Reference]({})", key.description, key.link());
        list.add_as(CompletionKind::Key, name, text, &shape.described(), documentation);
        if let Some(blanks) = blanks.as_ref().filter(|_| is_line_end && shape.scalar.is_none()) {
            let dash = if shape.mapping.is_none() { "- " } else { "" };
            list.snippet(format!("{name}:\n{blanks}{dash}$0"));
        }
    }
}

/// How far a file indents; two where it does not.
fn step(text: &str) -> usize {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '-']));
    lines.map(indent).find(|indent| *indent > 0).unwrap_or(2)
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
        | ["extends", "service"]
        | ["build", "additional_contexts", _] => ("services", false),
        ["build", "args"] | ["build", "args", "[]"] => return build_args(list, document, files, service, context),
        ["build", "target"] => ("", false),
        _ => return,
    };
    let is_context = matches!(rest, ["build", "additional_contexts", _]);
    if rest.last() == Some(&"[]") && is_context {
        // Its name stands before the context.
        let typed = document.text().get(context.typed.clone()).unwrap_or_default();
        let Some(equals) = typed.find('=') else { return };
        list.range = range(context.typed.start + equals + 1..context.typed.end);
    }
    let is_scoped = is_context || matches!(rest, ["network_mode" | "pid" | "ipc"]);
    let sources = Sources::new(document);
    let Some(project) = Project::load(&sources, files) else { return };
    if rest == ["extends", "service"]
        && let Some(file) = extended_file(&project, service)
    {
        let path = normalize_path(&document.path().parent().unwrap_or(Path::new("")).join(file));
        let Some(other) = files.document(&path, Language::Compose) else { return };
        for root in other.yaml().into_iter().flat_map(Yaml::roots) {
            for entry in root.get("services").into_iter().flat_map(View::own_entries) {
                list.add(CompletionKind::Reference, entry.name().unwrap_or_default(), "service", "");
            }
        }
        return;
    }
    if section.is_empty() {
        let build = project.service(service).and_then(|it| it.build());
        let inline = build.and_then(|build| build.dockerfile_inline.as_ref()?.known());
        let dockerfile = match inline {
            Some(text) => Some(Arc::new(Document::parse("Dockerfile", text, Language::Dockerfile))),
            None => build.and_then(Build::dockerfile_path).and_then(|path| files.document(&path, Language::Dockerfile)),
        };
        let Some(dockerfile) = dockerfile else { return };
        let Some((_, model)) = dockerfile.dockerfile() else { return };
        for stage in &model.stages {
            if let Some(name) = &stage.name {
                list.add(CompletionKind::Reference, name.as_str(), "stage", "");
            }
        }
        return;
    }
    let singular = section.trim_end_matches('s');
    for name in project.entries(section).into_iter().map(|entry| entry.name) {
        // What is being typed is itself in the tree, and a service cannot wait for itself.
        let is_itself = section == "services" && name == *service;
        // What is built is a context; what is pulled is none.
        let is_pulled = is_context && project.service(&name).is_none_or(|it| it.build().is_none());
        if is_itself || is_pulled || name.is_empty() || context.siblings.iter().any(|it| *it == name) {
            continue;
        }
        if is_key {
            let end = if context.column.is_none() { ": " } else { ":" };
            list.add_as(CompletionKind::Reference, name.clone(), format!("{name}{end}"), singular, "");
        } else if is_scoped {
            list.add(CompletionKind::Reference, format!("service:{name}"), singular, "");
        } else {
            let text = if rest == ["volumes", "[]"] { format!("{name}:") } else { name.to_string() };
            list.add_as(CompletionKind::Reference, name.clone(), text, singular, "");
        }
    }
}

/// The file of which a service extends one.
fn extended_file(project: &Project<'_>, service: &str) -> Option<String> {
    let services = project.written.iter().filter_map(|root| root.get("services"));
    let extends = services.filter_map(|it| it.get(service)).find_map(|it| it.get("extends"))?;
    extends.scalar_of("file")?.known().map(str::to_owned)
}

/// The options of the log driver of a service.
fn log_options(list: &mut List, document: &Document, files: &dyn Files, service: &str, context: &Context) {
    let sources = Sources::new(document);
    let project = Project::load(&sources, files);
    let logging = project.as_ref().and_then(|it| it.service(service)).and_then(|it| it.field("logging"));
    let driver = logging.and_then(|it| it.value.scalar_of("driver"));
    let driver = find_driver(driver.as_ref().and_then(|it| it.known()).unwrap_or(LOG_DRIVER));
    let options = driver.into_iter().flat_map(LogDriver::all_options);
    for option in options.filter(|option| !context.siblings.iter().any(|it| it == option.name)) {
        let text = format!("{}: ", option.name);
        list.add_as(CompletionKind::Key, option.name, text, "log option", option.description);
    }
}

/// The arguments that the Dockerfile of a service declares.
fn build_args(list: &mut List, document: &Document, files: &dyn Files, service: &str, context: &Context) {
    let sources = Sources::new(document);
    let project = Project::load(&sources, files);
    let build = project.as_ref().and_then(|project| project.service(service)).and_then(|it| it.build());
    let path = build.and_then(Build::dockerfile_path);
    let Some(dockerfile) = path.and_then(|path| files.document(&path, Language::Dockerfile)) else { return };
    let Some((file, _)) = dockerfile.dockerfile() else { return };
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for instruction in &file.instructions {
        let Kind::Arg(declared) = &instruction.kind else { continue };
        names.extend(declared.iter().map(|it| it.name.text.as_str()));
    }
    let is_there = |name: &str| context.siblings.iter().any(|it| it == name);
    for name in names.into_iter().filter(|name| !name.is_empty() && !PLATFORM_ARGS.contains(name) && !is_there(name)) {
        let end = if context.may_be_key && !context.may_be_value { ": " } else { "=" };
        list.add_as(CompletionKind::Variable, name, format!("{name}{end}"), "build argument", "");
    }
}

/// The variables of the `.env` beside a Compose file, with what they are where that is no secret.
fn of_env(document: &Document, files: &dyn Files, typed: Range<usize>) -> Vec<Completion> {
    let mut list = List::new(typed);
    let folder = document.path().parent().unwrap_or(Path::new(""));
    let Some(text) = files.text(&folder.join(".env")) else { return Vec::new() };
    let variables: BTreeMap<_, _> =
        dotenv::parse(&text, &NoEnvironment).into_iter().map(|it| (it.name, it.value)).collect();
    for (name, value) in variables {
        let value = value.as_ref().and_then(|value| value.known()).unwrap_or_default();
        let is_shown = !value.is_empty() && !is_secret_name(&name) && !is_secret([&name, ""], value);
        let detail = if is_shown { format!("{value} (.env)") } else { ".env".to_owned() };
        list.add(CompletionKind::Variable, format!("${{{name}}}"), &detail, "");
    }
    list.all
}

/// The anchors that stand before a place.
fn anchors(document: &Document, typed: Range<usize>) -> Vec<Completion> {
    let mut list = List::new(typed.clone());
    let Some(yaml) = document.yaml() else { return Vec::new() };
    let all = yaml.roots().flat_map(View::walk).filter_map(View::anchor);
    for (name, range) in all {
        if usize::from(range.end()) < typed.start {
            list.add(CompletionKind::Reference, name, "anchor", "");
        }
    }
    list.all
}
