//! `inconsistent-instruction-casing`: an instruction in another case than most of the file.

use dlint_syntax::dockerfile::Kind;

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "inconsistent-instruction-casing",
    summary: "An instruction in another case than most of the file",
    category: Category::Style,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["buildkit:ConsistentInstructionCasing", "dockerfile-utils:CASING_INSTRUCTION"],
    docs: include_str!("inconsistent_instruction_casing.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    let keywords = || file.instructions.iter().filter(|it| !matches!(it.kind, Kind::Unknown)).map(|it| &it.keyword);
    let upper = keywords().filter(|word| word.text.bytes().all(|byte| byte.is_ascii_uppercase())).count();
    let lower = keywords().filter(|word| word.text.bytes().all(|byte| byte.is_ascii_lowercase())).count();
    let is_lower = lower > upper;
    let is_wrong = |byte: u8| if is_lower { byte.is_ascii_uppercase() } else { byte.is_ascii_lowercase() };
    for word in keywords() {
        if word.text.bytes().any(is_wrong) {
            let right = if is_lower { word.text.to_ascii_lowercase() } else { word.text.to_ascii_uppercase() };
            cx.report(word.range, format!("`{}` is in another case than most instructions of this file", word.text))
                .help(format!("Write `{right}`"))
                .safe_fix(format!("Write `{right}`"), Edit::replace(word.range, right.clone()));
        }
    }
}
