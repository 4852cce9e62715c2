//! `misplaced-top-level-key`: a top-level key that is out of order.

use serde::Deserialize;

use crate::compose::Project;
use crate::diagnostic::{Category, Level};
use crate::layout::misplaced;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "misplaced-top-level-key",
    summary: "A top-level key that is out of order",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["dclint:top-level-properties-order"],
    docs: include_str!("misplaced_top_level_key.md"),
    on: &[On::Compose(project)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The keys in the order that is wanted; `x-` stands for all extensions. What is not named may stand anywhere.
    pub order: Vec<String>,
}

/// The order where none is configured.
const ORDER: [&str; 10] =
    ["x-", "version", "name", "include", "services", "networks", "volumes", "secrets", "configs", "models"];

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    let configured = &cx.config.options.misplaced_top_level_key.order;
    let order: Vec<&str> = if configured.is_empty() { ORDER.to_vec() } else { configured.iter().map(String::as_str).collect() };
    let Some(yaml) = project.document.yaml() else { return };
    for root in yaml.roots() {
        let rank = |name: &str| {
            let name = if name.starts_with("x-") { "x-" } else { name };
            order.iter().position(|it| *it == name)
        };
        let entries = root.own_entries().filter_map(|entry| Some((entry.name()?, entry.key.range())));
        let entries: Vec<_> = entries.filter(|(name, _)| rank(name).is_some()).collect();
        let keys: Vec<Option<usize>> = entries.iter().map(|(name, _)| rank(name)).collect();
        let Some((at, before)) = misplaced(&keys) else { continue };
        let ((name, place), (other, other_place)) = (entries[at], entries[before]);
        cx.report(place, format!("`{name}` belongs before `{other}`"))
            .help("Write the sections of all files in one order")
            .related(other_place, "it belongs before this one");
    }
}
