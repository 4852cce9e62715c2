//! `invalid-hostname`: a name that a host cannot have.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-hostname",
    summary: "A host name that is too long or has characters that no host name has",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_hostname.md"),
    on: &[On::Service(service)],
};

/// `HOST_NAME_MAX` of Linux, in bytes.
const LONGEST: usize = 64;

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(name) = service.string("hostname") else { return };
    let Some(text) = name.known() else { return };
    if text.len() > LONGEST {
        let message = format!("a host name of {} bytes, where Linux takes {LONGEST}, so the container does not start", text.len());
        value::report(cx, &name, message).help("Choose a shorter one").level(Level::Error);
        return;
    }
    // An underscore is against the rules too, but works nearly everywhere.
    if let Some(odd) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !"-._".contains(*c)) {
        value::report(cx, &name, format!("`{}` is no character of a host name", odd.escape_debug()))
            .help("Use letters, digits, `-` and `.`: many programs fail on anything else");
    }
}
