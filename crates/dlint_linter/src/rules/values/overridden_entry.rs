//! `overridden-entry`: an entry of a list that a later one replaces.


use dlint_syntax::hash::{HashMap, HashMapExt};
use crate::compose::{Node, Project, DoubledList, is_same_entry};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "overridden-entry",
    summary: "An entry of a list that a later one of the same name replaces",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("overridden_entry.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for DoubledList { list, items } in project.doubled_lists() {
        // What is lost there has a rule of its own, or is refused when the file is read.
        if ["volumes", "ports", "tmpfs"].contains(&list.name()) {
            continue;
        }
        let mut last: HashMap<&str, &Node<'_>> = HashMap::new();
        for (item, identity) in items {
            let Some(identity) = identity else { continue };
            let Some(lost) = last.insert(identity, item).filter(|lost| !is_same_entry(lost, item)) else {
                continue;
            };
            let message = format!("this entry has no effect, because `{identity}` is there again below", identity = shorten(identity));
            value::report_at(cx, lost.place(), lost.via(), message)
                .help("Delete one of them")
                .related_at(item.place(), "this one holds");
        }
    }
}
