//! `missing-authorization-plugin`: a daemon without a plugin that says who may do what.

use crate::daemon::DaemonConfig;
use crate::daemon::lacking::opening;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-authorization-plugin",
    summary: "Whoever reaches the daemon may do everything",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:H/UI:N/S:C/C:L/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:2.12"],
    docs: include_str!("missing_authorization_plugin.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.strings("authorization-plugins").next().is_none() {
        cx.report(opening(config), "whoever reaches the daemon may do everything with it")
            .help("Name a plugin under `authorization-plugins` that says who may do what");
    }
}
