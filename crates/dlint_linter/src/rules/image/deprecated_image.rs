//! `deprecated-image`: an image that its publisher has given up, or that is in a registry that was shut.

use crate::diagnostic::{Category, Level};
use crate::image::deprecated::deprecated;
use crate::image::{ImageUse, lifecycle};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-image",
    summary: "An image that is no longer published",
    category: Category::Reliability,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("deprecated_image.md"),
    on: &[On::Image(check)],
};

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let reference = image.reference();
    let Some(found) = deprecated(&reference) else { return };
    if !lifecycle::ended(&reference, cx.config).is_empty() {
        // `end-of-life-image` tells that.
        return;
    }
    cx.report_at(image.name_at().unwrap_or(image.at), format!("`{}` {}", reference.name, found.fate))
        .help(format!("Use {}", found.instead));
}
