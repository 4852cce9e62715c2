//! `reference-cycle`: files or services that need each other in a circle.


use dlint_syntax::hash::{HashSet, HashSetExt};
use crate::compose::{Place, ProblemKind, Project, Service, report_problems};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "reference-cycle",
    summary: "Files or services that need each other in a circle",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("reference_cycle.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::Cycle, cx);
    // What services of a part need is known in the whole.
    if project.is_partial {
        return;
    }
    if project.services.iter().all(|service| service.needs().next().is_none()) {
        return;
    }
    // Compose takes the services out that are not started before it looks for circles, so one of those that are comes first.
    let is_started = |service: &Service<'_>| project.starts(service) == Some(true);
    search(project, &is_started, cx);
    if !project.services.iter().all(is_started) {
        search(project, &|_| true, cx);
    }
}

fn search(project: &Project<'_>, is_in: &dyn Fn(&Service<'_>) -> bool, cx: &mut Context<'_>) {
    let mut done: HashSet<String> = HashSet::new();
    for service in project.services.iter().filter(|service| is_in(service)) {
        if done.contains(service.name.as_ref()) {
            continue;
        }
        if let Some(circle) = circle_from(project, service.name.as_ref(), is_in, &mut done) {
            report(&circle, cx);
        }
    }
}

/// A step of a circle: the service that needs another, and where it says so.
type Step = (String, Place);

/// The first circle that is reached from a service. What was visited leads to no other.
fn circle_from(
    project: &Project<'_>,
    start: &str,
    is_in: &dyn Fn(&Service<'_>) -> bool,
    done: &mut HashSet<String>,
) -> Option<Vec<Step>> {
    let needs = |name: &str| -> Vec<Step> {
        let service = project.service(name).filter(|service| is_in(service));
        service.into_iter().flat_map(Service::needs).map(|it| (it.name.clone(), it.place)).collect()
    };
    // The way to the service that is looked at: its name, what it needs, and how far that was followed.
    let mut way: Vec<(String, Vec<Step>, usize)> = vec![(start.to_owned(), needs(start), 0)];
    let mut on_way: HashSet<String> = HashSet::from_iter([start.to_owned()]);
    while let Some((name, needed, at)) = way.last_mut() {
        let Some((next, _)) = needed.get(*at).cloned() else {
            on_way.remove(name);
            done.insert(name.clone());
            way.pop();
            continue;
        };
        *at += 1;
        if on_way.contains(&next) {
            let first = way.iter().position(|(name, ..)| *name == next)?;
            let steps = way[first..].iter().map(|(name, needed, at)| (name.clone(), needed[at - 1].1));
            let circle = steps.collect();
            done.extend(way.into_iter().map(|(name, ..)| name));
            return Some(circle);
        }
        if !done.contains(&next) {
            on_way.insert(next.clone());
            let needed = needs(&next);
            way.push((next, needed, 0));
        }
    }
    None
}

fn report(circle: &[Step], cx: &mut Context<'_>) {
    // It stands in the file that is checked, if a part of it does.
    let Some((name, place)) = circle.iter().find(|(_, place)| place.in_checked().is_some()).or(circle.first()) else {
        return;
    };
    let message = match circle {
        [_] => format!("service `{name}` needs itself to be started"),
        _ => "these services need each other in a circle, so none can be started first".to_owned(),
    };
    let mut report = cx.report_at(*place, message);
    report.category(Category::Correctness);
    for (name, other) in circle.iter().filter(|(_, other)| other != place) {
        report.related_at(*other, format!("`{name}` needs another here"));
    }
}
