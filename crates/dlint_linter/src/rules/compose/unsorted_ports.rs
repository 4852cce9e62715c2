//! `unsorted-ports`: published ports that are not in ascending order.

use dlint_syntax::yaml::View;

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::layout::{misplaced, own_entry, sorting, written_services};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unsorted-ports",
    summary: "Published ports that are not in ascending order",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["dclint:service-ports-alphabetical-order"],
    docs: include_str!("unsorted_ports.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for service in written_services(project).into_iter().flatten() {
        let Some(list) = own_entry(service.value, "ports").filter(|it| it.value.alias().is_none()) else { continue };
        let items: Vec<View<'_>> = list.value.items().collect();
        let ports: Vec<u16> = items.iter().filter_map(|&item| host_port(item)).collect();
        // Where a port cannot be known there is no order.
        let Some((at, before)) = misplaced(&ports).filter(|_| ports.len() == items.len()) else { continue };
        let shown = |item: View<'_>| shorten(cx.document.slice(item.range()).lines().next().unwrap_or_default());
        let message = format!("`{}` belongs before `{}`", shown(items[at]), shown(items[before]));
        let fix = sorting(list.value, &ports);
        let mut report = cx.report(items[at].range(), message);
        report.help("Put the ports in ascending order").related(items[before].range(), "it belongs before this one");
        if let Some(fix) = fix {
            report.fix(fix);
        }
    }
}

/// The port of the host, or that of the container where none is said.
fn host_port(item: View<'_>) -> Option<u16> {
    if item.is_mapping() {
        let text = |key: &str| item.own_entries().find(|entry| entry.name() == Some(key)).and_then(|it| it.value.text());
        return text("published").or(text("target"))?.split('-').next()?.parse().ok();
    }
    let text = item.text()?;
    let ports = text.split('/').next()?;
    let mut parts = ports.rsplit(':');
    let target = parts.next()?;
    let host = parts.next().filter(|part| !part.is_empty()).unwrap_or(target);
    host.split('-').next()?.parse().ok()
}
