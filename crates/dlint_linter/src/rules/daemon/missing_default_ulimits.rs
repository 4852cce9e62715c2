//! `missing-default-ulimits`: a daemon that sets no limits for processes.

use crate::daemon::DaemonConfig;
use crate::daemon::lacking::report_absent;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-default-ulimits",
    summary: "The daemon sets no limits for processes",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H")),
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["cis:2.8", "owasp:7"],
    docs: include_str!("missing_default_ulimits.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    if config.is_for_windows() || !config.members("default-ulimits").is_empty() {
        return;
    }
    let text = "\"default-ulimits\": {\"nofile\": {\"Name\": \"nofile\", \"Soft\": 1024, \"Hard\": 65536}}";
    report_absent(cx, config, "containers have no limits for open files and processes but those of the daemon itself", text)
        .help("Add `default-ulimits`; a service that needs more says so under `ulimits`");
}
