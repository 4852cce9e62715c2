//! `hidden-build-output`: a folder of the host over what the image's build put there.

use crate::build::{Built, built, built_stage};
use crate::compose::{Command, CommandForm, Mount, MountKind, Project, Service};
use crate::diagnostic::{Category, Level};
use crate::packages::Action;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{RunNode, Runs};
use crate::stage::StageNode;
use crate::text::shorten;
use crate::value;
use dlint_syntax::TextRange;

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
    let mut left = MOST;
    for service in built(project) {
        let over: Vec<(&Mount, String)> = service.mounts().iter().filter_map(|mount| Some((mount, over(mount)?))).collect();
        if over.is_empty() || installs_itself(service) || service.is_partial() {
            continue;
        }
        let Some(Built { document, stage, .. }) = built_stage(service, cx) else { continue };
        if !FOLDERS.iter().any(|(manager, _)| document.text().contains(manager)) {
            continue;
        }
        left -= 1;
        if left == 0 {
            return;
        }
        let Some(node) = StageNode::of(&document, stage) else { continue };
        let runs = Runs::new(node.file, node.model);
        let Some(output) = runs.of_chain(stage).rev().take(crate::run::MAX_OTHERS).find_map(|run| Output::of(run, service, &over, document.slice(run.instruction.range))) else { continue };
        let Output { mount, path, manager, place } = output;
        let source = mount.source.as_ref().map_or("", |it| it.text());
        let message = format!("`{}` hides `{}` of the image, in which its build installs packages with `{manager}`", shorten(source), shorten(&path));
        value::report_at(cx, mount.place, mount.alias, message)
            .help(format!("Add the volume `{path}`, so that the folder of the image stays in its place"))
            .aside_in(&document, place, "installed here");
    }
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
    let may = |command: Option<Command>| {
        command.is_some_and(|command| {
            let words = match &command.form {
                CommandForm::Text(text) => std::slice::from_ref(text),
                CommandForm::List(words) => words,
            };
            let hints = ["install", ".sh", "npm i", "npm ci", " ci", "yarn &&", "composer"];
            words.iter().any(|word| word.known().is_none_or(|text| text == "ci" || text == "i" || hints.iter().any(|hint| text.contains(hint))))
        })
    };
    may(service.command()) || may(service.entrypoint())
}
