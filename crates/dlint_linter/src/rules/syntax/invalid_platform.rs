//! `invalid-platform`: a `--platform` that cannot be read.

use dlint_syntax::dockerfile::{PLATFORM_HELP, invalid_platform, is_architecture};

use crate::compose::{Scalar, Service};
use crate::diagnostic::{Category, Level};
use crate::language::Language;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-platform",
    summary: "A platform that cannot be read",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_platform.md"),
    on: &[On::Syntax(&[Language::Dockerfile]), On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let mut platforms: Vec<Scalar> = service.string("platform").into_iter().collect();
    platforms.extend(service.body.get("build").and_then(|build| build.get("platforms")).map(|it| it.strings()).unwrap_or_default());
    for platform in platforms {
        let Some(text) = platform.known().filter(|text| !text.is_empty()) else { continue };
        if let Some(wrong) = invalid_platform(text) {
            let mut report = value::report(cx, &platform, wrong.message);
            report.help(PLATFORM_HELP);
            if let Some(suggestion) = wrong.suggestion {
                value::propose_one(&mut report, &platform, &suggestion);
            }
        } else if let Some(architecture) = text.split('/').nth(1).filter(|name| !is_architecture(name)) {
            let message = format!("`{}` is no architecture that Docker knows", shorten(architecture));
            value::report(cx, &platform, message).help(PLATFORM_HELP).level(Level::Warning);
        }
    }
}
