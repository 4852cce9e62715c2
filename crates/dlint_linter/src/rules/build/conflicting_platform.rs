//! `conflicting-platform`: a service for one platform that builds an image for another.

use dlint_syntax::dockerfile::{Value, expand};

use crate::build::dockerfile;
use crate::compose::Service;
use crate::diagnostic::{Category, Level};
use crate::platform::Platform;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "conflicting-platform",
    summary: "A service for one platform that builds an image for another",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("conflicting_platform.md"),
    on: &[On::Service(service)],
};

fn service(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(platform) = service.string("platform") else { return };
    let Some(wanted) = platform.known().and_then(Platform::new) else { return };
    let Some(build) = service.build() else { return };
    let Some(dockerfile) = dockerfile(service, cx) else { return };
    let Some((file, model)) = dockerfile.sound() else { return };
    let Some(root) = build.target_stage(model).and_then(|target| model.chain(target).last()) else { return };
    let Some(word) = root.from(file).flag("platform").and_then(|flag| flag.value.as_ref()) else { return };
    let Value::Known(text) = expand(word, file.escape, &model.globals).value else { return };
    let Some(built) = Platform::new(&text).filter(|built| *built != wanted) else { return };
    let range = word.range;
    let message = format!("service `{}` is for `{wanted}`, and its Dockerfile starts from an image for `{built}`", service.name);
    let mut report = value::report(cx, &platform, message);
    report.help("Leave `--platform` out of the `FROM`, or say the same in both");
    if !dockerfile.is_inline {
        report.aside_in(&dockerfile.document, range, "the platform of the image");
    }
}
