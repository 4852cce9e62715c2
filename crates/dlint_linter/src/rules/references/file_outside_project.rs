//! `file-outside-project`: a file outside of the project, which is not read.

use crate::compose::{ProblemKind, Project, report_problems};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "file-outside-project",
    summary: "A file outside of the project, which is not read",
    category: Category::Correctness,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("file_outside_project.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::OutsideProject, cx);
}
