//! `floating-tag`: a tag that is moved to other images.

use crate::diagnostic::{Category, Level};
use crate::image::ImageUse;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "floating-tag",
    summary: "An image tag that is moved to other images, such as `latest`",
    category: Category::Reproducibility,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3007", "dclint:service-image-require-explicit-tag", "compose-lint:CL-0004", "trivy:DS-0001", "semgrep:avoid-latest-version", "cis:5.28", "kics:Image Version Using 'latest'"],
    docs: include_str!("floating_tag.md"),
    on: &[On::Image(check)],
};

/// Tags, and first words of tags (`lts-alpine`), that name a channel rather than a version.
const CHANNELS: [&str; 16] = [
    "latest", "stable", "edge", "nightly", "lts", "rolling", "current", "mainline", "dev", "devel", "develop", "main",
    "master", "canary", "beta", "snapshot",
];

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let reference = image.reference();
    let Some(tag) = reference.tag.filter(|_| reference.digest.is_none()) else { return };
    let first = tag.split(['-', '_']).next().unwrap_or(tag);
    if !CHANNELS.iter().any(|channel| first.eq_ignore_ascii_case(channel)) || has_version(tag) {
        return;
    }
    cx.report_at(
        image.tag_at().unwrap_or(image.at),
        format!("the tag `{tag}` of `{}` is moved to new versions as they appear", reference.name),
    )
    .help("Name the version that you tested with, and its digest if the build has to be repeatable");
}

/// Whether a tag names a version beside its channel: `stable-20240101-slim`, `edge-1.4.2`.
fn has_version(tag: &str) -> bool {
    tag.split(['-', '_']).any(|part| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        (part.contains('.') && digits >= 2) || digits >= 6
    })
}
