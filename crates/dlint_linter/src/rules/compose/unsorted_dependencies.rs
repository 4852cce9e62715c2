//! `unsorted-dependencies`: entries of `depends_on` that are not in alphabetical order.

use dlint_syntax::yaml::View;

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::layout::{misplaced, own_entry, sorting, written_services};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unsorted-dependencies",
    summary: "Entries of `depends_on` that are not in alphabetical order",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["dclint:service-dependencies-alphabetical-order"],
    docs: include_str!("unsorted_dependencies.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in written_services(project).into_iter().flatten() {
        let Some(list) = own_entry(service.value, "depends_on").filter(|it| it.value.alias().is_none()) else { continue };
        let items: Vec<View<'_>> = if list.value.is_sequence() {
            list.value.items().collect()
        } else {
            list.value.own_entries().filter(|entry| !entry.is_merge()).map(|entry| entry.key).collect()
        };
        let names: Vec<&str> = items.iter().filter_map(|item| item.text()).collect();
        let Some((at, before)) = misplaced(&names).filter(|_| names.len() == items.len()) else { continue };
        let fix = if list.value.is_sequence() { sorting(list.value, &names) } else { None };
        let mut report = cx.report(
            items[at].range(),
            format!("`{}` comes before `{}` in the alphabet", names[at], names[before]),
        );
        report.help("Put the dependencies in alphabetical order").related(items[before].range(), "it belongs before this one");
        if let Some(fix) = fix {
            report.fix(fix);
        }
    }
}
