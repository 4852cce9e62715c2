//! `floating-tag`: a tag that is moved to other images.

use crate::diagnostic::{Category, Level};
use crate::image::ImageUse;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "floating-tag",
    summary: "An image tag that is moved to other images",
    category: Category::Reproducibility,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3007"],
    docs: include_str!("floating_tag.md"),
    on: &[On::Image(check)],
};

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let reference = image.reference();
    if reference.digest.is_none() && reference.tag.is_some_and(|tag| tag.eq_ignore_ascii_case("latest")) {
        cx.report(image.tag_range().unwrap_or(image.range), format!("`{}` moves", image.text));
    }
}
