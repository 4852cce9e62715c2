//! `redefined-resource`: something that an included file defines is defined again.

use crate::compose::{ProblemKind, Project, report_problems};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "redefined-resource",
    summary: "Something that an included file defines is defined again",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("redefined_resource.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::Redefinition, cx);
}
