//! Giving what is named another name, at all of its places.

use dlint_linter::Document;
use dlint_syntax::TextRange;

use super::navigation::{Named, Spot, What};
use super::occurrences::is_name;
use super::variables;

/// A place where the name is written.
#[derive(Debug, Clone)]
pub(crate) struct NamePlace<'s> {
    /// The place of which it is a part.
    pub(crate) spot: &'s Spot,
    /// Exactly the name, without quotes and what else stands there.
    pub(crate) range: TextRange,
}

/// The name of what the places are of, and where it is written. `own` is the document that was asked about. An error says why it cannot be
/// renamed.
pub(crate) fn places<'s>(spots: &'s [Spot], own: &str) -> Result<(String, Vec<NamePlace<'s>>), String> {
    let definition =
        spots.iter().find(|spot| spot.is_definition).ok_or("what this names is not defined in this project")?;
    let named = definition.named();
    let name = match named {
        Named::Variable(name) if variables::is_built_in(name) => {
            return Err(format!("`{name}` is known to others by this name"));
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
                found.push(NamePlace { spot, range });
            }
            // A number stands for the stage whatever its name is.
            None if named == Named::Stage && text.bytes().all(|byte| byte.is_ascii_digit()) => {}
            None => return Err(format!("`{text}` names it in another way, and would be left over")),
        }
    }
    Ok((name, found))
}

/// Whether it may be called that, as Docker has it.
pub(crate) fn check(named: Named<'_>, name: &str) -> Result<(), String> {
    let is_word = |others: &str| {
        name.starts_with(|char: char| char.is_ascii_alphanumeric())
            && name.chars().all(|char| char.is_ascii_alphanumeric() || others.contains(char))
    };
    let (is_right, rule) = match named {
        Named::Stage => (
            name.starts_with(|char: char| char.is_ascii_alphabetic()) && is_word("-_."),
            "The name of a stage begins with a letter, and has letters, digits, `-`, `_` and `.`",
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

/// Whether no other variable of the files has the name.
pub(crate) fn check_free(spots: &[Spot], own: &Document, name: &str) -> Result<(), String> {
    let is_variable = spots.iter().any(|spot| matches!(spot.named(), Named::Variable(old) if old != name));
    if is_variable && variables::is_taken(spots, own, name) {
        return Err(format!("there is a variable `{name}` already"));
    }
    Ok(())
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
