//! What Go's `yaml.v3` refuses once the text is parsed: duplicate keys, merge keys that merge nothing, values that do not fit
//! their tags.

use std::ops::Range;

use super::error::{ErrorKind, YamlError};
use super::escape;
use super::merge::Entry;
use super::resolve::{self, Scalar};
use super::tabs;
use super::tree::{Data, NO_PROPERTIES, NodeId, ScalarStyle, Style, Yaml};
use super::view::{Kind, View};
use crate::hash::{HashMap, HashMapExt};
use crate::text::{self, TextRange, TextSize};

/// Below this many entries, comparing each with each is faster than hashing.
const FEW: usize = 12;

/// A file with this many errors is no YAML of a person.
const MOST: usize = 1000;

/// Adds the errors of the whole tree. Two keys with a masked line between them are not compared: what separates them may be
/// on that line.
///
/// `source` is what was parsed: the text, with masked lines blank.
pub(super) fn check(yaml: &mut Yaml, source: &str, masked: &[Range<usize>]) {
    let mut errors = tabs::check(yaml, source);
    // A file of another encoding is full of them.
    if let Some(at) = source.find('\0') {
        let message = "control character U+0000 is not allowed";
        errors.push(YamlError::new(ErrorKind::Syntax, text::range(at..at + 1), message));
    }
    let mut plain = Vec::new();
    for index in 0..yaml.nodes.len() {
        if errors.len() >= MOST {
            break;
        }
        let view = yaml.view(NodeId(index as u32));
        if let Some((_, range)) = view.anchor() {
            name(view, range, &mut errors);
        }
        match view.node().data {
            Data::Mapping { merges, .. } => {
                keys(view, &mut errors);
                let is_unique = !duplicates(view, masked, &mut errors);
                if merges {
                    view.own_entries().filter(Entry::is_merge).for_each(|entry| merge_value(entry.value, &mut errors));
                } else if is_unique && view.own_entries().all(is_plain) {
                    plain.push(index);
                }
            }
            Data::Scalar { style, .. } => {
                if style == ScalarStyle::DoubleQuoted {
                    errors.extend(
                        escape::refused(&yaml.text, view.range()).map(|range| escape::error(&yaml.text, range)),
                    );
                }
                if view.node().properties != NO_PROPERTIES {
                    tagged(view, &mut errors);
                }
            }
            Data::Alias { .. } => name(view, view.range(), &mut errors),
            Data::Sequence { .. } => {}
        }
    }
    for index in plain {
        if let Data::Mapping { plain, .. } = &mut yaml.nodes[index].data {
            *plain = true;
        }
    }
    if !errors.is_empty() {
        yaml.errors.append(&mut errors);
        yaml.errors.sort_by_key(|error| (error.range.start(), error.range.end()));
    }
}

/// Keys are the same for Go if they are of one kind (scalar, alias, collection) and have the same text, whatever their type.
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
enum Identity<'y> {
    Scalar(&'y str),
    Alias(&'y str),
    Sequence,
    Mapping,
}

fn identity(key: View<'_>) -> Identity<'_> {
    let text = key.yaml().value(key.node());
    match key.node().data {
        Data::Scalar { .. } => Identity::Scalar(text),
        Data::Alias { .. } => Identity::Alias(text),
        Data::Sequence { .. } => Identity::Sequence,
        Data::Mapping { .. } => Identity::Mapping,
    }
}

/// Keys that YAML 1.2 allows and Go's parser does not: none at all before a colon, and in brackets one of several lines. A
/// key behind `?` may be both.
fn keys(mapping: View<'_>, errors: &mut Vec<YamlError>) {
    let flow = mapping.style() == Some(Style::Flow);
    for entry in mapping.own_entries() {
        let key = entry.key.full_range();
        let Some(colon) = entry.colon() else { continue };
        if key.is_empty() && colon.start() == entry.range().start() {
            errors.push(YamlError::new(ErrorKind::Syntax, colon, "a key is missing before this colon"));
        } else if flow && key.start() == entry.range().start() && mapping.yaml().text()[key].contains('\n') {
            let error = YamlError::new(ErrorKind::Syntax, key, "a key cannot go over several lines");
            errors.push(error.help("If these are two entries, put a comma between them"));
        }
    }
}

/// Go's parser takes letters, digits, `-` and `_` of ASCII only.
fn name(view: View<'_>, range: TextRange, errors: &mut Vec<YamlError>) {
    let text = &view.yaml().text()[range];
    let wrong =
        text.char_indices().skip(1).find(|(_, char)| !(char.is_ascii_alphanumeric() || matches!(char, '-' | '_')));
    if let Some((at, char)) = wrong {
        let place = TextRange::at(range.start() + TextSize::new(at as u32), TextSize::of(char));
        let message = format!("the name of an anchor cannot contain `{char}`");
        errors.push(YamlError::new(ErrorKind::Syntax, place, message).help("Use letters, digits, `-` and `_`"));
    }
}

/// Whether an entry says nothing but what stands there.
fn is_plain(entry: Entry<'_>) -> bool {
    matches!(entry.key.node().data, Data::Scalar { .. }) && entry.value.tag().is_none()
}

/// Reports keys that are there twice, and says whether there may be any.
fn duplicates(mapping: View<'_>, masked: &[Range<usize>], errors: &mut Vec<YamlError>) -> bool {
    let mut found = false;
    let entries = mapping.own_entries();
    if entries.len() <= FEW {
        for (index, entry) in entries.clone().enumerate() {
            let key = identity(entry.key);
            if let Some(first) = entries.clone().take(index).find(|earlier| identity(earlier.key) == key) {
                found = true;
                errors.extend(duplicate(first.key, entry.key, masked));
            }
        }
        return found;
    }
    let mut seen = HashMap::with_capacity(entries.len());
    for entry in entries {
        if errors.len() >= MOST {
            return true;
        }
        let first = *seen.entry(identity(entry.key)).or_insert(entry.key);
        if first.id() != entry.key.id() {
            found = true;
            errors.extend(duplicate(first, entry.key, masked));
        }
    }
    found
}

fn duplicate(first: View<'_>, second: View<'_>, masked: &[Range<usize>]) -> Option<YamlError> {
    let between = usize::from(first.range().end())..usize::from(second.range().start());
    if masked.iter().any(|line| between.start <= line.start && line.end <= between.end) {
        return None;
    }
    let message = match second.text() {
        Some("<<") => "merge key `<<` is written twice in this mapping".to_owned(),
        Some(name) => format!("key `{name}` is defined twice in this mapping"),
        None => "a mapping can have only one key that is a collection".to_owned(),
    };
    let error =
        YamlError::new(ErrorKind::DuplicateKey, second.range(), message).related(first.range(), "first defined here");
    Some(if second.text() == Some("<<") {
        error.help("Merge several mappings with a list: `<<: [*first, *second]`")
    } else {
        error
    })
}

fn merge_value(value: View<'_>, errors: &mut Vec<YamlError>) {
    let wrong = |view: View<'_>| {
        YamlError::new(
            ErrorKind::InvalidMerge,
            place(view),
            "the value of `<<` must be a mapping, an alias to one, or a list of these",
        )
    };
    match value.kind() {
        Kind::Mapping | Kind::Unknown => {}
        Kind::Sequence => {
            errors.extend(value.items().filter(|item| matches!(item.kind(), Kind::Scalar | Kind::Sequence)).map(wrong));
        }
        Kind::Scalar => errors.push(wrong(value)),
    }
}

/// The node's range, or that of its tag where nothing else is written.
fn place(view: View<'_>) -> TextRange {
    if view.range().is_empty() { view.full_range() } else { view.range() }
}

fn tagged(view: View<'_>, errors: &mut Vec<YamlError>) {
    let Some((tag, _)) = view.tag() else { return };
    let Some(wanted) = resolve::core_type(tag) else { return };
    let text = view.text().unwrap_or_default();
    let fits = match (wanted, Scalar::of_plain(text)) {
        ("float", Scalar::Int(_) | Scalar::Float(_))
        | ("int", Scalar::Int(_))
        | ("bool", Scalar::Bool(_))
        | ("null", Scalar::Null) => true,
        ("int" | "float" | "bool" | "null", _) => false,
        ("timestamp", _) => resolve::is_timestamp(text),
        _ => true,
    };
    if !fits {
        errors.push(YamlError::new(
            ErrorKind::InvalidTagValue,
            place(view),
            format!("`{text}` is no value for the tag `{tag}`"),
        ));
    }
}
