//! `untagged-image`: an image without tag or digest, which is whatever `latest` is that day.

use crate::diagnostic::{Category, Level};
use crate::image::ImageUse;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "untagged-image",
    summary: "An image without a tag or digest",
    category: Category::Reproducibility,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3006", "dclint:service-image-require-explicit-tag", "compose-lint:CL-0004", "trivy:DS-0001", "checkov:CKV_DOCKER_7", "semgrep:missing-image-version", "cis:5.28", "kics:Image Version Not Explicit"],
    docs: include_str!("untagged_image.md"),
    on: &[On::Image(check)],
};

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let reference = image.reference();
    if reference.tag.is_none() && reference.digest.is_none() {
        let is_default = image.at.in_checked().is_some_and(|place| cx.text(place).contains('$'));
        let mut report =
            cx.report_at(image.at, format!("`{}` has no tag, so it is whatever `latest` is at the time", image.text));
        report.help("Name the version that you tested with, and its digest if the build has to be repeatable");
        // Who builds it may name another one, and often does.
        if is_default {
            report.level(Level::Info);
        }
    }
}
