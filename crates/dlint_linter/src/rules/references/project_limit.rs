//! `project-limit`: a project that is larger than dlint follows.

use crate::compose::{ProblemKind, Project, report_problems};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "project-limit",
    summary: "A project that is larger than dlint follows",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("project_limit.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::Limit, cx);
}
