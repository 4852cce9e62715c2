//! `invalid-network-mode`: a network mode that nothing has.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-network-mode",
    summary: "A `network_mode` that is neither a mode nor the name of an existing network",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_network_mode.md"),
    on: &[On::Service(service)],
};

const MODES: [&str; 4] = ["bridge", "default", "host", "none"];

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(mode) = &service.string("network_mode") else { return };
    let Some(text) = mode.known().filter(|text| !text.is_empty() && !MODES.contains(text)) else { return };
    if let Some((kind, name)) = text.split_once(':') {
        // Which service is meant is looked at elsewhere.
        if kind == "container" && name.is_empty() {
            value::report(cx, mode, "`container:` names no container, so Docker refuses to create this one")
                .help("Write `container:NAME` or `service:NAME`");
        }
        return;
    }
    if let Some(network) = service.top_level("networks", text) {
        // The network that is made for it has the project's name before this one, unless it is given another.
        if network.value.field("name").is_some() || network.value.field("external").is_some() {
            return;
        }
        let message = format!("`network_mode` takes the name of an existing network, but `{text}` is made as `PROJECT_{text}`", text = shorten(text));
        value::report(cx, mode, message)
            .help(format!("Write `networks: [{text}]` instead of `network_mode`", text = shorten(text)))
            .related_at(network.key_place, "the network");
        return;
    }
    let near = |word: &&&str| word.eq_ignore_ascii_case(text) || (text.len() > 3 && strsim::osa_distance(word, text) == 1);
    let Some(meant) = MODES.iter().find(near) else { return };
    let message = format!("`{text}` is no network mode, and would have to be the name of an existing network", text = shorten(text));
    let mut report = value::report(cx, mode, message);
    value::propose_one(&mut report, mode, meant);
}
