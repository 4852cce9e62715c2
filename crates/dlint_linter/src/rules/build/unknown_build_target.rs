//! `unknown-build-target`: a service builds a stage that its Dockerfile does not have.

use dlint_syntax::suggest::nearest;

use crate::build::{built, dockerfile};
use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-build-target",
    summary: "A service builds a stage that its Dockerfile does not have",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unknown_build_target.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in built(project) {
        let Some(build) = service.build() else { continue };
        let Some(target) = &build.target else { continue };
        let Some(name) = target.known().filter(|name| !name.is_empty()) else { continue };
        let Some(dockerfile) = dockerfile(service, cx) else { continue };
        let Some((file, model)) = dockerfile.sound() else { continue };
        if model.target(Some(name)).is_some() {
            continue;
        }
        let names = model.stages.iter().filter_map(|stage| stage.name.as_deref());
        let near = nearest(&name.to_ascii_lowercase(), names.clone());
        let message = format!("service `{}` builds the stage `{name}`, which its Dockerfile does not have", service.name);
        let mut report = value::report_at(cx, target.place, target.alias, message);
        match near {
            Some(near) => report.help(format!("Did you mean `{near}`?")),
            None if names.clone().next().is_none() => report.help("Its stages have no names; add `AS NAME` to a `FROM`"),
            None => report.help(format!("Its stages are `{}`", names.take(8).collect::<Vec<_>>().join("`, `"))),
        };
        if let Some(stage) = near.and_then(|near| model.target(Some(near))).filter(|_| !dockerfile.is_inline) {
            report.aside_in(&dockerfile.document, stage.from(file).range, "the stage of that name");
        }
    }
}
