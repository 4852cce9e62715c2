//! The variables that a value names, with the places where they are written.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Lookup;
use dlint_syntax::text::range;

use super::interpolate::{VariableRef, interpolate};
use super::node::Node;
use super::place::Place;

/// A variable that a value names.
#[derive(Debug, Clone)]
pub struct WrittenVariable {
    /// What it says; its ranges are in the decoded text.
    pub variable: VariableRef,
    /// Where it is written, from the `$` to the end; the whole value where that cannot be told.
    pub place: Place,
    /// Whether the place is that of the variable alone.
    pub is_exact: bool,
    /// What is known of it.
    pub value: Lookup,
}

impl Node<'_> {
    /// The variables that the text of a scalar names, in order; none for anything else.
    pub fn variables(&self) -> Vec<WrittenVariable> {
        let (Some(view), Some(text)) = (self.view(), self.text()) else { return Vec::new() };
        if !text.contains('$') {
            return Vec::new();
        }
        let layer = self.layer();
        let places = places(text, &view.yaml().text()[view.range()]);
        let whole = self.place();
        let of_reference = |variable: VariableRef| {
            let start = places.as_ref().and_then(|places| {
                let index = places.binary_search_by_key(&variable.range.start, |place| place.0).ok()?;
                Some(places[index].1)
            });
            let end = start.map(|start| start + variable.range.len());
            let own: Option<TextRange> = start.zip(end).map(|(start, end)| range(start..end) + view.range().start());
            let own = own.filter(|own| {
                view.yaml().text().get(std::ops::Range::from(*own)) == Some(&text[variable.range.clone()])
            });
            WrittenVariable {
                place: own.map_or(whole, |own| whole.with_range(own)),
                is_exact: own.is_some(),
                value: layer.env.get(&variable.name),
                variable,
            }
        };
        interpolate(text, &*layer.env).references.into_iter().map(of_reference).collect()
    }
}

/// The offsets of each `$` in a decoded text and in the token that it comes from. No escape but one for the `$` itself, which nobody
/// writes, makes their numbers differ.
fn places(text: &str, token: &str) -> Option<Vec<(usize, usize)>> {
    let decoded = text.match_indices('$').map(|(at, _)| at);
    let written: Vec<usize> = token.match_indices('$').map(|(at, _)| at).collect();
    let places: Vec<(usize, usize)> = decoded.zip(written.iter().copied()).collect();
    (places.len() == written.len() && places.len() == text.matches('$').count()).then_some(places)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use dlint_syntax::yaml;

    use crate::compose::{Layer, Node};

    #[test]
    fn variables_have_their_places() {
        let text = "a: |\n  x $A\n  ${B:-c}\nb: \"\\t$A\"\nc: \"\\x24A $B\"\nd: >-\n  $$ $A\n  b\ne: [$A]\n";
        let yaml = yaml::parse(text);
        let root = Node::written(yaml.root().unwrap(), Layer::alone("".as_ref()));
        let of = |key: &str| {
            let found = root.get(key).unwrap().variables();
            found.iter().map(|it| (text[it.place.range].to_owned(), it.is_exact)).collect::<Vec<_>>()
        };
        assert_eq!(of("a"), [("$A".to_owned(), true), ("${B:-c}".to_owned(), true)]);
        assert_eq!(of("b"), [("$A".to_owned(), true)]);
        assert_eq!(of("c"), [("\"\\x24A $B\"".to_owned(), false), ("\"\\x24A $B\"".to_owned(), false)]);
        assert_eq!(of("d"), [("$A".to_owned(), true)]);
        assert!(of("e").is_empty());
    }
}
