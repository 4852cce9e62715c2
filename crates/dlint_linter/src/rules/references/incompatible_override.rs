//! `incompatible-override`: a value that cannot be laid over the one below it.

use crate::compose::{ProblemKind, Project, report_problems};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "incompatible-override",
    summary: "A value that cannot be laid over the one below it",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("incompatible_override.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    report_problems(project, ProblemKind::Clash, cx);
}
