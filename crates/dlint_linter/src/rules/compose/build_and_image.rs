//! `build-and-image`: a service with both `build` and `image`.

use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "build-and-image",
    summary: "A service with both `build` and `image`",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:no-build-and-image"],
    docs: include_str!("build_and_image.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let (Some(build), Some(image)) = (service.field("build"), service.field("image")) else { return };
    if service.field("pull_policy").is_some() {
        return;
    }
    let message = format!("service `{}` has both `build` and `image`, so it depends on the machine which of them is used", service.name);
    cx.report_at(image.key_place, message)
        .help("Keep one of them, or say with `pull_policy` when the image is pulled and when it is built")
        .related_at(build.key_place, "what it is built from");
}
