//! `duplicate-label`: a label that is set twice, so that the first value is lost.


use dlint_syntax::text::CompactString;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Kind, remove_quotes};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-label",
    summary: "A label that is set twice in a stage",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/labels/no-duplicate-keys"],
    docs: include_str!("duplicate_label.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let mut seen: HashMap<CompactString, TextRange> = HashMap::new();
    for instruction in node.instructions() {
        let Kind::Label(labels) = &instruction.kind else { continue };
        for pair in &labels.pairs {
            // A key with a variable may be any key.
            if pair.key.text.contains('$') {
                continue;
            }
            let key = remove_quotes(&pair.key.text, node.file.escape);
            if let Some(first) = seen.insert(key.clone(), pair.key.range) {
                cx.report(pair.key.range, format!("label `{key}` is set twice, and only the last value counts"))
                    .help("Delete the one that is not meant")
                    .related(first, "it is set here already");
            }
        }
    }
}
