//! `legacy-key-value`: `ENV` or `LABEL` without an equals sign.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Edit, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "legacy-key-value",
    summary: "`ENV` or `LABEL` without an equals sign",
    category: Category::Maintainability,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["buildkit:LegacyKeyValueFormat", "dockerfile-utils:SYNTAX_MISSING_EQUALS"],
    docs: include_str!("legacy_key_value.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let (Kind::Env(pairs) | Kind::Label(pairs)) = &instruction.kind else { return };
    let Some(pair) = pairs.pairs.first().filter(|_| pairs.legacy) else { return };
    let (key, value, name) = (&pair.key.text, &pair.value.text, instruction.name());
    let place = instruction.arguments;
    // Quotes and escapes have other rules in the old form.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:@%+,=-${}".contains(c);
    let is_bare = !value.is_empty() && value.chars().all(is_plain);
    let is_quotable = !is_bare && !value.is_empty() && value.chars().all(|c| is_plain(c) || c == ' ');
    let is_one_line = !cx.text(place).contains('\n');
    let mut report = cx.report(place, format!("`{name} key value` is the old form, which takes only one pair"));
    report.help(format!("Write an equals sign: `{name} {key}=…`"));
    if is_one_line && (is_bare || is_quotable) {
        let quote = if is_bare { "" } else { "\"" };
        report.safe_fix("Write an equals sign", Edit::replace(place, format!("{key}={quote}{value}{quote}")));
    }
}
