//! `removed-key`: a key that current versions no longer accept.

use crate::daemon::{DaemonConfig, Json, State, edit, keys};
use crate::diagnostic::{Category, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "removed-key",
    summary: "A key that current versions no longer accept",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("removed_key.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for setting in &config.entries {
        let Some(key) = keys::find_retired(setting.name) else { continue };
        let State::Removed { since, instead } = key.state else { continue };
        let is_path = matches!(setting.json(), Json::String(_));
        let is_renamed = key.name == "graph" && is_path && config.setting("data-root").is_none();
        let fix = if is_renamed {
            // Versions that know `graph` know the other name too.
            Some(Fix::safe("Rename it to `data-root`", vec![edit::rename(setting, "data-root")]))
        } else {
            edit::remove(config.root, setting).map(|edit| Fix::unsafe_(format!("Remove `{}`", key.name), vec![edit]))
        };
        let message = format!("`{}` was removed in Docker {since}, and the daemon does not start with it", key.name);
        let mut report = cx.report(setting.key_range, message);
        report.help(instead);
        if let Some(fix) = fix {
            report.fix(fix);
        }
    }
}
