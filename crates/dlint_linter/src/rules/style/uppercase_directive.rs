//! `uppercase-directive`: a parser directive with capital letters.

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "uppercase-directive",
    summary: "A parser directive with capital letters",
    category: Category::Style,
    level: Level::Hint,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &["dockerfile-utils:CASING_DIRECTIVE"],
    docs: include_str!("uppercase_directive.md"),
    on: &[On::Document(document)],
};

fn document(document: &Document, cx: &mut Context<'_>) {
    let Some((file, _)) = document.dockerfile() else { return };
    for directive in &file.directives {
        let name = cx.text(directive.name);
        let lower = name.to_ascii_lowercase();
        if lower != name {
            cx.report(directive.name, format!("`{name}` is written in small letters"))
                .help(format!("Write `{lower}`"))
                .safe_fix(format!("Write `{lower}`"), Edit::replace(directive.name, lower.clone()));
        }
    }
}
