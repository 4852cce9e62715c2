//! `unqualified-image`: an image whose name does not say its registry.

use crate::diagnostic::{Category, Edit, Level};
use crate::image::ImageUse;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unqualified-image",
    summary: "An image whose name does not say its registry",
    category: Category::Reproducibility,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unqualified_image.md"),
    on: &[On::Image(check)],
};

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let reference = image.reference();
    if reference.registry().is_some() {
        return;
    }
    let (registry, path) = reference.full_name();
    let mut report = cx.report_at(
        image.name_at().unwrap_or(image.at),
        format!("`{}` does not say its registry, so it depends on the tool which one that is", reference.name),
    );
    report.help(format!("For Docker it is `{registry}/{path}`"));
    if let Some(place) = image.name_at() {
        report.safe_fix("Write the full name", Edit::replace(place.range, format!("{registry}/{path}")));
    }
}
