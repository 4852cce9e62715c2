//! `unusual-log-level`: a daemon that logs too little or too much.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unusual-log-level",
    summary: "The daemon logs too little or too much",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:N/I:L/A:N")),
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["cis:2.3", "owasp:10"],
    docs: include_str!("unusual_log_level.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if let Some(debug) = config.setting("debug").filter(|debug| debug.as_bool() == Some(true)) {
        let edit = Edit::replace(debug.value_range(), "false");
        cx.report(debug.range, "with `debug`, the daemon logs every request").help(HELP).fix(Fix::unsafe_("Set it to `false`", vec![edit]));
    }
    let Some(level) = config.setting("log-level") else { return };
    let Some(name) = level.as_str() else { return };
    let message = match name.to_ascii_lowercase().as_str() {
        "debug" | "trace" => "logs every request",
        "warn" | "error" | "fatal" | "panic" => "does not log who did what",
        _ => return,
    };
    let edit = Edit::replace(level.value_range(), "\"info\"");
    cx.report(level.value_range(), format!("at the level `{name}` the daemon {message}")).help(HELP).fix(Fix::unsafe_("Use `info`", vec![edit]));
}

const HELP: &str = "Use the level `info`, which is the default, on a host that others rely on";
