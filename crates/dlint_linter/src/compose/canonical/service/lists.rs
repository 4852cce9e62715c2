//! Lists, and mappings that may be written as lists.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{map, of_node, of_scalar, path_text};
use crate::check::Files;
use crate::compose::canonical::{Item, Value};
use crate::compose::dotenv::{self, Variables};
use crate::compose::unique;
use crate::compose::{Field, Node, Pair, Place, Scalar, Service};

/// Keys with values, as a mapping of strings.
pub(super) fn pairs(node: &Node<'_>) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    for pair in Pair::read_all(node) {
        let Some(key) = pair.key.known() else { continue };
        let value = pair.value.as_ref().map_or(Item::text("", pair.place), |value| of_scalar(value, None));
        entries.insert(key.to_owned(), value);
    }
    Item { value: Value::Map(entries.into_iter().collect()), place: Some(node.place()) }
}

/// Build arguments; one without value is the variable of the shell, and none where that is not set.
pub(super) fn arguments(node: &Node<'_>) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    for pair in Pair::read_all(node) {
        let Some(key) = pair.key.known() else { continue };
        let item = match &pair.value {
            Some(value) => of_scalar(value, None),
            None => match node.layer().env.get(key) {
                dlint_syntax::dockerfile::Lookup::Set(text) => Item::text(text, pair.place),
                _ => continue,
            },
        };
        entries.insert(key.to_owned(), item);
    }
    Item { value: Value::Map(entries.into_iter().collect()), place: Some(node.place()) }
}

/// The labels: those of the files first, and then those of `labels`, which hold.
pub(super) fn labels(service: &Service<'_>, files: &dyn Files) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    let list = service.field("label_file").map(|field| field.value);
    let named = list.map(|list| if list.is_sequence() { list.items() } else { vec![list] }).unwrap_or_default();
    for (node, path) in named.iter().filter_map(|node| Some((node, node.scalar()?))) {
        let Some(text) = path.known().and_then(|name| files.text(&node.join(name))) else { continue };
        // What they refer to is looked for in the file alone.
        for variable in dotenv::parse(&text, &Variables::closed()) {
            if let Some(dlint_syntax::dockerfile::Value::Known(text)) = variable.value {
                entries.insert(variable.name, Item::text(text, path.place));
            }
        }
    }
    for pair in service.labels() {
        let Some(key) = pair.key.known() else { continue };
        let value = pair.value.as_ref().map_or(Item::text("", pair.place), |value| of_scalar(value, None));
        entries.insert(key.to_owned(), value);
    }
    Item::added(Value::Map(entries.into_iter().collect()))
}

/// The networks of a service; none are the default one, unless something else says where it is.
pub(super) fn networks(node: &Node<'_>, has_other: bool) -> Item {
    let Item { value, place } = names(node);
    let mut networks = match value {
        Value::Map(entries) if has_other || !entries.is_empty() => entries,
        Value::Map(_) => vec![("default".to_owned(), Item::added(Value::Null))],
        value => return Item { value, place },
    };
    for (name, item) in &mut networks {
        let (Some(written), Value::Map(entries)) = (node.get(name), &mut item.value) else { continue };
        for (key, item) in entries {
            match (key.as_str(), written.get(key)) {
                ("aliases" | "link_local_ips", Some(list)) => {
                    *item = strings(&list, &["services", "", "networks", "", key]);
                }
                ("driver_opts", Some(options)) => *item = pairs(&options),
                _ => {}
            }
        }
    }
    Item { value: Value::Map(networks), place }
}

/// A list of names, or a mapping from them, as a mapping.
pub(super) fn names(node: &Node<'_>) -> Item {
    if node.is_mapping() {
        return of_node(node);
    }
    let name = |scalar: Scalar| {
        let item = Item { value: Value::Null, place: Some(scalar.place) };
        Some((scalar.known()?.to_owned(), item))
    };
    Item { value: Value::Map(node.scalars().into_iter().filter_map(name).collect()), place: Some(node.place()) }
}

/// A list, or the one scalar, as a list without what it says twice. `path`: the keys that lead to it.
pub(super) fn strings(node: &Node<'_>, path: &[&str]) -> Item {
    let items = if node.is_sequence() { unique::of(node.items(), path) } else { vec![node.clone()] };
    let scalars = items.iter().filter_map(Node::scalar);
    let items = scalars.map(|scalar| of_scalar(&scalar, None)).collect();
    Item { value: Value::List(items), place: Some(node.place()) }
}

pub(super) fn granted(node: &Node<'_>, folder: Option<&str>) -> Item {
    let items = node.items().into_iter().map(|item| {
        if item.is_mapping() {
            let entries = item.fields().into_iter().map(|field| {
                let mode = field.value.scalar().and_then(|it| it.known()?.parse::<u32>().ok());
                let written = field.value.view().and_then(dlint_syntax::yaml::View::scalar);
                let item = match (field.name.as_ref(), mode, written) {
                    ("mode", Some(mode), Some(dlint_syntax::yaml::Scalar::Int(_))) => {
                        Item::text(format!("0{mode:o}"), field.value.place())
                    }
                    _ => of_node(&field.value),
                };
                (field.name.to_string(), item)
            });
            let mut entries: Vec<(String, Item)> = entries.collect();
            let source = item.scalar_of("source").and_then(|source| source.known().map(str::to_owned));
            if let (Some(folder), Some(source), None) = (folder, source, item.get("target")) {
                entries.push(("target".to_owned(), Item::added(Value::Text(format!("{folder}/{source}")))));
            }
            return Item { value: Value::Map(entries), place: Some(item.place()) };
        }
        let Some(source) = item.scalar() else { return of_node(&item) };
        let target =
            folder.zip(source.known()).map(|(folder, name)| Item::added(Value::Text(format!("{folder}/{name}"))));
        map(vec![("source", Some(of_scalar(&source, Some(&item)))), ("target", target)], source.place)
    });
    Item { value: Value::List(items.collect()), place: Some(node.place()) }
}

/// Named build contexts; one that is a folder of this machine is given from the project's folder.
pub(super) fn contexts(node: &Node<'_>) -> Item {
    let mut entries: BTreeMap<String, Item> = BTreeMap::new();
    for pair in Pair::read_all(node) {
        let (Some(key), Some(value)) = (pair.key.known(), &pair.value) else { continue };
        let item = match value.known() {
            Some(path) if !path.contains(':') => Item::text(path_text(&node.join(path)), value.place),
            _ => of_scalar(value, None),
        };
        entries.insert(key.to_owned(), item);
    }
    Item { value: Value::Map(entries.into_iter().collect()), place: Some(node.place()) }
}

/// `host=address`, whichever sign and form it is written with.
pub(super) fn hosts(node: &Node<'_>) -> Item {
    let mut items: Vec<(String, Place)> = Vec::new();
    let mut of_field = |field: &Field<'_>| {
        for address in field.value.one_or_many() {
            let text = format!("{}={}", field.name, address.known().unwrap_or("${…}").trim_matches(['[', ']']));
            items.push((text, address.place));
        }
    };
    if node.is_mapping() {
        node.fields().iter().for_each(&mut of_field);
    } else {
        for item in node.items() {
            if let Some(field) = item.as_pair() {
                of_field(field);
            }
        }
        for item in node.items() {
            let Some(text) = item.scalar().and_then(|it| it.known().map(str::to_owned)) else { continue };
            let (host, address) = text.split_once('=').or_else(|| text.split_once(':')).unwrap_or((&text, ""));
            items.push((format!("{host}={}", address.trim_matches(['[', ']'])), item.place()));
        }
    }
    items.sort_by(|one, other| one.0.cmp(&other.0));
    items.dedup_by(|one, other| one.0 == other.0);
    let items = items.into_iter().map(|(text, place)| Item::text(text, place)).collect();
    Item { value: Value::List(items), place: Some(node.place()) }
}

/// The variables of the container: those of the files first, and then those of `environment`, which hold.
pub(super) fn environment(service: &Service<'_>, files: &dyn Files) -> BTreeMap<String, Item> {
    let mut found: BTreeMap<String, Item> = BTreeMap::new();
    let own = service.environment();
    let list = service.field("env_file");
    for entry in list
        .map(|field| if field.value.is_sequence() { field.value.items() } else { vec![field.value] })
        .unwrap_or_default()
    {
        let (path, is_raw) = if entry.is_mapping() {
            (entry.scalar_of("path"), entry.scalar_of("format").is_some_and(|format| format.is("raw")))
        } else {
            (entry.scalar(), false)
        };
        let Some(path) = path else { continue };
        let Some(text) = path.known().and_then(|name| files.text(&entry.join(name))) else { continue };
        // A file may refer to what the service sets, to the project's variables, to itself and to the files before it.
        let mut outer = Variables::default();
        for pair in own {
            if let (Some(name), Some(value)) = (pair.key.known(), &pair.value) {
                outer.set(name, value.value.clone());
            }
        }
        let mut earlier = Variables::default();
        for (name, item) in &found {
            if let Value::Text(text) = &item.value {
                earlier.set(name, dlint_syntax::dockerfile::Value::Known(text.as_str().into()));
            }
        }
        let env = &entry.layer().env;
        let outer = outer.over(Rc::clone(env));
        let variables = if is_raw { dotenv::parse_raw(&text) } else { dotenv::parse_after(&text, &outer, earlier) };
        for variable in variables {
            let value = variable.value.or_else(|| match env.get(&variable.name) {
                dlint_syntax::dockerfile::Lookup::Set(text) => Some(dlint_syntax::dockerfile::Value::Known(text)),
                _ => None,
            });
            let item = match value {
                Some(dlint_syntax::dockerfile::Value::Known(text)) => Item::text(text, path.place),
                Some(dlint_syntax::dockerfile::Value::Unknown) => {
                    Item { value: Value::Unknown("${…}".to_owned()), place: Some(path.place) }
                }
                None => continue,
            };
            found.insert(variable.name, item);
        }
    }
    for pair in own {
        let Some(key) = pair.key.known() else { continue };
        let item = match &pair.value {
            Some(value) => of_scalar(value, None),
            None => match service.body.layer().env.get(key) {
                dlint_syntax::dockerfile::Lookup::Set(text) => Item::text(text, pair.place),
                _ => Item { value: Value::Null, place: Some(pair.place) },
            },
        };
        found.insert(key.to_owned(), item);
    }
    found
}
