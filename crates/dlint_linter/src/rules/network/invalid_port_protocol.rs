//! `invalid-port-protocol`: a protocol or a mode that a published port cannot have.

use crate::compose::{Scalar, Service, Syntax};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::{list, shorten};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-port-protocol",
    summary: "A protocol or a mode that a published port cannot have",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_port_protocol.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    // The short syntax is checked when the file is read.
    for port in service.ports().iter().filter(|port| port.syntax == Syntax::Long) {
        let Some(protocol) = port.protocol_part() else { continue };
        let message = |text: &str| format!("`{text}` is no protocol of a port, so Docker refuses to create the container", text = shorten(text));
        check(protocol, &["tcp", "udp", "sctp"], message, Level::Error, cx);
    }
    let Some(field) = service.field("ports") else { return };
    for item in field.value.items() {
        let Some(mode) = item.string_of("mode") else { continue };
        check(&mode, &["ingress", "host"], |text| format!("`{text}` is no mode of a port", text = shorten(text)), Level::Warning, cx);
    }
}

fn check(value: &Scalar, words: &[&str], message: impl Fn(&str) -> String, level: Level, cx: &mut Context<'_>) {
    let Some(text) = value.known().filter(|text| !text.is_empty()) else { return };
    if words.contains(&text.to_ascii_lowercase().as_str()) {
        return;
    }
    let mut report = value::report(cx, value, message(text));
    report.level(level);
    value::propose(&mut report, value, text, words, &format!("Use {}", list(words, "or")));
}
