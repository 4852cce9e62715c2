//! `untrusted-registry`: an image from a registry that the configuration does not allow.

use serde::Deserialize;

use crate::diagnostic::{Category, Level};
use crate::image::ImageUse;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;
use crate::wildcard;

/// The rule.
pub const RULE: Rule = Rule {
    name: "untrusted-registry",
    summary: "An image from a registry that is not among the allowed ones",
    category: Category::Security,
    level: Level::Error,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:H/A:H")),
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3026"],
    docs: include_str!("untrusted_registry.md"),
    on: &[On::Image(check)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The registries (`ghcr.io`), or parts of registries (`docker.io/library/*`), that images may come from; `*` stands for any
    /// characters. Where there are none, all may be used.
    pub allow: Vec<String>,
}

fn check(image: &ImageUse<'_>, cx: &mut Context<'_>) {
    let allowed = &cx.config.options.untrusted_registry.allow;
    if allowed.is_empty() {
        return;
    }
    let reference = image.reference();
    let (registry, path) = reference.full_name();
    let is_allowed = |pattern: &String| {
        if pattern.contains('/') {
            wildcard::matches(pattern, &format!("{registry}/{path}"))
        } else {
            wildcard::matches(pattern, registry)
        }
    };
    if allowed.iter().any(is_allowed) {
        return;
    }
    let has_parts = allowed.iter().any(|pattern| pattern.starts_with(registry) && pattern.contains('/'));
    let message = if has_parts {
        format!("`{}` is in a part of the registry `{registry}` that is not allowed", reference.name)
    } else {
        format!("`{}` is from the registry `{registry}`, which is not allowed", reference.name)
    };
    let help = format!("Images may come from `{}`", allowed.join("`, `"));
    cx.report_at(image.name_at().unwrap_or(image.at), message).help(help);
}
