//! `unused-anchor`: a YAML anchor that no alias names.


use dlint_syntax::hash::{HashSet, HashSetExt};
use dlint_syntax::yaml::{NodeId, View};
use dlint_syntax::{TextRange, TextSize};

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::language::Language;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unused-anchor",
    summary: "A YAML anchor that no alias names",
    category: Category::Maintainability,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("unused_anchor.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    if document.language() != Language::Compose || !cx.mentions("&") {
        return;
    }
    // In a broken file, the alias may stand where it is broken.
    let Some(yaml) = document.yaml().filter(|yaml| yaml.errors().is_empty()) else { return };
    let mut anchors: Vec<(NodeId, &str, TextRange)> = Vec::new();
    let mut used: HashSet<NodeId> = HashSet::new();
    for view in yaml.roots().flat_map(View::walk) {
        if let Some((name, range)) = view.anchor() {
            anchors.push((view.id(), name, range));
        }
        if view.alias().is_some() {
            used.insert(view.resolve().id());
        }
    }
    for (_, name, range) in anchors.into_iter().filter(|(id, ..)| !used.contains(id)) {
        cx.report(range, format!("no alias names the anchor `{name}`"))
            .help(format!("Remove it, or write `*{name}` where its value is meant"))
            .safe_fix("Remove the anchor", Edit::delete(with_blanks(document, range)));
    }
}

/// The anchor with the blanks that go with it: those after it, or those before it at the end of a line.
fn with_blanks(document: &Document, range: TextRange) -> TextRange {
    let is_blank = |c: &char| matches!(c, ' ' | '\t');
    let after = &document.text()[usize::from(range.end())..];
    let blanks = after.chars().take_while(is_blank).count();
    let ends_line = after[blanks..].is_empty() || after[blanks..].starts_with(['\n', '\r', '#']);
    if !ends_line {
        return TextRange::new(range.start(), range.end() + TextSize::new(blanks as u32));
    }
    let before = document.text()[..usize::from(range.start())].chars().rev().take_while(is_blank).count();
    TextRange::new(range.start() - TextSize::new(before as u32), range.end())
}
