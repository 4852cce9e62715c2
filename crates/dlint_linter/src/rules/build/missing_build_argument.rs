//! `missing-build-argument`: a base image depends on a build argument that the service does not give.


use dlint_syntax::hash::HashSet;
use dlint_syntax::dockerfile::{Base, Kind, Modifier, NothingKnown, Value, expand};

use crate::build::{built, dockerfile};
use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-build-argument",
    summary: "A base image depends on a build argument that the service does not give",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("missing_build_argument.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in built(project) {
        check(service, cx);
    }
}

fn check(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(build) = service.build() else { return };
    let Some(dockerfile) = dockerfile(service, cx) else { return };
    let Some((file, model)) = dockerfile.sound() else { return };
    let needs_any = model.globals.iter().any(|variable| variable.value == Value::Unknown);
    let Some(target) = build.target_stage(model).filter(|_| needs_any) else { return };
    let is_unknown = build.args.iter().any(|argument| argument.key.known().is_none());
    if is_unknown || service.body.get("build").is_some_and(|build| build.mentions("additional_contexts")) {
        return;
    }
    let given: HashSet<&str> = build.args.iter().filter_map(|argument| argument.key.known()).collect();
    for stage in model.chain(target).filter(|stage| stage.base == Base::Unknown) {
        let Some(image) = stage.image(file) else { continue };
        let references = expand(image, file.escape, &NothingKnown).references;
        let missing = references.iter().find(|it| {
            let declared = model.globals.find(&it.name);
            matches!(it.modifier, None | Some(Modifier::Required))
                && !it.nested
                && declared.is_some_and(|variable| variable.value == Value::Unknown)
                && !given.contains(it.name.as_str())
        });
        let Some(missing) = missing else { continue };
        // One whose own default comes from another argument has one.
        let has_default = file.instructions.iter().take(stage.from).any(|instruction| match &instruction.kind {
            Kind::Arg(all) => {
                all.iter().any(|it| it.name.text == missing.name && it.default.is_some())
            }
            _ => false,
        });
        if has_default {
            continue;
        }
        let message = format!(
            "the Dockerfile of service `{}` starts from an image that the build argument `{}` decides, which is not given",
            service.name, missing.name
        );
        let place = missing.range;
        let mut report = cx.report_at(build.key_place, message);
        report.help(format!("Give it under `args`, or a default in the Dockerfile: `ARG {}=…`", missing.name));
        if !dockerfile.is_inline {
            report.aside_in(&dockerfile.document, place, "it is needed here");
        }
    }
}
