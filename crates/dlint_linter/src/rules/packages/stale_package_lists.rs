//! `stale-package-lists`: lists of packages that are fetched in a layer of their own, and used by a later one.

use dlint_syntax::TextRange;

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Family};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, MAX_OTHERS, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "stale-package-lists",
    summary: "Package lists fetched in another layer than the packages",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["trivy:DS-0017", "checkov:CKV_DOCKER_5", "kics:Update Instruction Alone", "cis:4.7"],
    docs: include_str!("stale_package_lists.md"),
    on: &[On::Package(command)],
};

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    // Where packages are installed with them, they are not for later ones.
    let is_for_later = matches!(call.action, Action::Refresh | Action::Upgrade) && call.refreshes();
    if !is_for_later || !call.manager.keeps_lists {
        return;
    }
    let family = call.manager.family;
    let paths = call.manager.cache.as_ref().map_or(&[] as &[&str], |cache| cache.paths);
    let is_mounted = paths.iter().any(|path| node.run.mounts_over(&["cache", "tmpfs"], path).next().is_some());
    if is_mounted || node.later().any(|later| installs(&later, family) || may_install(&later)) {
        return;
    }
    let runs = cx.runs();
    let later = runs.behind(node.run);
    let mut uses = later.filter(|run| has_layers_of(run, node.run)).filter_map(|run| first_use(run, family));
    // Where the lists are fetched again, these are no longer what anything goes by.
    let Some(Use::Installs(user)) = uses.next() else { return };
    let message = format!("`{}` in a layer of its own: the build cache keeps its lists, however old", call.title());
    cx.report(call.range, message)
        .related(user, "this goes by them")
        .help("Fetch the lists in the same `RUN` as the packages");
}

/// Whether a `RUN` starts from what another one left.
fn has_layers_of(run: &RunNode<'_>, other: &RunNode<'_>) -> bool {
    run.model.chain(run.stage).take(MAX_OTHERS).any(|stage| stage.index == other.stage.index)
}

/// What a `RUN` does first with the lists of a manager.
enum Use {
    Refreshes,
    Installs(TextRange),
}

fn first_use(run: &RunNode<'_>, family: Family) -> Option<Use> {
    let mut calls = run.nodes().filter_map(|node| node.package()).filter(|call| call.manager.family == family);
    calls.find_map(|call| {
        if call.refreshes() {
            return Some(Use::Refreshes);
        }
        call.action.installs().then_some(Use::Installs(call.range))
    })
}

fn installs(node: &CommandNode<'_, '_>, family: Family) -> bool {
    node.package().is_some_and(|call| call.manager.family == family && call.action.installs())
}

/// Whether a command may install packages by itself: everything that is not known to do something else.
fn may_install(node: &CommandNode<'_, '_>) -> bool {
    const OTHERS: [&str; 26] = [
        ":", "[", "apt-cache", "apt-mark", "cat", "cd", "chmod", "chown", "cp", "date", "echo", "exit", "export", "ln", "ls",
        "mkdir", "mv", "printf", "rm", "sed", "set", "sleep", "tee", "test", "touch", "true",
    ];
    node.program.is_some() && node.package().is_none() && !OTHERS.contains(&node.name())
}
