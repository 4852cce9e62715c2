//! `package-cache`: what a package manager fetched stays in the image.

use serde::Deserialize;

use crate::diagnostic::{Category, Fix, Level};
use crate::packages::{Action, Cache, Check, Family, Invocation};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{CommandNode, RunNode};
use crate::user::UserSpec;

/// The rule.
pub const RULE: Rule = Rule {
    name: "package-cache",
    summary: "What a package manager fetched stays in the image",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3009",
        "hadolint:DL3019",
        "hadolint:DL3032",
        "hadolint:DL3036",
        "hadolint:DL3040",
        "hadolint:DL3042",
        "hadolint:DL3060",
        "tally:tally/prefer-package-cache-mounts",
        "trivy:DS-0015",
        "trivy:DS-0019",
        "trivy:DS-0020",
        "trivy:DS-0025",
        "trivy:DS-0027",
        "kics:Apt Get Install Lists Were Not Deleted",
        "kics:Apk Add Using Local Cache Path",
        "kics:Yum Clean All Missing",
        "kics:Missing Dnf Clean All",
        "kics:Missing Zypper Clean",
        "kics:Pip install Keeping Cached Packages",
        "semgrep:remove-package-lists",
        "semgrep:remove-package-cache",
        "semgrep:missing-apk-no-cache",
        "semgrep:missing-yum-clean-all",
        "semgrep:missing-dnf-clean-all",
        "semgrep:missing-zypper-clean",
        "semgrep:missing-pip-no-cache-dir",
    ],
    docs: include_str!("package_cache.md"),
    on: &[On::Run(run)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// How caches are to be kept out of images.
    pub accept: Accept,
}

/// How caches may be kept out of images.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Accept {
    /// Either way.
    #[default]
    Either,
    /// Only by removing them in the same `RUN`, or not writing them: for builders without cache mounts.
    Clean,
    /// Only by a cache mount, in every stage, so that the next build finds them.
    Mount,
}

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let accept = cx.config.options.package_cache.accept;
    let mut told: Vec<&str> = Vec::new();
    // The last one that fills a cache tells of all before it.
    for node in run.nodes().rev() {
        let Some((call, cache)) = fills_cache(&node) else { continue };
        if told.contains(&cache.paths[0]) || (accept != Accept::Mount && cache.off.holds(&node, call, cx)) {
            continue;
        }
        told.push(cache.paths[0]);
        if accept == Accept::Mount {
            if !is_mounted(run, cache) {
                report_unmounted(&node, call, cache, cx);
            }
        } else if cache.is_waste && run.is_shipped && !is_kept_out(&node, call, cache, cx) {
            report_left(&node, call, cache, cx);
        }
    }
}

fn fills_cache<'a, 'b>(node: &CommandNode<'a, 'b>) -> Option<(&'b Invocation<'a>, &'static Cache)> {
    let call = node.package()?;
    let cache = call.manager.cache.as_ref()?;
    cache.left_by.contains(&call.action).then_some((call, cache))
}

/// Whether a cache does not get into the image, or nobody can tell.
fn is_kept_out<'a>(
    node: &CommandNode<'a, '_>,
    call: &Invocation<'a>,
    cache: &Cache,
    cx: &Context<'_>,
) -> bool {
    let accept = cx.config.options.package_cache.accept;
    cache.is_moved(node, call, cx)
        || (!cache.add.is_empty() && call.may_hide_options(|word| node.value(word)))
        || node.run.mounts_over(&["tmpfs"], cache.paths[0]).next().is_some()
        || (accept == Accept::Either && is_mounted(node.run, cache))
        || node.later().any(|later| cache.is_removed_by(&later))
        || node.earlier().any(|earlier| earlier.name() == "trap" && removes_in_trap(&earlier, cache))
}

fn is_mounted(run: &RunNode<'_>, cache: &Cache) -> bool {
    cache.paths.iter().chain(cache.mounts).any(|path| run.mounts_over(&["cache", "tmpfs"], path).next().is_some())
}

/// Whether a `trap` removes the cache when the script ends.
fn removes_in_trap(trap: &CommandNode<'_, '_>, cache: &Cache) -> bool {
    trap.later()
        .take_while(|node| node.outer().is_some())
        .any(|node| node.outer().is_some_and(|outer| outer.index == trap.index) && cache.is_removed_by(&node))
}

fn report_left(node: &CommandNode<'_, '_>, call: &Invocation<'_>, cache: &Cache, cx: &mut Context<'_>) {
    let runs = cx.runs();
    let late = runs.after(node.run).flat_map(RunNode::nodes).find(|later| cache.is_removed_by(later));
    let fix = fix(node, call, cache, cx);
    let path = at_home(cache.paths[0], node.run);
    let remedy = match cache.add {
        "" => format!("Add `{}` to the same `RUN`", cache.clean),
        option if call.action == Action::Refresh => format!("Remove it, and install with `{option}`"),
        option => format!("Add `{option}`"),
    };
    let accept = cx.config.options.package_cache.accept;
    let (message, help) = if is_mounted(node.run, cache) {
        (format!("`{}` leaves nothing in the image only where caches can be mounted", call.title()), remedy)
    } else {
        let or = if accept == Accept::Clean { String::new() } else { format!(", or {}", mounts(cache, node.run)) };
        (format!("`{}` leaves its {} in the image (`{path}`)", call.title(), cache.what), format!("{remedy}{or}"))
    };
    let mut report = cx.report(call.range, message);
    report.help(help).codes(call.manager.codes(Check::Cache));
    if let Some(late) = late {
        report.related(late.command.range(), "removed only here, in another layer: the image stays as large");
    }
    if let Some(fix) = fix {
        report.fix(fix);
    }
}

/// What to change: the option that keeps the cache away is safe to add, a command is not.
fn fix(node: &CommandNode<'_, '_>, call: &Invocation<'_>, cache: &Cache, cx: &Context<'_>) -> Option<Fix> {
    let text = cx.document.text();
    if cache.add.is_empty() {
        let clean = match wrapper(node) {
            // Nobody can tell what the shell around may do.
            Some(_) if node.outer().is_some() => return None,
            Some(sudo) => format!("{sudo} {}", cache.clean),
            None => cache.clean.to_owned(),
        };
        let edit = node.run.append(text, &clean)?;
        return call.manager.is_system().then(|| Fix::unsafe_(format!("Add `{clean}`"), vec![edit]));
    }
    let mut edits = Vec::new();
    for other in node.run.nodes().filter(|other| other.index <= node.index) {
        let Some((call, _)) = fills_cache(&other).filter(|(_, it)| it.paths == cache.paths) else { continue };
        // Fetching an index by itself is for the commands after it.
        if call.action == Action::Refresh {
            return None;
        }
        if !cache.off.holds(&other, call, cx) {
            edits.push(other.add_after(text, call.head, cache.add)?);
        }
    }
    Some(Fix::safe(format!("Add `{}`", cache.add), edits))
}

/// The program with which a command, or the shell that it is in, gets the rights of root.
fn wrapper(node: &CommandNode<'_, '_>) -> Option<&'static str> {
    let program = node.program.map_or(0, |program| program.index);
    let mut before = node.command.words().iter().take(program);
    let found = before.find_map(|word| ["sudo", "doas"].into_iter().find(|it| word.is(it)));
    found.or_else(|| node.outer().and_then(|outer| wrapper(&outer)))
}

/// The mounts with which nothing of a cache gets into the image.
fn mounts(cache: &Cache, run: &RunNode<'_>) -> String {
    let whole = if cache.paths == cache.mounts { cache.paths } else { &cache.paths[..1] };
    mount_options(whole, run, "")
}

/// The options to mount caches at some places, with what else is to stand in each.
fn mount_options(targets: &[&str], run: &RunNode<'_>, more: &str) -> String {
    let option = |target: &&str| format!("`--mount=type=cache,target={}{more}`", at_home(target, run));
    targets.iter().map(option).collect::<Vec<_>>().join(" and ")
}

/// A path with the home directory of the user that the `RUN` is run as, if that is known.
fn at_home(path: &str, run: &RunNode<'_>) -> String {
    let path = run.at_home(path);
    let Some(below) = path.strip_prefix('~') else { return path.into_owned() };
    let Some(user) = &run.user else { return format!("/root{below}") };
    match user.value.known().map(UserSpec::new) {
        Some(spec) if spec.is_root() => format!("/root{below}"),
        Some(spec) if spec.user.starts_with(|char: char| char.is_ascii_alphabetic()) => {
            format!("/home/{}{below}", spec.user)
        }
        _ => path.into_owned(),
    }
}

fn report_unmounted(node: &CommandNode<'_, '_>, call: &Invocation<'_>, cache: &Cache, cx: &mut Context<'_>) {
    if cache.is_moved(node, call, cx) {
        return;
    }
    let targets = if cache.mounts.is_empty() { &cache.paths[..1] } else { cache.mounts };
    // Debian's and Ubuntu's images have apt keep nothing, and two apts may not use one cache at a time.
    let (more, first) = match call.manager.family {
        Family::Apt => (",sharing=locked", ", and remove `/etc/apt/apt.conf.d/docker-clean` before"),
        _ => ("", ""),
    };
    let mounts = mount_options(targets, node.run, more);
    let message =
        format!("`{}` fetches everything again in each build: no cache is mounted for its {}", call.title(), cache.what);
    cx.report(call.range, message)
        .help(format!("Add {mounts} to the `RUN`{first}"))
        .codes(call.manager.codes(Check::Cache));
}
