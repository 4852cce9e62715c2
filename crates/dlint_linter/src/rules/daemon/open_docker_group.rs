//! `open-docker-group`: a socket that belongs to a group that everybody is in.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::isolation::ROOT_TAKEOVER;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "open-docker-group",
    summary: "Docker's socket belongs to a group that everybody is in",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(ROOT_TAKEOVER),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("open_docker_group.md"),
    on: &[On::Daemon(daemon)],
};

/// Groups that have people in them who are not meant.
const EVERYBODY: [&str; 5] = ["everyone", "nobody", "nogroup", "staff", "users"];

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(setting) = config.setting("group").filter(|_| !config.is_for_windows()) else { return };
    if let Some(group) = setting.as_str().filter(|group| EVERYBODY.contains(group)) {
        cx.report(setting.value_range(), format!("whoever is in the group `{group}` is root on the host"))
            .help("Use a group of its own, such as `docker`, and put in only those who may be root");
    }
}
