//! `source-before-dependencies`: all of the project is copied before its dependencies are installed.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Kind, Source};

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Family, Invocation};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, MAX_OTHERS, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "source-before-dependencies",
    summary: "Dependencies that are installed again after every change of the project",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("source_before_dependencies.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    if call.action != Action::Sync || !lists_are_enough(call) || node.run.is_trigger {
        return;
    }
    let Some(copied) = copied_context(node.run) else { return };
    let caches = call.manager.cache.iter().flat_map(|cache| cache.paths);
    let is_mounted = caches.clone().any(|path| node.run.mounts_over(&["cache"], path).next().is_some());
    if is_mounted || is_installed_before(node, call.manager.family, cx) {
        return;
    }
    let message = format!("`{}` is run again after every change of any file of the project", call.title());
    cx.report(call.range, message)
        .related(copied, "everything is copied here")
        .help("Copy only the files that list the dependencies, install them, and copy the rest after that");
}

/// Whether the files that list the dependencies are all that the command reads; others build the project itself too.
fn lists_are_enough(call: &Invocation<'_>) -> bool {
    match call.manager.family {
        // `-e .` and paths need the sources.
        Family::Pip => {
            call.arguments.has('r', "requirement") && !call.arguments.has('e', "editable") && call.operands().next().is_none()
        }
        Family::Go => call.subcommand == "mod download",
        Family::Npm | Family::Yarn | Family::Pnpm | Family::Bun | Family::Bundler => true,
        _ => false,
    }
}

/// The first `COPY` or `ADD` of the whole build context before a `RUN` in its stage.
fn copied_context(run: &RunNode<'_>) -> Option<TextRange> {
    (run.stage.instructions.start..run.at).take(MAX_OTHERS).find_map(|at| {
        let instruction = &run.file.instructions[at];
        let (Kind::Copy(copy) | Kind::Add(copy)) = &instruction.kind else { return None };
        let is_context = |source: &Source| matches!(source, Source::Path(path) if matches!(path.text.as_str(), "." | "./" | "*"));
        (instruction.flag("from").is_none() && copy.sources.iter().any(is_context)).then_some(instruction.range)
    })
}

/// Whether the same manager already installed something of the project before the copy: then little is left to do.
fn is_installed_before(node: &CommandNode<'_, '_>, family: Family, cx: &Context<'_>) -> bool {
    let runs = cx.runs();
    let mut earlier = runs.of_chain(node.run.stage.index).take(MAX_OTHERS).filter(|run| run.at < node.run.at).flat_map(RunNode::nodes);
    earlier.any(|other| other.package().is_some_and(|call| call.manager.family == family && call.action == Action::Sync))
}
