//! What may be typed in a Compose file.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use dlint_linter::check::Files;
use dlint_linter::compose::{Build, Project, Sources, schema};
use dlint_linter::rules::runtime::unknown_capability::CAPABILITIES;
use dlint_linter::{Document, Language};
use dlint_syntax::yaml::View;

use super::{Completion, CompletionKind, List};
use crate::features::yaml_context::{self, Context};
use crate::features::{choices, paths};

/// What may be typed at a byte of a Compose file.
pub(super) fn completions(document: &Document, files: &dyn Files, at: usize) -> Vec<Completion> {
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
    if context.may_be_value {
        paths::of_compose(&mut list, document, files, &path, typed);
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
        let dockerfile =
            build.and_then(Build::dockerfile_path).and_then(|path| files.document(&path, Language::Dockerfile));
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
    let folder = document.path().parent().unwrap_or(Path::new(""));
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
    let all = yaml.roots().flat_map(View::walk).filter_map(View::anchor);
    for (name, range) in all {
        if usize::from(range.end()) < typed.start {
            list.add(CompletionKind::Reference, name, "anchor", "");
        }
    }
    list.all
}
