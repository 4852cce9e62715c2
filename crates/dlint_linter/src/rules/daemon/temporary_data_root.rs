//! `temporary-data-root`: images and volumes where the system cleans up.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "temporary-data-root",
    summary: "Images and volumes are where the system cleans up",
    category: Category::Reliability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("temporary_data_root.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(setting) = config.setting("data-root") else { return };
    let is_temporary = |path: &str| ["/tmp", "/var/tmp", "/run", "/var/run", "/dev/shm"].iter().any(|place| {
        path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    if let Some(path) = setting.as_str().filter(|path| is_temporary(path)) {
        cx.report(setting.value_range(), format!("the system cleans up `{}`, and images and volumes with it", shorten(path)))
            .help("Use a folder such as `/var/lib/docker` or `/srv/docker`");
    }
}
