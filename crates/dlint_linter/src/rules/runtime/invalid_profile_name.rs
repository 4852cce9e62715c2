//! `invalid-profile-name`: a profile that cannot be asked for.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-profile-name",
    summary: "A profile whose name cannot be asked for",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_profile_name.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    for profile in service.strings("profiles") {
        let Some(text) = profile.known() else { continue };
        let is_first = |c: char| c.is_ascii_alphanumeric();
        let is_valid = text.starts_with(is_first) && text.chars().all(|c| is_first(c) || "_.-".contains(c));
        if text == "*" || is_valid {
            continue;
        }
        let message = if text.is_empty() {
            "a profile without name, so the service is started although no profile is asked for".to_owned()
        } else {
            format!("`{text}` is no name of a profile", text = shorten(text))
        };
        value::report(cx, &profile, message)
            .help("Use letters, digits, `_`, `.` and `-`, with a letter or a digit first");
    }
}
