//! `missing-label`: an image without a label that the configuration requires.


use dlint_syntax::text::CompactString;
use dlint_syntax::hash::{HashSet, HashSetExt};
use dlint_syntax::dockerfile::{Base, Kind, remove_quotes};
use serde::Deserialize;

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;
use crate::text::list;

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-label",
    summary: "An image without a label that the configuration requires",
    category: Category::Maintainability,
    level: Level::Info,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3049"],
    docs: include_str!("missing_label.md"),
    on: &[On::Stage(stage)],
};

/// Options of the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(inline))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// The labels that every image has to have.
    pub labels: Vec<String>,
}

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let required = &cx.config.options.missing_label.labels;
    // What a base image that nobody can tell has, nobody knows.
    if required.is_empty() || !node.stage.is_final || *node.model.root_base(node.stage) == Base::Unknown {
        return;
    }
    let mut has: HashSet<CompactString> = HashSet::new();
    for stage in node.model.chain(node.stage) {
        for instruction in (StageNode { stage, ..*node }).instructions() {
            let Kind::Label(labels) = &instruction.kind else { continue };
            if labels.pairs.iter().any(|pair| pair.key.text.contains('$')) {
                return;
            }
            has.extend(labels.pairs.iter().map(|pair| remove_quotes(&pair.key.text, node.file.escape)));
        }
    }
    let missing: Vec<&String> = required.iter().filter(|label| !has.contains(label.as_str())).collect();
    if missing.is_empty() {
        return;
    }
    let message = format!("the image has no label {}", list(missing, "and"));
    cx.report(node.place(), message).help("Set it with `LABEL key=\"value\"` in the last stage");
}
