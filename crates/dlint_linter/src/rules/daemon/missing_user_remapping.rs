//! `missing-user-remapping`: root in a container that is root on the host.

use crate::daemon::lacking::report_absent;
use crate::daemon::{DaemonConfig, Json};
use crate::diagnostic::{Category, Level};
use crate::isolation::ESCAPE;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-user-remapping",
    summary: "Root in a container is root on the host",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(ESCAPE),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["cis:2.9", "owasp:2"],
    docs: include_str!("missing_user_remapping.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.is_rootless() || config.is_for_windows() {
        return;
    }
    let help = "Set `userns-remap` to `default`; images and volumes start anew then, and a container that is privileged or shares a namespace of the host \
                needs `userns_mode: host`";
    let message = "root in a container is root on the host, should it get out";
    match config.setting("userns-remap") {
        None => {
            report_absent(cx, config, message, "\"userns-remap\": \"default\"").help(help);
        }
        Some(setting) if setting.json() == Json::String("") => {
            cx.report(setting.value_range(), message).help(help);
        }
        // That it is no user of its own is `invalid-value`'s.
        Some(_) => {}
    }
}
