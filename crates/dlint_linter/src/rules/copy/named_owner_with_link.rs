//! `named-owner-with-link`: `--link` with an owner that has a name.

use dlint_syntax::dockerfile::{Instruction, Kind};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "named-owner-with-link",
    summary: "`--link` with an owner that has a name",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("named_owner_with_link.md"),
    on: &[On::Instruction(instruction)],
};

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let (Kind::Copy(_) | Kind::Add(_)) = &instruction.kind else { return };
    let is_linked = instruction.flag("link").is_some_and(|it| it.value.as_ref().is_none_or(|it| it.text.eq_ignore_ascii_case("true")));
    let Some(owner) = instruction.flag("chown").and_then(|flag| flag.value.as_ref()).filter(|_| is_linked) else { return };
    let is_resolved = |name: &str| name.is_empty() || name == "root" || name.bytes().all(|byte| byte.is_ascii_digit());
    if owner.text.contains('$') || owner.text.split(':').all(is_resolved) {
        return;
    }
    cx.report(owner.range, format!("with `--link` nobody knows who `{}` is: the files are copied apart from the image", owner.text))
        .help("Write the numbers of user and group: `--chown=1000:1000`, or leave out `--link`");
}
