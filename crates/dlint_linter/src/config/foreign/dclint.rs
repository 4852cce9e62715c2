//! `.dclintrc` and its like.
//!
//! Source: dclint's README, "Configuration", and its schema.

use dlint_syntax::yaml::View;

use super::draft::{Draft, Part};
use super::{Source, Tool};
use crate::diagnostic::Level;

pub(super) fn read<'y>(root: View<'y>, source: &mut Source<'y>) -> Draft {
    let mut draft = Draft::new(Tool::Dclint);
    for entry in root.entries() {
        let Some(name) = entry.name() else { continue };
        match name {
            "rules" => {
                for rule in entry.value.entries() {
                    if let Some(name) = rule.name() {
                        read_rule(&mut draft, source, name, rule.key, rule.value);
                    }
                }
            }
            "exclude" => {
                // dclint excludes what has the text anywhere in its path.
                let paths: Vec<String> = source.words(entry.value).into_iter().map(|(_, word)| pattern(word)).collect();
                if !paths.is_empty() {
                    let ignore = vec!["ALL".to_owned()];
                    draft.parts.push(Part { paths, services: Vec::new(), reason: None, ignore });
                }
            }
            "quiet" => {
                if source.flag(entry.value) == Some(true) {
                    source.note(
                        entry.key,
                        "`quiet`, which hides warnings, has no equal; `--fail-on error` only fails for errors",
                    );
                }
            }
            "debug" | "$schema" => {}
            _ => source.note(entry.key, format!("`{name}` is not a key that dclint is known to have")),
        }
    }
    draft
}

/// A pattern of a `.gitignore` for what has a text in its path.
fn pattern(text: &str) -> String {
    let text = text.trim_matches('/');
    if text.contains('/') { format!("**/*{text}*") } else { format!("*{text}*") }
}

fn read_rule<'y>(draft: &mut Draft, source: &mut Source<'y>, name: &str, at: View<'y>, value: View<'y>) {
    let (level, options) = match value.as_sequence() {
        Some(mut items) => (items.next(), items.next()),
        None => (Some(value), None),
    };
    let rules = draft.rules(source, at, name);
    match level.and_then(View::text) {
        Some("0") => {
            draft.ignore(&rules, name, None);
            return;
        }
        Some("1") => draft.level(&rules, name, Level::Warning),
        Some("2") => draft.level(&rules, name, Level::Error),
        _ => source.note(value, format!("is no level of `{name}`: dclint has 0, 1 and 2")),
    }
    for option in options.iter().flat_map(|options| options.entries()) {
        let Some(key) = option.name() else { continue };
        match (name, key) {
            ("service-keys-order", "groups") => {
                let order = groups(source, options, option.value);
                draft.extend_option("misplaced-service-key", "order", order);
            }
            ("service-keys-order", "groupOrder") => {}
            ("top-level-properties-order", "customOrder") => {
                let words = source.words(option.value).into_iter();
                // dclint says `x-properties` where dlint has `x-`.
                let order = words.map(|(_, word)| if word.starts_with("x-") { "x-" } else { word }.to_owned());
                draft.extend_option("misplaced-top-level-key", "order", order);
            }
            _ => source.note(option.key, format!("the option `{key}` of `{name}` has no equal")),
        }
    }
}

/// The keys of all groups, in the order of the groups.
fn groups<'y>(source: &mut Source<'y>, options: Option<View<'y>>, groups: View<'y>) -> Vec<String> {
    let order = options.and_then(|options| options.get("groupOrder")).map(|order| source.words(order));
    let names: Vec<&str> = match order {
        Some(order) => order.into_iter().map(|(_, name)| name).collect(),
        None => groups.entries().filter_map(|group| group.name()).collect(),
    };
    let mut keys = Vec::new();
    for name in names {
        match groups.get(name) {
            Some(group) => keys.extend(source.words(group).into_iter().map(|(_, key)| key.to_owned())),
            None => source.note(groups, format!("the group `{name}` is not written out; its keys may stand anywhere")),
        }
    }
    keys
}
