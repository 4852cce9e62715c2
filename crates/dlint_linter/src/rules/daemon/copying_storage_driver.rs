//! `copying-storage-driver`: a storage driver that copies all of an image for each container.

use crate::daemon::{DaemonConfig, edit};
use crate::diagnostic::{Category, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "copying-storage-driver",
    summary: "A storage driver that copies all of an image for each container",
    category: Category::Efficiency,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("copying_storage_driver.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    let Some(driver) = config.setting("storage-driver").filter(|driver| driver.as_str() == Some("vfs")) else { return };
    let mut report = cx.report(driver.value_range(), "`vfs` copies all files of an image for each layer and each container");
    report.help("Delete the key: Docker picks a driver that shares them; the images have to be pulled again");
    if let Some(edit) = edit::remove(config.root, driver) {
        report.fix(Fix::unsafe_("Let Docker pick the driver", vec![edit]));
    }
}
