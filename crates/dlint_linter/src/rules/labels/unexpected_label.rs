//! `unexpected-label`: a label that is none of those that the configuration lists.

use dlint_syntax::dockerfile::{Instruction, Kind, remove_quotes};
use serde::Deserialize;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unexpected-label",
    summary: "A label that is none of those that the configuration lists",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3050"],
    docs: include_str!("unexpected_label.md"),
    on: &[On::Instruction(instruction)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The labels that there may be; one that ends with `*` stands for all that begin so. None for no limit.
    pub labels: Vec<String>,
}

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let config = cx.config;
    let expected = &config.options.unexpected_label.labels;
    if expected.is_empty() {
        return;
    }
    let Kind::Label(labels) = &instruction.kind else { return };
    let escape = cx.document.dockerfile().map(|(file, _)| file.escape).unwrap_or_default();
    for pair in labels.pairs.iter().filter(|pair| !pair.key.text.contains('$')) {
        let name = remove_quotes(&pair.key.text, escape);
        let is_expected = expected.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => *pattern == name,
        });
        if !is_expected {
            cx.report(pair.key.range, format!("the label `{}` is none of those that the project has", shorten(&name)))
                .help("Delete it, or add it to `labels` of `unexpected-label` in the configuration");
        }
    }
}
