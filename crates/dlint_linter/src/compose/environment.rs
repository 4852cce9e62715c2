//! Keys with values, as a mapping or as a list of `KEY=VALUE`: `environment`, `labels`, `build.args` and others.

use super::node::{Field, Node};
use super::place::Place;
use super::scalar::Scalar;
use super::unique::last_of_each;

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The key.
    pub key: Scalar,
    /// The value; `None` if there is none: a variable of that name in the shell gives it.
    pub value: Option<Scalar>,
    /// Where the pair is written: the entry of the mapping, the item of the list.
    pub place: Place,
    /// The alias or merge key by which it came here.
    pub alias: Option<Place>,
}

impl Pair {
    /// The pairs of a mapping or a list; nothing for anything else. Values that are collections are left out. Of several pairs of
    /// one key in a list the last holds.
    pub fn read_all(node: &Node<'_>) -> Vec<Self> {
        if node.is_mapping() {
            return node.fields().iter().filter_map(of_field).collect();
        }
        let pairs = node.items();
        last_of_each(pairs.iter().filter_map(of_item), |pair| pair.key.known().map(str::to_owned))
    }
}

fn of_field(field: &Field<'_>) -> Option<Pair> {
    let value = field.value.scalar();
    if value.is_none() && !field.value.is_null() {
        return None;
    }
    Some(Pair { key: field.key_scalar()?, value, place: field.place, alias: field.alias })
}

fn of_item(item: &Node<'_>) -> Option<Pair> {
    if let Some(field) = item.as_pair() {
        return of_field(field);
    }
    let scalar = item.scalar()?;
    let text = scalar.text();
    let (key, value) = match text.find('=') {
        Some(at) => (scalar.part(0..at), Some(scalar.part(at + 1..text.len()))),
        None => (scalar.part(0..text.len()), None),
    };
    Some(Pair { key, value, place: scalar.place, alias: scalar.alias })
}

#[cfg(test)]
mod tests {
    use crate::compose::testing::with_service;

    /// Each pair as its key, its value, where the value is written, and where the pair is; `?` is unknown, `-` is absent.
    fn pairs(environment: &str) -> Vec<[String; 4]> {
        let text = format!("x: &x {{ M: merged }}\nservices:\n  a:\n    image: x\n    environment: {environment}\n");
        with_service(&text, |service| {
            let known = |scalar: &super::Scalar| scalar.known().unwrap_or("?").to_owned();
            let of_pair = |pair: &super::Pair| {
                let value = pair.value.as_ref();
                let place = value.map_or("", |value| &text[value.place.range]).to_owned();
                [known(&pair.key), value.map_or("-".to_owned(), known), place, text[pair.place.range].to_owned()]
            };
            service.environment().iter().map(of_pair).collect()
        })
    }

    #[test]
    fn reads_both_forms() {
        assert_eq!(
            pairs("{A: b, N: 1, B: true, E: '', U:, $K: x, L: [a], <<: *x}"),
            [
                ["A", "b", "b", "A: b"],
                ["N", "1", "1", "N: 1"],
                ["B", "true", "true", "B: true"],
                ["E", "", "''", "E: ''"],
                ["U", "-", "", "U:"],
                ["$K", "x", "x", "$K: x"],
                ["M", "merged", "merged", "M: merged"],
            ]
        );
        assert_eq!(
            pairs("['A=b=c', B, \"C=\", {d: e}]"),
            [["A", "b=c", "b=c", "'A=b=c'"], ["B", "-", "", "B"], ["C", "", "", "\"C=\""]]
        );
    }

    #[test]
    fn values_with_variables() {
        assert_eq!(pairs("['A=${B:-c}d']"), [["A", "cd", "${B:-c}d", "'A=${B:-c}d'"]]);
        assert_eq!(pairs("['A=${B}']"), [["A", "?", "${B}", "'A=${B}'"]]);
        assert_eq!(pairs("['${K}=v']"), [["?", "v", "v", "'${K}=v'"]]);
        assert!(pairs("text").is_empty());
    }
}
