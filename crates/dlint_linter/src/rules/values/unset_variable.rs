//! `unset-variable`: a variable that nothing sets.


use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::dockerfile::Lookup;

use crate::compose::{Place, Project, WrittenVariable};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unset-variable",
    summary: "A variable without default that no file sets",
    category: Category::Correctness,
    level: Level::Info,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unset_variable.md"),
    on: &[On::Compose(project)],
};

/// The variables that Compose or every shell sets.
const ALWAYS_SET: [&str; 6] = ["COMPOSE_PROJECT_NAME", "HOME", "PATH", "PWD", "USER", "UID"];

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut uses: Vec<(String, Vec<Place>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for root in &project.written {
        let Some(view) = root.view() else { continue };
        for node in view.walk().filter(|view| view.alias().is_none()).map(|view| root.at(view)) {
            for variable in node.variables().into_iter().filter(is_unset) {
                let name = variable.variable.name;
                let index = *known.entry(name.clone()).or_insert_with(|| {
                    uses.push((name, Vec::new()));
                    uses.len() - 1
                });
                uses[index].1.push(variable.place);
            }
        }
    }
    for (name, places) in uses {
        let Some((first, others)) = places.split_first() else { continue };
        let message = format!("nothing here sets `{name}`; where the shell does not either, it is empty", name = shorten(&name));
        let mut report = cx.report_at(*first, message);
        report.help(format!("Set it in `.env`, give it a default (`${{{name}:-…}}`), or demand it (`${{{name}:?}}`)"));
        for other in others {
            report.related_at(*other, "and here");
        }
    }
}

fn is_unset(variable: &WrittenVariable) -> bool {
    !matches!(variable.value, Lookup::Set(_))
        && variable.variable.operator.is_none()
        && !ALWAYS_SET.contains(&variable.variable.name.as_str())
}
