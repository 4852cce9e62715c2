//! `ignored-ports`: published ports of a service that has no network of its own.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "ignored-ports",
    summary: "Published ports of a service that has no network of its own",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("ignored_ports.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(ports) = service.field("ports").filter(|ports| !ports.value.items().is_empty()) else { return };
    let Some(mode) = service.string("network_mode") else { return };
    let Some(text) = mode.known() else { return };
    let (message, help, level) = match text {
        "host" => (
            "with `network_mode: host`, what the container listens on is open on the host, and `ports` has no effect".to_owned(),
            "Remove `ports`, or `network_mode` if not every port is meant to be open",
            Level::Warning,
        ),
        "none" => (
            "with `network_mode: none`, nothing reaches the container, and `ports` has no effect".to_owned(),
            "Remove `ports` or `network_mode`",
            Level::Warning,
        ),
        _ if text.starts_with("service:") || text.starts_with("container:") => (
            format!("Docker refuses `ports` beside `network_mode: {text}`, because the network is another container's"),
            "Publish the ports where the network is: in the other service",
            Level::Error,
        ),
        _ => return,
    };
    cx.report_at(ports.key_place, message).level(level).help(help).related_at(mode.place, "its network");
}
