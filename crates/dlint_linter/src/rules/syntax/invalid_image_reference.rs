//! `invalid-image-reference`: an image reference that does not follow the grammar.

use dlint_syntax::dockerfile::image_problem;

use crate::compose::Service;
use crate::diagnostic::{Category, Fix, Level, Safety};
use crate::language::Language;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-image-reference",
    summary: "An image reference that does not follow the grammar",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dockerfile-utils:INVALID_REFERENCE_FORMAT", "dockerfile-utils:BASE_NAME_EMPTY"],
    docs: include_str!("invalid_image_reference.md"),
    on: &[On::Syntax(&[Language::Dockerfile]), On::Service(service)],
};

/// Compose hands over whatever is written; the engine refuses it.
fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(image) = service.image() else { return };
    let Some(text) = image.known().filter(|text| !text.is_empty()) else { return };
    // The ID of an image of this machine.
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return;
    }
    let Some(problem) = image_problem(text) else {
        if service.build().is_some() && service.lacks("pull_policy") && text.contains('@') {
            value::report(cx, &image, format!("`{}` names an image by its digest, which is no name for what is built here", shorten(text)))
                .help("Leave the digest out, or the `build`");
        }
        return;
    };
    let mut report = value::report(cx, &image, format!("`{}` is not an image reference: {problem}", shorten(text)));
    let lower = text.to_lowercase();
    if lower != text && image_problem(&lower).is_none() && let Some(edit) = value::replace(&image, &lower) {
        let title = format!("Replace with `{}`", shorten(&lower));
        report.fix(Fix { title, safety: Safety::Display, edits: vec![edit] });
    }
}
