//! `shared-apt-cache`: a cache of apt's that two builds may use at once.

use crate::diagnostic::{Category, Edit, Level};
use crate::packages::Family;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::{MountNode, RunNode};

/// The rule.
pub const RULE: Rule = Rule {
    name: "shared-apt-cache",
    summary: "A cache mount for apt that builds use at the same time",
    category: Category::Reliability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("shared_apt_cache.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    let uses_apt = run.nodes().any(|node| node.package().is_some_and(|call| call.manager.family == Family::Apt));
    if !uses_apt {
        return;
    }
    for MountNode { mount, target, .. } in run.mounts().iter().filter(|mount| mount.kind == "cache") {
        let Some(target) = target else { continue };
        let is_apt = matches!(
            target.trim_end_matches('/'),
            "/var/cache/apt" | "/var/cache/apt/archives" | "/var/lib/apt" | "/var/lib/apt/lists" | "/var/cache" | "/var/lib"
        );
        let (true, Some(last)) = (is_apt && mount.option(&["sharing"]).is_none(), mount.options.last()) else { continue };
        cx.report(mount.range, format!("builds that run at the same time share `{target}`, and apt can only be there once"))
            .help("Add `sharing=locked`, so that one waits for the other")
            .safe_fix("Add `sharing=locked`", Edit::insert(last.range.end(), ",sharing=locked"));
    }
}
