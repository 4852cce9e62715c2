//! `host-device`: a device of the host.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::isolation::{NEIGHBOURS, devices};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "host-device",
    summary: "A container gets a device of the host",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(NEIGHBOURS),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["cis:5.18"],
    docs: include_str!("host_device.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for (path, place, alias, _) in devices(service) {
        value::report_at(cx, place, alias, format!("service `{}` gets the host's device `{}`", service.name, shorten(&path)))
            .help("Leave it out if the service works without it, and give no more rights than it needs: `:r` at the end");
    }
}
