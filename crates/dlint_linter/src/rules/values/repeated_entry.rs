//! `repeated-entry`: the same entry of a list twice.


use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::TextRange;

use crate::compose::{Node, Project, DoubledList, is_same_entry};
use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "repeated-entry",
    summary: "The same entry of a list twice",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("repeated_entry.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for DoubledList { list, items } in project.doubled_lists() {
        let mut first: HashMap<&str, &Node<'_>> = HashMap::new();
        for (index, (item, identity)) in items.iter().enumerate() {
            let Some(identity) = identity else { continue };
            let Some(before) = first.get(identity.as_str()) else {
                first.insert(identity, item);
                continue;
            };
            if !is_same_entry(before, item) {
                first.insert(identity, item);
                continue;
            }
            let message = "the same entry is there already".to_owned();
            let mut report = value::report_at(cx, item.place(), item.via(), message);
            report.help("Delete one of them").related_at(before.place(), "the first");
            if let Some(lines) = lines_of(&list.node, index) {
                report.safe_fix("Delete the entry", Edit::delete(lines));
            }
        }
    }
}

/// The lines of an item, if it has lines of its own.
fn lines_of(list: &Node<'_>, index: usize) -> Option<TextRange> {
    let view = list.view()?;
    let (_, range) = view.items_with_range().nth(index)?;
    view.whole_lines(range)
}
