//! `undefined-reference`: a name that nothing in the project defines.


use dlint_syntax::hash::{HashMap, HashMapExt, HashSet};
use dlint_syntax::suggest::nearest;

use crate::compose::{Loose, LooseKind, Project, Reference};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-reference",
    summary: "A name that nothing in the project defines",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("undefined_reference.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut names: HashMap<&str, HashSet<String>> = HashMap::new();
    for loose in project.loose_references(cx.files).iter().filter(|it| it.kind == LooseKind::Undefined) {
        let section = loose.reference.section;
        let known = names.entry(section).or_insert_with(|| project.known(section));
        report(loose, project, known, cx);
    }
}

fn report(loose: &Loose, project: &Project<'_>, known: &HashSet<String>, cx: &mut Context<'_>) {
    let Reference { section, name, .. } = &loose.reference;
    let what = section.strip_suffix('s').unwrap_or(section);
    let mut sorted: Vec<&str> = known.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let message = format!("service `{}` names the {what} `{name}`, which the project does not define", loose.service(project).name);
    let mut report = loose.report(message, cx);
    report.help(match nearest(name, sorted) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if *section == "volumes" && name.contains('/') => {
            format!("A folder of the host has to begin with `./` or `/`: `./{name}`")
        }
        None => format!("Define it under `{section}`"),
    });
}
