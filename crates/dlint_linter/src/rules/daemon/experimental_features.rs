//! `experimental-features`: features that may still change.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "experimental-features",
    summary: "The daemon has features that may still change",
    category: Category::Reliability,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["cis:2.18"],
    docs: include_str!("experimental_features.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if let Some(setting) = config.setting("experimental").filter(|setting| setting.as_bool() == Some(true)) {
        let edit = Edit::replace(setting.value_range(), "false");
        cx.report(setting.range, "features are on that may change or go away with an update")
            .help("Delete the key on a host that others rely on")
            .fix(Fix::unsafe_("Set it to `false`", vec![edit]));
    }
}
