//! `direct-routing`: neighbours that reach ports that are not published.

use crate::daemon::DaemonConfig;
use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::isolation::NEIGHBOURS;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "direct-routing",
    summary: "Neighbours of the host reach ports that are not published",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(NEIGHBOURS),
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["owasp:5"],
    docs: include_str!("direct_routing.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for name in ["allow-direct-routing", "ip-forward-no-drop"] {
        let Some(setting) = config.setting(name).filter(|setting| setting.as_bool() == Some(true)) else { continue };
        let message = match name {
            "allow-direct-routing" => "hosts of the same network can reach every port of a container by its address, without its being published",
            _ => "the host passes on what others send through it, to networks of containers too",
        };
        let edit = Edit::replace(setting.value_range(), "false");
        cx.report(setting.range, message).help("Delete the key, and publish the ports that others need").fix(Fix::unsafe_("Set it to `false`", vec![edit]));
    }
}
