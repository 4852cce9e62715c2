//! `duplicate-item`: a list that says the same twice, where Compose wants its items to differ.

use crate::compose::{FaultKind, Project, schema};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-item",
    summary: "A list that says the same twice, where Compose wants its items to differ",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:invalid-schema"],
    docs: include_str!("duplicate_item.md"),
    on: &[On::Compose(compose)],
};

fn compose(project: &Project<'_>, cx: &mut Context<'_>) {
    schema::report(project, FaultKind::DuplicateItem, cx);
}
