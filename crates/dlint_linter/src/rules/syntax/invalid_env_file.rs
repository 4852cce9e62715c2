//! `invalid-env-file`: a file of variables that Compose cannot read.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::compose::{Place, Project, dotenv};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-env-file",
    summary: "A file of variables that Compose cannot read",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invalid_env_file.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let mut faults: BTreeMap<PathBuf, Option<dotenv::Fault>> = BTreeMap::new();
    let mut fault_of = |path: PathBuf, cx: &Context<'_>| {
        let read = |path: &PathBuf| cx.files.text(path).and_then(|text| dotenv::fault(&text));
        faults.entry(path).or_insert_with_key(read).clone()
    };
    for service in project.services.iter().filter(|service| service.own.is_some()) {
        for key in ["env_file", "label_file"] {
            let Some(value) = service.field(key).map(|field| field.value) else { continue };
            for item in if value.is_sequence() { value.items() } else { vec![value] } {
                if item.scalar_of("format").is_some_and(|it| it.is("raw")) {
                    continue;
                }
                let file = item.get("path").unwrap_or_else(|| item.clone());
                let Some(name) = file.scalar() else { continue };
                let Some(text) = name.known().filter(|text| !text.is_empty()) else { continue };
                if let Some(fault) = fault_of(file.join(text), cx) {
                    report(name.place, text, &fault, cx);
                }
            }
        }
    }
    if project.is_told_elsewhere() {
        return;
    }
    // The file that nobody names stands for the whole.
    let first = project.written.first().and_then(|root| root.view()?.own_entries().next());
    if let (Some(first), Some(fault)) = (first, fault_of(project.folder.join(".env"), cx)) {
        report(Place::checked(first.key.range()), ".env", &fault, cx);
    }
}

fn report(place: Place, name: &str, fault: &dotenv::Fault, cx: &mut Context<'_>) {
    let dotenv::Fault { line, message, help } = fault;
    let message = format!("Compose cannot read line {line} of `{}`: {message}", shorten(name));
    cx.report_at(place, message).help(*help);
}
