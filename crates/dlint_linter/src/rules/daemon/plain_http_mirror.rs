//! `plain-http-mirror`: a mirror of Docker Hub without TLS.

use crate::daemon::{DaemonConfig, is_template};
use crate::diagnostic::{Category, Level};
use crate::daemon::net::is_local;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "plain-http-mirror",
    summary: "A mirror of Docker Hub without TLS",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:C/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["owasp:13"],
    docs: include_str!("plain_http_mirror.md"),
    on: &[On::Daemon(daemon)],
};

fn daemon(config: &DaemonConfig<'_>, cx: &mut Context<'_>) {
    for (text, place) in config.strings("registry-mirrors") {
        let Some(rest) = text.strip_prefix("http://").filter(|_| !is_template(text)) else { continue };
        let name = rest.split('/').next().unwrap_or_default();
        if !name.is_empty() && !is_local(name) {
            cx.report(place, format!("images from the mirror `{}` come without TLS: whoever is on the way can put others in their place", shorten(name)))
                .help("Use `https://`");
        }
    }
}
