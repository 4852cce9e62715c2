//! `obsolete-version`: the top-level `version`, which nothing reads any more.

use crate::compose::{Node, Project};
use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "obsolete-version",
    summary: "The top-level `version`, which Compose ignores with a warning",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["dclint:no-version-field"],
    docs: include_str!("obsolete_version.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    // Older versions of `docker stack deploy` want one.
    if project.is_for_swarm() {
        return;
    }
    for root in &project.written {
        let Some(field) = root.field("version") else { continue };
        let mut report = cx.report_at(field.key_place, "`version` is obsolete: Compose ignores it, and warns at every command");
        report.help("Delete it");
        if let Some(edit) = deletion(root, field.place.range) {
            report.safe_fix("Delete `version`", edit);
        }
    }
}

/// Takes the lines away, and the blank ones behind them where the file begins with it.
fn deletion(root: &Node<'_>, range: dlint_syntax::TextRange) -> Option<Edit> {
    let view = root.view()?;
    let lines = view.whole_lines(range).filter(|_| view.own_entries().len() > 1)?;
    let text = view.yaml().text();
    let mut end = lines.end();
    if text[..usize::from(lines.start())].trim().is_empty() {
        let rest = &text[usize::from(end)..];
        let blank = rest.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum::<usize>();
        end += dlint_syntax::TextSize::new(blank as u32);
    }
    Some(Edit::delete(dlint_syntax::TextRange::new(lines.start(), end)))
}
