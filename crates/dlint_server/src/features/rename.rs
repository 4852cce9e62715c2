//! Giving what is named another name, at all of its places.

use dlint_linter::Document;
use dlint_linter::check::Files;
use dlint_syntax::{TextRange, TextSize};

use super::inline;
use super::navigation::{self, Named, Spot, What};
use super::occurrences::is_name;
use super::variables;

/// What stands at a place and may be given another name: exactly the name, and where it is.
pub(crate) fn prepare(document: &Document, files: &dyn Files, offset: TextSize) -> Option<(TextRange, String)> {
    let spots = navigation::spots(document, files, offset);
    let (name, places) = places(&spots, document.text()).ok()?;
    let here = places.iter().find(|it| it.document.is_none() && it.range.contains_inclusive(offset))?;
    Some((here.range, name))
}

/// The places at which a new name is to be written for what stands at a place; none if nothing has a name there. An error says why it
/// cannot be called so.
pub(crate) fn rename(
    document: &Document,
    files: &dyn Files,
    offset: TextSize,
    new: &str,
) -> Result<Option<Vec<Spot>>, String> {
    let spots = navigation::spots(document, files, offset);
    let Some(first) = spots.first() else { return Ok(None) };
    let named = first.named();
    let (old, places) = places(&spots, document.text())?;
    check(named, new)?;
    let is_taken = old != new
        && match named {
            Named::Variable(_) if inline::is_taken(document, files, offset, new) => true,
            Named::Stage if !new.eq_ignore_ascii_case(&old) && inline::is_taken(document, files, offset, new) => true,
            Named::Variable(_) => variables::is_taken(&spots, document, new),
            Named::Stage => !new.eq_ignore_ascii_case(&old) && navigation::is_taken(document, files, offset, new),
            Named::Entry(_) | Named::Anchor => navigation::is_taken(document, files, offset, new),
        };
    if is_taken { Err(format!("another {} is called `{new}` already", first.noun())) } else { Ok(Some(places)) }
}

/// The name of what the places are of, and where it is written. `own` is the document that was asked about. An error says why it cannot be
/// renamed.
fn places(spots: &[Spot], own: &str) -> Result<(String, Vec<Spot>), String> {
    let definition =
        spots.iter().find(|spot| spot.is_definition).ok_or("what this names is not defined in this project")?;
    let named = definition.named();
    let name = match named {
        Named::Variable(name) if variables::is_built_in(name) => {
            return Err(format!("`{name}` is known to others by this name"));
        }
        Named::Entry(name) if definition.noun() == "network" && name == DEFAULT => {
            return Err(format!("`{name}` is the network of services that name none"));
        }
        Named::Entry(name) | Named::Variable(name) => name.to_owned(),
        Named::Stage | Named::Anchor => text_of(definition, own).trim_start_matches('&').to_owned(),
    };
    let mut found = Vec::new();
    for spot in spots {
        let text = text_of(spot, own);
        if matches!(spot.what, What::Given(_, false)) {
            return Err(format!("a Compose file takes the value of `{name}` from a variable of that name"));
        }
        match part(text, &name, named) {
            Some(at) => {
                let range = dlint_syntax::text::range(at..at + name.len()) + spot.range.start();
                found.push(spot.at(range));
            }
            // A number stands for the stage whatever its name is.
            None if named == Named::Stage && is_number(text) => {}
            None => return Err(format!("`{text}` names it in another way, and would be left over")),
        }
    }
    Ok((name, found))
}

/// Whether it may be called that, as Docker has it.
fn check(named: Named<'_>, name: &str) -> Result<(), String> {
    let is_word = |others: &str| {
        name.starts_with(|char: char| char.is_ascii_alphanumeric())
            && name.chars().all(|char| char.is_ascii_alphanumeric() || others.contains(char))
    };
    let (is_right, rule) = match named {
        Named::Stage => (
            name.starts_with(|char: char| char.is_ascii_alphabetic()) && is_word("-_.") && !is_reserved(name),
            "The name of a stage begins with a letter, has letters, digits, `-`, `_` and `.`, and is neither `scratch` nor `context`",
        ),
        Named::Entry(_) => {
            (is_word("-_."), "A name begins with a letter or digit, and has letters, digits, `-`, `_` and `.`")
        }
        Named::Variable(_) => (
            is_name(name) && !variables::is_built_in(name),
            "The name of a variable has letters, digits and `_`, begins with no digit, and is none that is known to others",
        ),
        Named::Anchor => (
            !name.is_empty() && !name.contains(|char: char| char.is_whitespace() || "[]{},&*".contains(char)),
            "The name of an anchor has no blanks and no brackets or commas",
        ),
    };
    if is_right { Ok(()) } else { Err(rule.to_owned()) }
}

/// Whether BuildKit keeps the name of a stage for itself.
fn is_reserved(name: &str) -> bool {
    ["scratch", "context"].iter().any(|it| name.eq_ignore_ascii_case(it))
}

/// The network that Compose makes by itself.
const DEFAULT: &str = "default";

/// Whether a stage is named by its number, in quotes or not.
fn is_number(text: &str) -> bool {
    let number = text.trim_matches(['"', '\'']);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

fn text_of<'t>(spot: &'t Spot, own: &'t str) -> &'t str {
    let text = spot.document.as_deref().map_or(own, |document| document.text());
    text.get(std::ops::Range::<usize>::from(spot.range)).unwrap_or_default()
}

/// Where the name is in the text of a place: all of it, or a word of it (`service:db`, `data:/var/lib`, `"front"`).
fn part(text: &str, name: &str, named: Named<'_>) -> Option<usize> {
    let skipped = if text.starts_with("service:") { "service:".len() } else { 0 };
    let is_word = |char: char| char.is_alphanumeric() || "-_.".contains(char);
    (skipped..=text.len().checked_sub(name.len())?).find(|&at| {
        let found = text.get(at..at + name.len());
        // BuildKit takes the names of stages in any case.
        let is_it = found.is_some_and(|it| it == name || (named == Named::Stage && it.eq_ignore_ascii_case(name)));
        is_it && !text[..at].ends_with(is_word) && !text[at + name.len()..].starts_with(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::{check, part};
    use crate::features::navigation::Named;

    #[test]
    fn a_name_is_found_in_its_place() {
        let of = |text, name| part(text, name, Named::Entry(name));
        assert_eq!(of("front", "front"), Some(0));
        assert_eq!(of("\"front\"", "front"), Some(1));
        assert_eq!(of("service:service", "service"), Some(8));
        assert_eq!(of("data:/data", "data"), Some(0));
        assert_eq!(of("${NET}", "front"), None);
        assert_eq!(of("frontend", "front"), None);
        assert_eq!(part("BUILD", "build", Named::Stage), Some(0));
        assert_eq!(part("*base", "base", Named::Anchor), Some(1));
    }

    #[test]
    fn names_are_those_that_docker_takes() {
        assert!(check(Named::Stage, "build-2").is_ok() && check(Named::Entry("x"), "2nd.net_a").is_ok());
        assert!(check(Named::Stage, "2").is_err() && check(Named::Entry("x"), "a b").is_err());
        assert!(check(Named::Anchor, "a/b").is_ok() && check(Named::Anchor, "a,b").is_err());
    }
}
