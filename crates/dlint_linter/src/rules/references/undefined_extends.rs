//! `undefined-extends`: a service extends one that is not there.

use crate::compose::{ProblemKind, Project, report_problems};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "undefined-extends",
    summary: "A service extends one that is not there",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("undefined_extends.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::UndefinedService, cx);
}
