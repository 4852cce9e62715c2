//! `unsorted-services`: services that are not in alphabetical order.

use dlint_syntax::yaml::Entry;

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::layout::{misplaced, written_services};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unsorted-services",
    summary: "Services that are not in alphabetical order",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:services-alphabetical-order"],
    docs: include_str!("unsorted_services.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for services in written_services(project) {
        let names: Vec<&str> = services.iter().filter_map(Entry::name).collect();
        let Some((at, before)) = misplaced(&names).filter(|_| names.len() == services.len()) else { continue };
        cx.report(services[at].key.range(), format!("service `{}` comes before `{}` in the alphabet", names[at], names[before]))
            .help("Put the services in alphabetical order")
            .related(services[before].key.range(), "it belongs before this one");
    }
}
