//! `duplicate-stage-name`: two stages of one name.


use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::dockerfile::{Kind, Word};

use crate::diagnostic::{Category, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "duplicate-stage-name",
    summary: "Two stages of one name",
    category: Category::Correctness,
    level: Level::Error,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3024", "buildkit:DuplicateStageName", "trivy:DS-0012", "checkov:CKV_DOCKER_11", "kics:Same Alias In Different Froms", "semgrep:alias-must-be-unique", "dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME"],
    docs: include_str!("duplicate_stage_name.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, model)) = document.dockerfile() else { return };
    let mut first: HashMap<&str, &Word> = HashMap::new();
    for stage in &model.stages {
        let Kind::From(from) = &stage.from(file).kind else { continue };
        let (Some(key), Some(name)) = (stage.name.as_deref(), from.name.as_ref()) else { continue };
        if let Some(first) = first.get(key) {
            cx.report(name.range, format!("there is a stage `{key}` already"))
                .help("Give each stage a name of its own")
                .related(first.range, "the first one is here");
        } else {
            first.insert(key, name);
        }
    }
}
