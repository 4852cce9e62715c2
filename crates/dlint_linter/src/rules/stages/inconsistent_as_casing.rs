//! `inconsistent-as-casing`: the word `AS` in another case than `FROM`.

use dlint_syntax::dockerfile::Kind;

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::stage::StageNode;

/// The rule.
pub const RULE: Rule = Rule {
    name: "inconsistent-as-casing",
    summary: "The word `AS` in another case than `FROM`",
    category: Category::Style,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["buildkit:FromAsCasing"],
    docs: include_str!("inconsistent_as_casing.md"),
    on: &[On::Stage(stage)],
};

fn stage(node: &StageNode<'_>, cx: &mut Context<'_>) {
    let instruction = node.stage.from(node.file);
    let Kind::From(from) = &instruction.kind else { return };
    let Some(place) = from.as_keyword else { return };
    let keyword = &instruction.keyword.text;
    let right = if keyword.bytes().all(|byte| byte.is_ascii_uppercase()) {
        "AS"
    } else if keyword.bytes().all(|byte| byte.is_ascii_lowercase()) {
        "as"
    } else {
        return;
    };
    let written = cx.text(place);
    if written == right {
        return;
    }
    cx.report(place, format!("`{written}` is in another case than `{keyword}`"))
        .help(format!("Write `{right}`"))
        .safe_fix(format!("Write `{right}`"), Edit::replace(place, right));
}
