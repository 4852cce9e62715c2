//! `invalid-label-key`: a label whose name is not of the form that Docker asks for.

use dlint_syntax::dockerfile::{Instruction, Kind, remove_quotes};

use crate::diagnostic::{Category, Level};
use crate::rule::{Context, FixAvailability, On, Rule};
use crate::text::shorten;

/// The rule.
pub const RULE: Rule = Rule {
    name: "invalid-label-key",
    summary: "A label whose name is not of the form that Docker asks for",
    category: Category::Style,
    level: Level::Hint,
    default: false,
    cvss: None,
    fix: FixAvailability::None,
    since: "0.1.0",
    aliases: &["hadolint:DL3048", "tally:tally/labels/valid-key"],
    docs: include_str!("invalid_label_key.md"),
    on: &[On::Instruction(instruction)],
};

/// Namespaces of Docker's own labels, and what others may set in them.
const RESERVED: [&str; 3] = ["com.docker.", "io.docker.", "org.dockerproject."];
const ALLOWED: [&str; 3] = ["com.docker.extension.", "com.docker.desktop.", "com.docker.image."];

fn instruction(instruction: &Instruction, cx: &mut Context<'_>) {
    let Kind::Label(labels) = &instruction.kind else { return };
    let escape = cx.document.dockerfile().map(|(file, _)| file.escape).unwrap_or_default();
    for pair in labels.pairs.iter().filter(|pair| !pair.key.text.contains('$')) {
        let name = remove_quotes(&pair.key.text, escape);
        // A name that the configuration asks for is one that somebody decided upon.
        let options = &cx.config.options;
        if options.missing_label.labels.iter().any(|label| *label == name) || options.invalid_label_value.labels.contains_key(name.as_str()) {
            continue;
        }
        if let Some(what) = fault(&name) {
            cx.report(pair.key.range, format!("the label `{}` {what}", shorten(&name)))
                .help("Write lower-case letters, digits, and single `.`, `-`, `_` or `/` between them: `com.example.owner`");
        }
    }
}

/// What is wrong with a name.
///
/// Source: Docker documentation, "Docker object labels", "Key format recommendations".
fn fault(name: &str) -> Option<&'static str> {
    let (first, last) = (name.chars().next()?, name.chars().next_back()?);
    if RESERVED.iter().any(|it| name.starts_with(it)) && !ALLOWED.iter().any(|it| name.starts_with(it)) {
        return Some("is in a namespace that is Docker's own");
    }
    if name.chars().any(|char| char.is_ascii_uppercase()) {
        return Some("has capital letters");
    }
    if !name.chars().all(|char| matches!(char, 'a'..='z' | '0'..='9' | '.' | '-' | '_' | '/')) {
        return Some("has a character that does not belong into a name");
    }
    if !first.is_ascii_lowercase() {
        return Some("does not begin with a letter");
    }
    if !last.is_ascii_alphanumeric() {
        return Some("does not end with a letter or digit");
    }
    (name.contains("..") || name.contains("--")).then_some("has a separator twice in a row")
}
