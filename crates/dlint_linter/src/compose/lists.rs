//! The lists of a file in which Compose keeps one of several entries that mean the same.

use super::Project;
use super::node::Node;
use super::port::Port;
use super::unique::{self, Key};
use dlint_syntax::hash::{HashSet, HashSetExt};

/// Such a list, as it is written.
pub struct UniqueList<'a> {
    /// The keys that lead to it from the top; names of services and networks are among them.
    pub path: Vec<String>,
    /// The list.
    pub node: Node<'a>,
    key: Key,
}

/// The paths in a service; `*` is any entry of a mapping.
const IN_SERVICE: [&[&str]; 26] = [
    &["annotations"],
    &["build", "additional_contexts"],
    &["build", "args"],
    &["build", "labels"],
    &["build", "tags"],
    &["cap_add"],
    &["cap_drop"],
    &["configs"],
    &["deploy", "labels"],
    &["devices"],
    &["dns"],
    &["dns_opt"],
    &["dns_search"],
    &["env_file"],
    &["environment"],
    &["expose"],
    &["labels"],
    &["links"],
    &["networks", "*", "aliases"],
    &["networks", "*", "link_local_ips"],
    &["ports"],
    &["profiles"],
    &["secrets"],
    &["sysctls"],
    &["tmpfs"],
    &["volumes"],
];

/// A list that has several entries of one identity.
pub struct DoubledList<'a> {
    /// The list.
    pub list: UniqueList<'a>,
    /// Its items, each with its identity; `None` where a variable decides.
    pub items: Vec<(Node<'a>, Option<String>)>,
}

impl<'a> DoubledList<'a> {
    /// All such lists of a project's own documents.
    pub(super) fn all(project: &Project<'a>) -> Vec<Self> {
        UniqueList::of_project(project).into_iter().filter_map(Self::of).collect()
    }

    fn of(list: UniqueList<'a>) -> Option<Self> {
        let items = list.node.items();
        let items: Vec<(Node<'a>, Option<String>)> =
            items.into_iter().map(|item| (item.clone(), list.identity(&item))).collect();
        let mut seen = HashSet::new();
        let has_two = items.iter().filter_map(|(_, identity)| identity.as_ref()).any(|identity| !seen.insert(identity));
        has_two.then_some(Self { list, items })
    }
}

impl<'a> UniqueList<'a> {
    /// All such lists of a project's own documents.
    fn of_project(project: &Project<'a>) -> Vec<Self> {
        let mut lists = Vec::new();
        for service in project.services_as_written() {
            for field in &service.fields {
                // Few keys have a list below them; a path is built only where one is found.
                for path in IN_SERVICE.iter().filter(|path| path[0] == field.name) {
                    let mut keys = vec!["services", &service.entry.name, path[0]];
                    collect(&field.value, &path[1..], &mut keys, &mut lists);
                }
            }
        }
        for networks in project.written.iter().filter_map(|root| root.get("networks")) {
            collect(&networks, &["*", "labels"], &mut vec!["networks"], &mut lists);
        }
        lists
    }

    /// The last key of its path.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// What an item is known by; `None` where a variable decides.
    pub fn identity(&self, item: &Node<'_>) -> Option<String> {
        // The name counts, also where the value depends on a variable.
        if let Some((name, _)) = item.text().and_then(|text| text.split_once('='))
            && !name.contains('$')
        {
            return Some(name.to_owned());
        }
        (self.key)(item)
    }
}

fn collect<'a, 'p>(node: &Node<'a>, keys: &[&'p str], path: &mut Vec<&'p str>, lists: &mut Vec<UniqueList<'a>>) {
    let Some((key, rest)) = keys.split_first() else {
        // Of one item, none is kept in place of another.
        let is_list = node.is_sequence() && node.view().is_none_or(|view| view.items().nth(1).is_some());
        if is_list && let Some(key) = unique::key(path) {
            let path = path.iter().map(|key| (*key).to_owned()).collect();
            lists.push(UniqueList { path, node: node.clone(), key });
        }
        return;
    };
    if *key != "*" {
        if let Some(value) = node.get(key) {
            path.push(key);
            collect(&value, rest, path, lists);
            path.pop();
        }
        return;
    }
    for field in node.fields() {
        let mut path = path.clone();
        path.push(&field.name);
        collect(&field.value, rest, &mut path, lists);
    }
}

/// Whether two entries say the same.
pub fn is_same_entry(one: &Node<'_>, other: &Node<'_>) -> bool {
    match (one.text(), other.text()) {
        (Some(left), Some(right)) if left == right => true,
        // `80:80` and `80:80/tcp`, but not what a variable decides.
        (Some(_), Some(_)) => {
            let identity = |node: &Node<'_>| Port::read(node).ok().and_then(|port| port.identity());
            identity(one).is_some() && identity(one) == identity(other)
        }
        (None, None) => {
            let (left, right) = (one.fields(), other.fields());
            left.len() == right.len()
                && right
                    .iter()
                    .all(|field| one.get(&field.name).is_some_and(|value| is_same_entry(&value, &field.value)))
        }
        _ => false,
    }
}
