//! `host-program-provider`: a service for which Compose runs a program of the host.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "host-program-provider",
    summary: "A service for which Compose runs a program of the host",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:L")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("host_program_provider.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(kind) = service.field("provider").and_then(|provider| provider.value.scalar_of("type")) else { return };
    // The one that Docker brings.
    let Some(name) = kind.known().filter(|name| *name != "model") else { return };
    let message = format!("`docker compose up` runs the program `{}` of the host, with the rights of whoever starts it", shorten(name));
    value::report(cx, &kind, message).help("See to it that everybody who starts the project has that program from a place that you trust");
}
