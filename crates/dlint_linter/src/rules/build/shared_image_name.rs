//! `shared-image-name`: two services that build different images of one name.

use std::path::PathBuf;

use dlint_syntax::hash::{HashMap, HashMapExt};
use crate::compose::{Project, Service, normalize_path};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "shared-image-name",
    summary: "Two services that build different images of one name",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("shared_image_name.md"),
    on: &[On::Compose(project)],
};

/// What is built.
#[derive(PartialEq, Eq)]
struct Recipe {
    context: PathBuf,
    dockerfile: PathBuf,
    target: String,
    args: Vec<(String, Option<String>)>,
}

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut by_name: HashMap<String, (&Service<'_>, Recipe)> = HashMap::new();
    for service in &project.services {
        let Some(image) = service.image() else { continue };
        let Some(name) = image.known().filter(|name| !name.is_empty()) else { continue };
        let Some(recipe) = recipe(service) else { continue };
        // One without tag is `latest`.
        let is_tagged = crate::image::Reference::new(name).tag.is_some();
        let name = if is_tagged { name.to_owned() } else { format!("{name}:latest") };
        let Some((other, earlier)) = by_name.get(&name) else {
            by_name.insert(name, (service, recipe));
            continue;
        };
        if *earlier == recipe || service.own.is_none() || !other.may_run_with(service) {
            continue;
        }
        let message = format!("services `{}` and `{}` build different images, and both call theirs `{name}`", other.name, service.name);
        let place = other.image().map(|it| it.place);
        let mut report = value::report(cx, &image, message);
        report.help("Give each a name of its own, or build it in one of them only: which one is run depends on which is built last");
        if let Some(place) = place {
            report.related_at(place, "the same name");
        }
    }
}

/// What a service builds, if all of it is known.
fn recipe(service: &Service<'_>) -> Option<Recipe> {
    let build = service.build()?;
    let target = match &build.target {
        Some(target) => target.known()?.to_ascii_lowercase(),
        None => String::new(),
    };
    let mut args = Vec::new();
    for argument in &build.args {
        let value = argument.value.as_ref().map(|value| value.known().map(str::to_owned).ok_or(()));
        args.push((argument.key.known()?.to_owned(), value.transpose().ok()?));
    }
    args.sort();
    Some(Recipe {
        context: normalize_path(&build.context_path()?),
        dockerfile: normalize_path(&build.dockerfile_path()?),
        target,
        args,
    })
}
