//! `uppercase-stage-name`: a stage's name with capital letters.


use dlint_syntax::text::CompactString;
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::{Dockerfile, Kind};

use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "uppercase-stage-name",
    summary: "A stage's name with capital letters",
    category: Category::Style,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["buildkit:StageNameCasing"],
    docs: include_str!("uppercase_stage_name.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, model)) = document.dockerfile() else { return };
    let names = model.stages.iter().filter_map(|stage| match &stage.from(file).kind {
        Kind::From(from) => from.name.as_ref(),
        _ => None,
    });
    // BuildKit does not expand a name, Buildah does.
    let names: Vec<_> = names.filter(|name| name.text.bytes().any(|byte| byte.is_ascii_uppercase()) && !name.text.contains('$')).collect();
    if names.is_empty() {
        return;
    }
    let mut references = references(file);
    for name in names {
        let lower = name.text.to_ascii_lowercase();
        let mut edits = vec![Edit::replace(name.range, lower.clone())];
        // The first of two stages of one name takes the references along.
        let uses = references.remove(&lower).unwrap_or_default();
        edits.extend(uses.into_iter().map(|place| Edit::replace(place, lower.clone())));
        cx.report(name.range, format!("the stage `{}` has capital letters, which BuildKit drops", name.text))
            .help(format!("Write `{lower}`"))
            .fix(Fix::safe(format!("Write `{lower}`"), edits));
    }
}

/// Where `COPY --from` and mounts name something with capital letters, by the name in lower case.
fn references(file: &Dockerfile) -> HashMap<CompactString, Vec<TextRange>> {
    let mut references: HashMap<CompactString, Vec<TextRange>> = HashMap::new();
    for instruction in &file.instructions {
        let instruction = match &instruction.kind {
            Kind::Onbuild(Some(trigger)) => trigger,
            _ => instruction,
        };
        let from = instruction.flag("from").and_then(|flag| flag.value.as_ref());
        let mounts = match &instruction.kind {
            Kind::Run(run) => &run.mounts[..],
            _ => &[],
        };
        let mounts = mounts.iter().filter_map(|mount| mount.option(&["from"])?.value.as_ref());
        for word in from.into_iter().chain(mounts) {
            if word.text.bytes().any(|byte| byte.is_ascii_uppercase()) {
                references.entry(word.text.to_ascii_lowercase()).or_default().push(word.range);
            }
        }
    }
    references
}
