//! `fixed-port-with-replicas`: TELL WHAT IT FINDS.

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "fixed-port-with-replicas",
    summary: "TELL WHAT IT FINDS",
    category: Category::Correctness,
    level: Level::Warning,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("fixed_port_with_replicas.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let _ = (node, cx);
}
