//! `secret-in-build-context`: a file of secrets of the project that a `COPY` of the whole context takes along.

use std::path::{Path, PathBuf};

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Dockerfile, Kind, Model, Source, Stage};

use crate::build::{built, dockerfile};
use crate::check::FileKind;
use crate::compose::{Build, Project, Service, normalize_path};
use crate::diagnostic::{Category, Level};
use crate::dockerignore::Dockerignore;
use crate::ignored::is_left_out;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "secret-in-build-context",
    summary: "A file of secrets of the project that is copied into the image with its folder",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("secret_in_build_context.md"),
    on: &[On::Compose(project)],
};

/// How many builds and how many files are looked at. Nobody has more.
const MOST: usize = 200;

/// How many files are named.
const SHOWN: usize = 5;

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut builds = built(project).take(MOST).peekable();
    if builds.peek().is_none() {
        return;
    }
    let secrets = secret_files(project, cx);
    for service in builds {
        if let Some(build) = service.build() {
            check(service, build, &secrets, cx);
        }
    }
}

/// The files that hold secrets: those of `secrets`, and files of variables that are kept out of Git.
fn secret_files(project: &Project<'_>, cx: &Context<'_>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in project.root.get("secrets").map(|it| it.fields()).unwrap_or_default() {
        let Some(file) = entry.value.get("file") else { continue };
        if let Some(text) = file.scalar().as_ref().and_then(|it| it.known()) {
            found.push(normalize_path(&file.join(text)));
        }
    }
    let mut variables = vec![project.folder.join(".env")];
    for service in &project.services {
        for item in service.field("env_file").map(|field| field.value).into_iter().flat_map(|list| {
            if list.is_sequence() { list.items() } else { vec![list] }
        }) {
            let path = item.get("path").unwrap_or(item);
            if let Some(text) = path.scalar().as_ref().and_then(|it| it.known()) {
                variables.push(path.join(text));
            }
        }
        if variables.len() > MOST {
            break;
        }
    }
    variables.sort();
    variables.dedup();
    let is_secret = |path: &PathBuf| cx.files.kind(path) == FileKind::File && is_left_out(path, cx.files);
    found.extend(variables.iter().map(|path| normalize_path(path)).filter(is_secret));
    found.truncate(MOST);
    found
}

fn check(service: &Service<'_>, build: &Build, secrets: &[PathBuf], cx: &mut Context<'_>) {
    let Some(context) = build.context_path().map(|path| normalize_path(&path)) else { return };
    let inside: Vec<&str> =
        secrets.iter().filter_map(|path| path.strip_prefix(&context).ok()).filter_map(Path::to_str).collect();
    if inside.is_empty() {
        return;
    }
    let Some(dockerfile) = dockerfile(service, cx) else { return };
    let Some((file, model)) = dockerfile.sound() else { return };
    let Some(target) = build.target_stage(model) else { return };
    let ignore = Dockerignore::find(&context, build.dockerfile_path().as_deref(), cx.files);
    let copied = inside.into_iter().filter(|path| !ignore.leaves_out(path));
    let copied: Vec<(&str, TextRange)> =
        copied.filter_map(|path| Some((path, copied_by(path, file, model, target)?))).collect();
    let Some((_, first)) = copied.first() else { return };
    let names: Vec<String> = copied.iter().take(SHOWN).map(|(path, _)| format!("`{path}`")).collect();
    let names = names.join(", ");
    let message = format!("the image of service `{}` has files of secrets in it: {names}", service.name);
    let mut report = cx.report_at(build.key_place, message);
    report.help(format!("Write into the `.dockerignore` of the build context: {names}"));
    if !dockerfile.is_inline {
        report.aside_in(&dockerfile.document, *first, "copied here");
    }
}

/// The instruction that copies a folder in which a file lies into the image.
fn copied_by(path: &str, file: &Dockerfile, model: &Model, target: &Stage) -> Option<TextRange> {
    for stage in model.chain(target) {
        for instruction in file.instructions.get(stage.instructions.clone()).into_iter().flatten() {
            let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { continue };
            if ["from", "exclude"].iter().any(|flag| instruction.flag(flag).is_some()) {
                continue;
            }
            let mut sources = copy.sources.iter().filter_map(|source| match source {
                Source::Path(word) => Some(word.text.trim_start_matches("./").trim_matches('/')),
                Source::Heredoc(_) => None,
            });
            let holds = |source: &str| matches!(source, "" | ".") || path.strip_prefix(source).is_some_and(|rest| rest.starts_with('/'));
            if sources.any(holds) {
                return Some(instruction.range);
            }
        }
    }
    None
}
