//! `altered-project-name`: a project name that Compose changes.

use crate::compose::{Project, normalized_name};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::value;

/// The rule.
pub const RULE: Rule = Rule {
    name: "altered-project-name",
    summary: "A project name that Compose changes",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("altered_project_name.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    for name in project.written.iter().filter_map(|root| root.string_of("name")) {
        let Some(text) = name.known().filter(|text| !text.is_empty()) else { continue };
        let normalized = normalized_name(text);
        // Of an empty one is told where the file is read.
        if normalized == text || normalized.is_empty() {
            continue;
        }
        let mut report = cx.report_at(name.place, format!("Compose makes `{normalized}` of the project name `{text}`"));
        report.help("A project name consists of lower-case letters, digits, `-` and `_`, and begins with a letter or digit");
        if let Some(edit) = value::replace(&name, &normalized) {
            report.safe_fix(format!("Replace with `{normalized}`"), edit);
        }
    }
}
