//! `missing-key`: a key that has to be there and is not.

use crate::compose::{FaultKind, Project, schema};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-key",
    summary: "A key that has to be there and is not",
    category: Category::Syntax,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:invalid-schema"],
    docs: include_str!("missing_key.md"),
    on: &[On::Compose(compose)],
};

fn compose(project: &Project<'_>, cx: &mut Context<'_>) {
    schema::report(project, FaultKind::MissingKey, cx);
}
