//! `undeclared-build-argument`: a build argument that the Dockerfile does not declare.


use dlint_syntax::hash::{HashSet, HashSetExt};
use dlint_syntax::dockerfile::{Kind, PLATFORM_ARGS};
use dlint_syntax::suggest::nearest;

use crate::build::{built, dockerfile};
use crate::compose::{Project, Service};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "undeclared-build-argument",
    summary: "A build argument that the Dockerfile does not declare",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("undeclared_build_argument.md"),
    on: &[On::Compose(project)],
};

/// What BuildKit takes without a declaration.
///
/// Source: Docker documentation, "Dockerfile reference", "Predefined ARGs" and "BuildKit built-in build args".
const PREDEFINED: [&str; 6] = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "SOURCE_DATE_EPOCH"];

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in built(project) {
        check(service, cx);
    }
}

fn check(service: &Service<'_>, cx: &mut Context<'_>) {
    let Some(build) = service.build().filter(|build| !build.args.is_empty()) else { return };
    let Some(dockerfile) = dockerfile(service, cx) else { return };
    let Some((file, _)) = dockerfile.sound() else { return };
    let mut declared: HashSet<&str> = HashSet::new();
    for instruction in &file.instructions {
        match &instruction.kind {
            Kind::Arg(declarations) => declared.extend(declarations.iter().map(|it| it.name.text.as_str())),
            Kind::Onbuild(Some(trigger)) => {
                if let Kind::Arg(declarations) = &trigger.kind {
                    declared.extend(declarations.iter().map(|it| it.name.text.as_str()));
                }
            }
            _ => {}
        }
    }
    for argument in &build.args {
        let Some(name) = argument.key.known().filter(|name| !declared.contains(name) && !is_built_in(name)) else {
            continue;
        };
        let message = format!("the Dockerfile of service `{}` does not declare the build argument `{name}`", service.name);
        let mut report = value::report_at(cx, argument.key.place, argument.alias, message);
        // One set of arguments is often shared by services of which each needs a part.
        if argument.alias.or(argument.key.alias).or(build.alias).is_some() {
            report.level(Level::Hint);
        }
        let mut names: Vec<&str> = declared.iter().copied().collect();
        names.sort_unstable();
        match nearest(name, names) {
            Some(near) => report.help(format!("Did you mean `{near}`?")),
            None => report.help(format!("Remove it, or write `ARG {name}` in the stage that needs it")),
        };
    }
}

fn is_built_in(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    PREDEFINED.contains(&upper.as_str()) || PLATFORM_ARGS.contains(&name) || name.starts_with("BUILDKIT_") || name.is_empty()
}
