//! `stale-base-label`: a label that names another base image than the one that the image is built upon.

use dlint_syntax::dockerfile::{Kind, remove_quotes};

use crate::diagnostic::{Category, Level};
use crate::image::Reference;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "stale-base-label",
    summary: "A label names another base image than the file",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["tally:tally/labels/no-stale-base-digest"],
    docs: include_str!("stale_base_label.md"),
    on: &[On::Stage(stage)],
};

/// Source: OCI Image Format Specification, "Annotations", "Pre-Defined Annotation Keys".
const PREFIX: &str = "org.opencontainers.image.base.";

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    if !cx.mentions(PREFIX) {
        return;
    }
    // A build that sets another base sets the label, too.
    let is_variable = node.model.chain(node.stage).any(|stage| stage.image(node.file).is_some_and(|image| image.text.contains('$')));
    let Some(base) = node.base_image().filter(|_| !is_variable) else { return };
    for instruction in node.instructions() {
        let Kind::Label(labels) = &instruction.kind else { continue };
        for pair in labels.pairs.iter().filter(|pair| !pair.value.text.contains('$')) {
            let key = remove_quotes(&pair.key.text, node.file.escape);
            let value = remove_quotes(&pair.value.text, node.file.escape);
            let is_stale = match key.strip_prefix(PREFIX) {
                Some("digest") => base.digest.is_some_and(|digest| digest != value),
                Some("name") => is_other(&Reference::new(&value), &base),
                _ => false,
            };
            if is_stale && !value.is_empty() {
                let mut report = cx.report(pair.value.range, format!("the image is not built upon `{}`", shorten(&value)));
                report.help("Write what `FROM` says");
                report.related(node.place(), "this is the base");
            }
        }
    }
}

/// Whether two references cannot be one image. What one of them leaves open is no difference.
fn is_other(label: &Reference<'_>, base: &Reference<'_>) -> bool {
    let differ = |a: Option<&str>, b: Option<&str>| a.zip(b).is_some_and(|(a, b)| a != b);
    label.full_name() != base.full_name() || differ(label.tag, base.tag) || differ(label.digest, base.digest)
}
