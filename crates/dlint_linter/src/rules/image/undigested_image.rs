//! `undigested-image`: a version tag, which its publisher can still move.

use crate::diagnostic::{Category, Level};
use crate::image::ImageUse;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "undigested-image",
    summary: "An image that is not pinned by its digest",
    category: Category::Security,
    level: Level::Info,
    default: false,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:N/I:L/A:N")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["compose-lint:CL-0019", "semgrep:dockerfile-source-not-pinned"],
    docs: include_str!("undigested_image.md"),
    on: &[On::Image(check)],
};

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let reference = image.reference();
    if reference.digest.is_none() {
        cx.report_at(image.at, format!("`{}` is not pinned by a digest, so its publisher can replace it", image.text))
            .help("Add the digest that `docker buildx imagetools inspect IMAGE` prints: `image:tag@sha256:…`");
    }
}
