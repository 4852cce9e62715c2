//! `bidirectional-character`: an invisible character that changes the order in which text is shown.

use crate::diagnostic::{Category, Edit, Level};
use crate::document::Document;
use crate::layout::span;
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::severity::Cvss;

/// The rule.
pub const RULE: Rule = Rule {
    name: "bidirectional-character",
    summary: "An invisible character that changes the order in which text is shown",
    category: Category::Security,
    level: Level::Warning,
    default: true,
    cvss: Some(Cvss::new("CVSS:3.1/AV:N/AC:H/PR:L/UI:R/S:U/C:N/I:H/A:N")),
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("bidirectional_character.md"),
    on: &[On::Document(check)],
};

fn check(document: &Document, cx: &mut Context<'_>) {
    let text = document.text();
    if text.is_ascii() {
        return;
    }
    for (at, character) in text.char_indices() {
        let Some(name) = name(character) else { continue };
        let place = span(at, at + character.len_utf8());
        let code = u32::from(character);
        cx.report(place, format!("an invisible `U+{code:04X}` ({name}) makes this line look other than it is read"))
            .help("Delete it, and read the line again")
            .unsafe_fix("Delete the character", Edit::delete(place));
    }
}

/// The name of a character that embeds, overrides or isolates a direction of writing.
///
/// Source: Unicode Standard Annex 9.
fn name(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{202A}' => "left-to-right embedding",
        '\u{202B}' => "right-to-left embedding",
        '\u{202C}' => "pop directional formatting",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        _ => return None,
    })
}
