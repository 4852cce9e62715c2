//! `stray-brace`: a brace that a variable's default was meant to hold.

use dlint_syntax::{TextRange, TextSize};

use crate::compose::{Node, Project};
use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "stray-brace",
    summary: "A closing brace that is left over behind a variable's default",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("stray_brace.md"),
    on: &[On::Compose(project)],
};

fn project(project: &Project<'_>, cx: &mut Context<'_>) {
    if !may_have_stray(project.document.text()) {
        return;
    }
    for root in &project.written {
        let Some(view) = root.view() else { continue };
        for node in view.walk().filter(|view| view.alias().is_none()).map(|view| root.at(view)) {
            check(&node, cx);
        }
    }
}

/// Whether one closing brace follows another with no more than a word between them.
fn may_have_stray(text: &str) -> bool {
    let inner = text.split_once('}').and_then(|(_, rest)| Some(rest.rsplit_once('}')?.0));
    text.contains("${") && inner.is_some_and(|inner| inner.split('}').any(|between| between.chars().all(is_word)))
}

fn check(node: &Node<'_>, cx: &mut Context<'_>) {
    let Some(text) = node.text().filter(|text| text.contains("${")) else { return };
    // Where the variables end that were seen so far, and up to where braces were counted, with how many are open there.
    let (mut outer, mut counted, mut open) = (0, 0, 0_i64);
    for written in &node.variables() {
        let variable = &written.variable;
        // A default may hold variables of its own.
        let is_inner = outer > variable.range.start;
        outer = outer.max(variable.range.end);
        if variable.operator.is_none() || is_inner {
            continue;
        }
        let rest = &text[variable.range.end..];
        // What has a quote or a space before the brace is a text with braces of its own.
        let word = &rest[..rest.find(|c: char| c == '}' || c == '{' || !is_word(c)).unwrap_or(rest.len())];
        open += text.get(counted..variable.range.start).map_or(0, |between| {
            between.bytes().map(|byte| i64::from(byte == b'{') - i64::from(byte == b'}')).sum::<i64>()
        });
        counted = variable.range.start;
        if !rest[word.len()..].starts_with('}') || open > 0 {
            continue;
        }
        let message = format!("the default of `{}` ends before this, so a `}}` is left over", variable.name);
        let written_text = &text[variable.range.clone()];
        // From the end of the variable on, the text is the file's.
        let place = if written.is_exact {
            let brace = TextRange::at(written.place.range.end(), TextSize::new(word.len() as u32 + 1));
            written.place.with_range(brace)
        } else {
            written.place
        };
        cx.report_at(place, message)
            .help(format!("Compose takes `{written_text}` for the variable; let no `}}` be in the default"));
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || "_-./:".contains(c)
}
