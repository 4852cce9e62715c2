//! `invisible-character`: a character that looks like a blank or like nothing, and is neither.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::TokenKind;

use crate::diagnostic::{Category, Edit, Level};
use crate::document::{Document, Tree};
use crate::layout::{is_within, span};
use crate::rule::{Context, FixAvailability, On, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    name: "invisible-character",
    summary: "A character that looks like a blank or like nothing, and is neither",
    category: Category::Correctness,
    level: Level::Warning,
    default: true,
    cvss: None,
    fix: FixAvailability::Always,
    since: "0.1.0",
    aliases: &[],
    docs: include_str!("invisible_character.md"),
    on: &[On::Document(check)],
};

fn check(document: &Document, cx: &mut Context<'_>) {
    let text = document.text();
    if text.is_ascii() || !text.contains(|character| name(character).is_some()) {
        return;
    }
    let comments = comments(document);
    let quoted = quoted(document);
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let previous = before.replace(character);
        let Some((name, is_blank)) = name(character) else { continue };
        // A byte order mark may stand at the beginning.
        if (at == 0 && character == '\u{FEFF}') || is_within(&comments, at) || (is_blank && is_within(&quoted, at)) {
            continue;
        }
        // Joiners make emoji and the letters of some scripts.
        let is_foreign = |character: Option<char>| character.is_some_and(|it| !it.is_ascii() && self::name(it).is_none());
        if is_foreign(previous) || is_foreign(characters.peek().map(|(_, next)| *next)) {
            continue;
        }
        let place = span(at, at + character.len_utf8());
        let code = u32::from(character);
        let (message, help, edit) = if is_blank {
            (
                format!("`U+{code:04X}` ({name}) looks like a blank, but does not separate words"),
                "Write a blank in its place",
                Edit::replace(place, " "),
            )
        } else {
            (format!("an invisible `U+{code:04X}` ({name}) is a part of the text here"), "Delete it", Edit::delete(place))
        };
        cx.report(place, message).help(help).unsafe_fix(help, edit);
    }
}

/// The name of such a character, and whether it looks like a blank.
fn name(character: char) -> Option<(&'static str, bool)> {
    Some(match character {
        '\u{A0}' => ("no-break space", true),
        '\u{2007}' => ("figure space", true),
        '\u{202F}' => ("narrow no-break space", true),
        '\u{AD}' => ("soft hyphen", false),
        '\u{180E}' => ("Mongolian vowel separator", false),
        '\u{200B}' => ("zero width space", false),
        '\u{200C}' => ("zero width non-joiner", false),
        '\u{200D}' => ("zero width joiner", false),
        '\u{2060}' => ("word joiner", false),
        '\u{FEFF}' => ("byte order mark", false),
        _ => return None,
    })
}

/// Comments, and the bodies of heredocs, which may be anything.
fn comments(document: &Document) -> Vec<TextRange> {
    match document.tree() {
        Tree::Dockerfile(parts) => {
            let tokens = parts.0.tokens.iter();
            let quiet = tokens.filter(|it| matches!(it.kind, TokenKind::Comment | TokenKind::HeredocLine));
            quiet.map(|token| token.range).collect()
        }
        Tree::Compose(yaml) | Tree::Daemon(yaml) => yaml.comments().iter().map(|comment| comment.range).collect(),
    }
}

/// What stands in quotes.
fn quoted(document: &Document) -> Vec<TextRange> {
    match document.tree() {
        Tree::Dockerfile(parts) => {
            let texts = parts.0.tokens.iter().filter(|token| token.kind != TokenKind::Space);
            let mut places = Vec::new();
            let mut open: Option<(char, usize)> = None;
            for token in texts {
                match token.kind {
                    TokenKind::Keyword => open = None,
                    TokenKind::Text | TokenKind::Flag => quotes(document, token.range, &mut open, &mut places),
                    _ => {}
                }
            }
            places
        }
        Tree::Compose(yaml) | Tree::Daemon(yaml) => {
            let scalars = yaml.roots().flat_map(dlint_syntax::yaml::View::walk);
            let mut places: Vec<TextRange> = scalars
                .filter(|view| view.scalar_style().is_some_and(|style| style != dlint_syntax::yaml::ScalarStyle::Plain))
                .map(dlint_syntax::yaml::View::range)
                .collect();
            places.sort_by_key(|place| place.start());
            places
        }
    }
}

/// Adds what is quoted in a piece of an instruction; a quotation may reach over several pieces.
fn quotes(document: &Document, piece: TextRange, open: &mut Option<(char, usize)>, places: &mut Vec<TextRange>) {
    let start = usize::from(piece.start());
    if let Some((_, from)) = open {
        *from = start;
    }
    let mut is_escaped = false;
    for (at, character) in document.slice(piece).char_indices() {
        let at = start + at;
        match (character, *open) {
            _ if std::mem::take(&mut is_escaped) => {}
            ('\\', None | Some(('"', _))) => is_escaped = true,
            ('"' | '\'', None) => *open = Some((character, at)),
            (_, Some((quote, from))) if character == quote => {
                places.push(span(from, at + 1));
                *open = None;
            }
            _ => {}
        }
    }
    if let Some((_, from)) = *open {
        places.push(span(from, usize::from(piece.end())));
    }
}
