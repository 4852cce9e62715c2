//! `invalid-container-name`: a name that the engine refuses for a container.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-container-name",
    summary: "A name that the engine refuses for a container",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:service-container-name-regex"],
    docs: include_str!("invalid_container_name.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(name) = service.string("container_name") else { return };
    let Some(text) = name.known() else { return };
    let is_first = |c: char| c.is_ascii_alphanumeric();
    let is_part = |c: char| is_first(c) || "_.-".contains(c);
    // What has no two good characters side by side, Compose refuses when it reads the file.
    let is_read = text.chars().zip(text.chars().skip(1)).any(|(one, next)| is_first(one) && is_part(next));
    if !is_read || (text.starts_with(is_first) && text.chars().all(is_part)) {
        return;
    }
    let message = format!("`{text}` cannot be the name of a container, so Docker refuses to create it", text = shorten(text));
    let help = "Use letters, digits, `_`, `.` and `-`, with a letter or a digit first";
    let mut report = value::report(cx, &name, message);
    let clean: String = text.chars().map(|c| if is_part(c) { c } else { '-' }).collect();
    let clean = clean.trim_matches(|c| !is_first(c));
    if clean.chars().count() > 1 {
        value::propose_one(&mut report, &name, clean);
    }
    report.help(help);
}
