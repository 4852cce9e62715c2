//! `system-upgrade`: a build that upgrades whatever there is to upgrade.

use crate::diagnostic::{Category, Level};
use crate::packages::{Action, Check};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::CommandNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "system-upgrade",
    summary: "Everything in the base image is upgraded",
    category: Category::Reproducibility,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[
        "hadolint:DL3005",
        "hadolint:DL3017",
        "hadolint:DL3031",
        "hadolint:DL3035",
        "hadolint:DL3039",
        "trivy:DS-0024",
        "kics:Run Using Upgrade Commands",
        "kics:Use of Apk Upgrade",
        "kics:Yum Update Enabled",
        "kics:Run Using dnf Update",
        "kics:Run Using Zypper Update",
        "semgrep:avoid-apt-get-upgrade",
        "semgrep:avoid-apk-upgrade",
        "semgrep:avoid-dnf-update",
        "semgrep:avoid-yum-update",
        "semgrep:avoid-zypper-update",
    ],
    docs: include_str!("system_upgrade.md"),
    on: &[On::Package(command)],
};

/// Options of dnf, yum and zypper with which only some packages are upgraded.
const PARTIAL: [&str; 10] =
    ["advisory", "advisories", "bugfix", "bz", "bzs", "category", "cve", "cves", "sec-severity", "security"];

fn command(node: &CommandNode<'_, '_>, cx: &mut Context<'_>) {
    let Some(call) = node.package() else { return };
    if !call.manager.is_system() || call.operands().next().is_some() {
        return;
    }
    if PARTIAL.iter().any(|option| call.arguments.has_long(option)) {
        return;
    }
    let level = match call.action {
        Action::Upgrade => Level::Info,
        Action::DistributionUpgrade => Level::Warning,
        _ => return,
    };
    cx.report(call.range, format!("`{}` upgrades everything to what is the newest on the day of the build", call.title()))
        .level(level)
        .codes(call.manager.codes(Check::Upgrade))
        .help("Take a newer base image, and upgrade by name what cannot wait for it");
}
