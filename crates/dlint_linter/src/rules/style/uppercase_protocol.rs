//! `uppercase-protocol`: a protocol in capital letters.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "uppercase-protocol",
    summary: "A protocol in capital letters",
    category: Category::Style,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["buildkit:ExposeProtoCasing"],
    docs: include_str!("uppercase_protocol.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Expose(ports) = &instruction.kind else { return };
    for port in ports {
        let Some((at, protocol)) = port.text.split_once('/').map(|(before, protocol)| (before.len() + 1, protocol)) else { continue };
        let lower = protocol.to_ascii_lowercase();
        if lower != protocol && matches!(lower.as_str(), "tcp" | "udp" | "sctp") {
            let place = port.sub_range(at..port.text.len());
            cx.report(place, format!("`{protocol}` is written in small letters"))
                .help(format!("Write `{lower}`"))
                .safe_fix(format!("Write `{lower}`"), Edit::replace(place, lower.clone()));
        }
    }
}
