//! `backticks`: the old form of `$( … )`.

use dlint_syntax::shell::{Part, PartKind};
use dlint_syntax::{TextRange, TextSize};

use crate::diagnostic::{Category, Edit, Fix, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::run::RunNode;
use crate::scripts::{parts, scripts, words};

/// The rule.
pub const RULE: Rule = Rule {
    name: "backticks",
    summary: "Backticks, where `$(…)` is easier to read and to nest",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::Sometimes,
    since: "0.1.0",
    aliases: &["shellcheck:SC2006"],
    docs: include_str!("backticks.md"),
    on: &[On::Run(run)],
};

fn run(run: &RunNode<'_>, cx: &mut Context<'_>) {
    for script in scripts(run).iter().filter(|script| !script.is_expanded_before) {
        let all = script.script.all_commands().flat_map(parts);
        for part in all.filter(|part| part.kind() == PartKind::Backticks && !has_comment(*part)) {
            let range = part.range();
            let mut report = cx.report(range, "backticks are hard to see, to quote and to nest");
            let text = part.text();
            // What a backslash means inside depends on the form, and a backtick that is escaped is a nested one.
            let is_simple = !text.contains('\\') && text.len() > 2 && text.ends_with('`') && !text.contains('\0');
            if is_simple {
                let one = TextSize::new(1);
                let (open, close) = (TextRange::at(range.start(), one), TextRange::at(range.end() - one, one));
                // `$((` would begin arithmetic.
                let opening = if text[1..].trim_start().starts_with('(') { "$( " } else { "$(" };
                report.fix(Fix::safe("Write `$(…)`", vec![Edit::replace(open, opening), Edit::replace(close, ")")]));
            } else {
                report.help("Write `$(…)`, in which nothing needs a backslash that would not need one outside");
            }
        }
    }
}

/// Whether a comment stands between the backticks. It ends with them, but not with the `)` of `$( … )`, which is why
/// people comment the words of a long command in this way.
fn has_comment(part: Part<'_>) -> bool {
    let Some(scope) = part.scope() else { return false };
    let mut signs = part.text().match_indices('#').map(|(at, _)| part.range().start() + TextSize::of(&part.text()[..at]));
    signs.any(|sign| !scope.descendants().flat_map(words).any(|word| word.range().contains(sign)))
}
