//! `hidden-build-output`: a folder of the host over what the image's build put there.

use std::sync::Arc;

use dlint_syntax::TextRange;

use crate::build::{Built, built, built_stage};
use crate::compose::{Command, CommandForm, Mount, MountKind, Project, Service};
use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::packages::Action;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{MAX_OTHERS, RunNode, Runs};
use crate::stage::StageNode;
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "hidden-build-output",
    summary: "A folder of the host is mounted over what the image's build put there",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("hidden_build_output.md"),
    on: &[On::Compose(project)],
};

/// How many Dockerfiles are read: more than anybody has in a project.
const MOST: usize = 30;

/// Managers that put what they install into the folder of the project, and the folder.
const FOLDERS: [(&str, &str); 5] =
    [("npm", "node_modules"), ("yarn", "node_modules"), ("pnpm", "node_modules"), ("bun", "node_modules"), ("composer", "vendor")];

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    // By Dockerfile, so that each is looked at once, whatever the number of services.
    let mut found: Vec<(Arc<Document>, Vec<Candidate<'_, '_>>)> = Vec::new();
    for service in built(project) {
        let over: Vec<_> = service.mounts().iter().filter_map(|mount| Some((mount, over(mount)?))).collect();
        if over.is_empty() || installs_itself(service) || service.is_partial() {
            continue;
        }
        let Some(Built { document, stage, .. }) = built_stage(service, cx) else { continue };
        let candidate = Candidate { service, stage, over };
        let known = found.iter().position(|(known, _)| Arc::ptr_eq(known, &document));
        let index = known.unwrap_or(found.len());
        if index == MOST {
            return;
        }
        if known.is_none() {
            found.push((document, Vec::new()));
        }
        found[index].1.push(candidate);
    }
    for (document, candidates) in &found {
        let Some((file, model)) = document.dockerfile() else { continue };
        if !FOLDERS.iter().any(|(manager, _)| document.text().contains(manager)) {
            continue;
        }
        let runs = Runs::new(file, model);
        for candidate in candidates {
            check(candidate, &runs, document, cx);
        }
    }
}

/// A service that is built, with folders of the host over some of its own.
struct Candidate<'p, 'a> {
    service: &'p Service<'a>,
    stage: usize,
    over: Vec<(&'p Mount, String)>,
}

fn check(candidate: &Candidate<'_, '_>, runs: &Runs<'_>, document: &Arc<Document>, cx: &mut Context<'_>) {
    let Candidate { service, stage, over } = candidate;
    let Some(node) = StageNode::of(document, *stage) else { return };
    // A script that is started may install them.
    let started = [node.stage.end.entrypoint, node.stage.end.cmd].into_iter().flatten();
    if started.filter_map(|at| node.file.instructions.get(at)).any(|it| may_install(document.slice(it.range))) {
        return;
    }
    let mut last = runs.of_chain(*stage).rev().take(MAX_OTHERS);
    let Some(output) = last.find_map(|run| Output::of(run, service, over, document.slice(run.instruction.range))) else {
        return;
    };
    let Output { mount, path, manager, place } = output;
    let source = mount.source.as_ref().map_or("", |it| it.text());
    let message = format!("`{}` hides `{}` of the image, in which its build installs packages with `{manager}`", shorten(source), shorten(&path));
    value::report_at(cx, mount.place, mount.alias, message)
        .help(format!("Add the volume `{path}`, so that the folder of the image stays in its place"))
        .aside_in(document, place, "installed here");
}

/// Whether a command may install packages.
fn may_install(text: &str) -> bool {
    ["install", ".sh", "npm i", "npm ci", " ci", "yarn &&", "composer"].iter().any(|hint| text.contains(hint))
}

/// What a build puts into a folder that a mount hides.
struct Output<'s> {
    mount: &'s Mount,
    path: String,
    manager: &'static str,
    place: TextRange,
}

impl<'s> Output<'s> {
    fn of(run: &RunNode<'_>, service: &Service<'_>, over: &[(&'s Mount, String)], text: &str) -> Option<Self> {
        if run.is_trigger || ELSEWHERE.iter().any(|option| text.contains(option)) {
            return None;
        }
        run.nodes().find_map(|node| {
            let call = node.package()?;
            let name = call.manager.name;
            let (_, folder) = FOLDERS.iter().find(|(manager, _)| *manager == name)?;
            // With names, it is mostly a tool that is installed for all.
            if !matches!(call.action, Action::Install | Action::Sync) || call.operands().next().is_some() {
                return None;
            }
            let path = run.absolute(folder)?;
            let (mount, target) = over.iter().find(|(_, target)| is_within(&path, target) && path != **target)?;
            let stays = service.mounts().iter().any(|other| {
                // Where a variable decides, it may be this.
                other.clean_target().is_none_or(|it| is_within(&path, &it) && it.len() > target.len())
            });
            let in_memory = service.list("tmpfs").iter().any(|it| it.known().is_none_or(|text| text.starts_with(&path)));
            (!stays && !in_memory).then_some(Self { mount, path, manager: name, place: node.command.range() })
        })
    }
}

/// What sends packages to another folder than the project's.
const ELSEWHERE: [&str; 8] =
    [" -g", "--global", "--prefix", "--cwd", "--dir", "--modules-folder", "--working-dir", "global"];

/// The folder of the container over which a folder of the project is laid.
fn over(mount: &Mount) -> Option<String> {
    let source = mount.source.as_ref()?.known()?;
    let is_ours = mount.kind == MountKind::Bind && source.starts_with('.');
    mount.clean_target().filter(|target| is_ours && target.starts_with('/') && target.len() > 1)
}

fn is_within(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether what the service starts may install the packages in the container.
fn installs_itself(service: &Service<'_>) -> bool {
    let may = |command: Option<&Command>| {
        command.is_some_and(|command| {
            let words = match &command.form {
                CommandForm::Text(text) => std::slice::from_ref(text),
                CommandForm::List(words) => words,
            };
            words.iter().any(|word| word.known().is_none_or(|text| matches!(text, "ci" | "i") || may_install(text)))
        })
    };
    may(service.command()) || may(service.entrypoint())
}
