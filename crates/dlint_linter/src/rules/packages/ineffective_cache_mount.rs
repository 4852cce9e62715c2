//! `ineffective-cache-mount`: a cache is mounted, and the package manager does not keep anything in it.

use dlint_syntax::dockerfile::Mount;

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Cache, Family};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, MAX_OTHERS, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ineffective-cache-mount",
    summary: "A mounted cache that stays empty",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ineffective_cache_mount.md"),
    on: &[On::Run(run)],
};

/// What Debian's and Ubuntu's images have so that apt keeps no archives, and the setting that it makes.
const CLEANING: [&str; 2] = ["docker-clean", "Keep-Downloaded-Packages"];

/// The file with the setting.
const DOCKER_CLEAN: &str = "/etc/apt/apt.conf.d/docker-clean";

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    if !run.run.mounts.iter().any(|mount| mount.kind() == "cache") {
        return;
    }
    for node in run.nodes() {
        report_switched_off(&node, cx);
    }
    report_docker_clean(run, cx);
}

/// An option that keeps the manager from using the cache that is mounted for it.
fn report_switched_off(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    let Some(cache) = &call.manager.cache else { return };
    if !cache.left_by.contains(&call.action) || cache.is_moved(node, call, cx) {
        return;
    }
    // Yarn's options of this kind say which Yarn it is.
    let options: Vec<&str> = cache.off.long.iter().copied().filter(|name| name.contains("no-cache")).collect();
    if options.is_empty() {
        return;
    }
    let given = call.arguments.iter().find(|it| options.iter().any(|name| it.is_long(name)));
    let (place, name, what) = match (given, variable(node, cache)) {
        (Some(option), _) => (option.range, option.word.unquoted().into_owned(), "option"),
        (None, Some(name)) => (call.range, name.to_owned(), "variable"),
        (None, None) => return,
    };
    let Some(mount) = cache.paths.iter().find_map(|path| known_mount(node.run, path)) else { return };
    cx.report(place, format!("`{name}` keeps `{}` from using the cache that is mounted for it", call.manager.name))
        .related(mount.range, "mounted here")
        .help(format!("Remove the {what}: what is in a cache mount does not get into the image"));
}

/// The variable of the Dockerfile that keeps the manager from using its cache.
fn variable(node: &CommandNode<'_, '_>, cache: &Cache) -> Option<&'static str> {
    cache.off.variables.iter().copied().find(|name| {
        let value = node.run.variables.find(name).and_then(|variable| variable.value.known());
        value.is_some_and(|value| matches!(value.to_ascii_lowercase().as_str(), "1" | "true" | "yes" | "on"))
    })
}

/// apt in an image that removes each archive as soon as it is installed.
fn report_docker_clean(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let Some(mount) = known_mount(run, "/var/cache/apt/archives") else { return };
    let installs = run.nodes().any(|node| {
        node.package().is_some_and(|call| call.manager.family == Family::Apt && call.action == Action::Install)
    });
    if !installs || CLEANING.iter().any(|mark| cx.mentions(mark)) || !is_debian_or_ubuntu(run) {
        return;
    }
    let runs = cx.runs();
    let mut before = runs.of_chain(run.stage.index).filter(|other| other.at <= run.at).take(MAX_OTHERS);
    if before.any(|other| other.nodes().any(|node| node.removes(DOCKER_CLEAN))) {
        return;
    }
    cx.report(mount.range, "nothing stays in this cache: the base image tells apt to remove what it downloaded").help(
        "Remove `/etc/apt/apt.conf.d/docker-clean` first, and set `APT::Keep-Downloaded-Packages` to `true`",
    );
}

/// A cache mount that is sure to be over a path.
fn known_mount<'r>(run: &'r RunNode<'_>, path: &'r str) -> Option<&'r Mount> {
    run.mounts_over(&["cache"], path).find(|mount| mount.target.is_some()).map(|mount| mount.mount)
}

/// Whether the stage starts from the official image itself: others may have changed its settings.
fn is_debian_or_ubuntu(run: &RunNode<'_>) -> bool {
    let node = crate::stage::StageNode { file: run.file, model: run.model, stage: run.stage };
    node.base_image().is_some_and(|image| matches!(image.familiar_name(), "debian" | "ubuntu"))
}
