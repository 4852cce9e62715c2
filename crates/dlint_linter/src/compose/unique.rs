//! Lists in which Compose keeps only the last of several entries that mean the same.
//!
//! Source: Compose file reference, "Merge Compose files", "Unique resources"; compose-go's `override` package.

use super::node::Node;
use super::port::Port;
use super::scalar::Scalar;
use super::volume::Mount;
use dlint_syntax::hash::{HashMap, HashMapExt};
use std::collections::hash_map::Entry;

/// What tells the items of a list apart.
pub(crate) type Key = fn(&Node<'_>) -> Option<String>;

/// What tells the items of the list at `path` apart; `None` where Compose keeps all.
pub(crate) fn key(path: &[&str]) -> Option<Key> {
    Some(match path {
        ["services", _, rest @ ..] => match rest {
            ["ports"] => |item| Port::read(item).ok()?.identity(),
            ["volumes"] => |item| Mount::read(item).ok()?.written_identity(),
            ["devices"] => device,
            ["secrets"] => |item| mounted(item, "/run/secrets"),
            ["configs"] => |item| mounted(item, ""),
            ["env_file"] => |item| if item.is_mapping() { known(item.scalar_of("path").as_ref()) } else { pair(item) },
            [
                "annotations" | "cap_add" | "cap_drop" | "dns" | "dns_opt" | "dns_search" | "environment" | "expose"
                | "labels" | "links" | "profiles" | "sysctls" | "tmpfs",
            ]
            | ["build", "args" | "additional_contexts" | "tags" | "labels"]
            | ["deploy", "labels"]
            | ["networks", _, "aliases" | "link_local_ips"] => pair,
            ["extra_hosts"] | ["build", "extra_hosts"] => whole,
            _ => return None,
        },
        ["networks", _, "labels"] | ["networks", _, "ipam", "options"] => pair,
        _ => return None,
    })
}

/// The items without those that a later one replaces, which takes their place.
pub(super) fn of<'a>(items: Vec<Node<'a>>, path: &[&str]) -> Vec<Node<'a>> {
    match key(path) {
        Some(key) => last_of_each(items, key),
        None => items,
    }
}

/// With fewer items, keys are found faster one after the other than by their hashes.
const MANY: usize = 16;

/// The items without those that a later one of the same key replaces, which takes their place. Those without key are all kept.
pub(super) fn last_of_each<T>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> Option<String>) -> Vec<T> {
    let items: Vec<T> = items.into_iter().collect();
    match items.len() {
        0 | 1 => items,
        few if few <= MANY => {
            let mut keys: Vec<(String, usize)> = Vec::with_capacity(few);
            replaced(items, key, |key, next| {
                let known = keys.iter().find(|(other, _)| *other == key).map(|(_, at)| *at);
                if known.is_none() {
                    keys.push((key, next));
                }
                known
            })
        }
        _ => {
            let mut places: HashMap<String, usize> = HashMap::new();
            replaced(items, key, |key, next| match places.entry(key) {
                Entry::Occupied(place) => Some(*place.get()),
                Entry::Vacant(place) => {
                    place.insert(next);
                    None
                }
            })
        }
    }
}

/// `known` tells at which place an item of the key is already, and else remembers the place that it is given.
fn replaced<T>(
    items: Vec<T>,
    key: impl Fn(&T) -> Option<String>,
    mut known: impl FnMut(String, usize) -> Option<usize>,
) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        match key(&item).and_then(|key| known(key, kept.len())) {
            Some(at) => kept[at] = item,
            None => kept.push(item),
        }
    }
    kept
}

fn known(scalar: Option<&Scalar>) -> Option<String> {
    scalar?.known().map(str::to_owned)
}

/// What stands before the `=`.
fn pair(item: &Node<'_>) -> Option<String> {
    if let Some(field) = item.as_pair() {
        return Some(field.name.to_string());
    }
    let text = known(item.scalar().as_ref())?;
    Some(text.split('=').next().unwrap_or_default().to_owned())
}

/// An entry with its value: two addresses of one host are two entries.
fn whole(item: &Node<'_>) -> Option<String> {
    match item.as_pair() {
        Some(field) => Some(format!("{}={}", field.name, known(field.value.scalar().as_ref())?)),
        None => known(item.scalar().as_ref()),
    }
}

fn device(item: &Node<'_>) -> Option<String> {
    if item.is_mapping() {
        return known(item.scalar_of("target").as_ref());
    }
    let text = known(item.scalar().as_ref())?;
    let mut parts = text.split(':');
    let first = parts.next().map(str::to_owned);
    parts.next().map(str::to_owned).or(first)
}

fn mounted(item: &Node<'_>, folder: &str) -> Option<String> {
    if item.is_mapping() {
        return known(item.scalar_of("target").as_ref())
            .or_else(|| Some(format!("{folder}/{}", known(item.scalar_of("source").as_ref())?)));
    }
    Some(format!("{folder}/{}", known(item.scalar().as_ref())?))
}
