//! Laying one file over another, as Compose does.
//!
//! Source: Compose file reference, "Merge Compose files"; what the reference leaves open is compose-go's `override` package.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::node::{Field, Node};
use super::place::FileId;
use super::unique;
use dlint_syntax::hash::{HashMap, HashMapExt};

/// How many entries may be looked at while files are laid over each other. A service that extends a service that extends … can make
/// a small file a large project.
pub(super) const MAX_WORK: usize = 200_000;

/// Mappings of as many entries are searched one by one.
const MOST_WITHOUT_INDEX: usize = 32;

/// Two values that cannot be laid over each other: a list and a mapping, a mapping and a scalar.
pub(super) struct Clash<'a> {
    /// The keys that lead to it.
    pub(super) path: Vec<String>,
    pub(super) base: Node<'a>,
    pub(super) over: Node<'a>,
}

/// Lays values over each other, and keeps what went wrong.
#[derive(Default)]
pub(super) struct Merger<'a> {
    pub(super) clashes: Vec<Clash<'a>>,
    /// Whether a service is laid over the one that it extends, both as they are written.
    pub(super) is_extension: bool,
    /// Whether what is laid over is the project that includes what is below: what is the same in both is one thing.
    pub(super) is_inclusion: bool,
    work: usize,
    path: Vec<String>,
}

/// What is not laid over each other key by key, or appended.
enum Special {
    /// The upper value holds.
    Replace,
    /// A mapping, or a list of `KEY=VALUE`: a list of both.
    Pairs,
    /// A list, or one scalar: a list of both.
    Strings,
    /// A mapping, or a list of its keys: a mapping.
    Names,
    /// The same; a name in a list says what a mapping says without being told.
    Dependencies,
    Build,
    Logging,
    /// SSH agents and keys: only a mapping can be laid over others.
    Agents,
    /// A list, or `all`.
    Gpus,
    /// A list of mappings that are told apart by `subnet`.
    Ipam,
}

fn special(path: &[&str]) -> Option<Special> {
    Some(match path {
        ["services", _, rest @ ..] => match rest {
            ["command" | "entrypoint"] | ["healthcheck", "test"] | ["ulimits", _] => Special::Replace,
            ["annotations" | "environment" | "extra_hosts" | "labels" | "sysctls"]
            | ["build", "args" | "additional_contexts" | "extra_hosts" | "labels"]
            | ["deploy", "labels"] => Special::Pairs,
            ["dns" | "dns_opt" | "dns_search" | "env_file" | "label_file" | "tmpfs"] => Special::Strings,
            ["depends_on"] => Special::Dependencies,
            ["models" | "networks"] => Special::Names,
            ["build", "ssh"] => Special::Agents,
            ["build"] => Special::Build,
            ["logging"] => Special::Logging,
            ["gpus"] => Special::Gpus,
            _ => return None,
        },
        ["networks" | "volumes", _, "labels"] => Special::Pairs,
        ["networks", _, "ipam", "config"] => Special::Ipam,
        _ => return None,
    })
}

impl<'a> Merger<'a> {
    /// Whether more was asked for than a project of people needs.
    pub(super) fn is_exhausted(&self) -> bool {
        self.work > MAX_WORK
    }

    /// Lays `over` over `base`, both at `path` in the project.
    pub(super) fn merge(&mut self, base: &Node<'a>, over: &Node<'a>, path: &[&str]) -> Node<'a> {
        self.path = path.iter().map(|&key| key.to_owned()).collect();
        self.combine(base, over)
    }

    fn combine(&mut self, base: &Node<'a>, over: &Node<'a>) -> Node<'a> {
        self.work += 1;
        if self.is_exhausted() {
            return over.clone();
        }
        match over.tag() {
            // Compose does not look at the tag of a whole document.
            Some("!override") if !self.path.is_empty() => return over.clone(),
            Some("!merge") if base.is_sequence() && over.is_sequence() => return self.positional(base, over),
            _ => {}
        }
        let keys: Vec<&str> = self.path.iter().map(String::as_str).collect();
        match special(&keys) {
            Some(Special::Replace) => over.clone(),
            // Compose has made a mapping of the lower list by now, and does not look at the upper one.
            Some(Special::Agents) if over.is_sequence() => self.clash(base, over),
            Some(Special::Pairs) => {
                let removed = over.removed();
                let mut lower = pairs(base);
                if base.is_mapping() {
                    lower.retain(|it| it.as_pair().is_none_or(|pair| !removed.contains(pair.name.as_ref())));
                }
                self.append(base, over, &lower, &pairs(over))
            }
            Some(Special::Strings) => self.append(base, over, &one_or_many(base), &one_or_many(over)),
            Some(Special::Names) if !over.is_null() => self.mappings(&names(base), &names(over)),
            Some(Special::Dependencies) if !over.is_null() => {
                let (base, over) = (names(base), names(over));
                let named: Vec<_> = over.fields().into_iter().filter(|it| it.value.is_implied()).collect();
                let without_defaults = |field: Field<'a>| {
                    if !named.iter().any(|it| it.name == field.name) {
                        return field;
                    }
                    let kept = field.value.fields().into_iter().filter(|it| it.name == "restart").collect();
                    field.with_value(Node::mapping(&field.value, kept, BTreeSet::new()))
                };
                let fields = base.fields().into_iter().map(without_defaults).collect();
                self.mappings(&Node::mapping(&base, fields, base.removed()), &over)
            }
            Some(Special::Build) if !over.is_null() => self.mappings(&build(base), &build(over)),
            Some(Special::Logging) if base.is_mapping() && over.is_mapping() && !is_same_driver(base, over) => {
                over.clone()
            }
            Some(Special::Ipam) if base.is_sequence() && over.is_sequence() => self.by_subnet(base, over),
            Some(Special::Logging) if base.is_mapping() && over.is_null() => self.clash(base, over),
            // By now Compose has made a list of the lower `all`.
            Some(Special::Gpus) if !self.is_extension && base.string().is_some() && over.string().is_some() => {
                self.clash(base, over)
            }
            _ if over.is_null() => base.clone(),
            // What a name in a list says without being told holds below what is told.
            _ if base.is_implied() && over.is_mapping() && matches!(keys[..], [_, _, "depends_on", _]) => {
                Node::mapping(over, over.fields(), over.removed())
            }
            _ if base.is_mapping() && over.is_mapping() => self.mappings(base, over),
            _ if base.is_sequence() && over.is_sequence() => self.append(base, over, &base.items(), &over.items()),
            _ if base.is_mapping() || base.is_sequence() => self.clash(base, over),
            _ => over.clone(),
        }
    }

    fn clash(&mut self, base: &Node<'a>, over: &Node<'a>) -> Node<'a> {
        self.clashes.push(Clash { path: self.path.clone(), base: base.clone(), over: over.clone() });
        over.clone()
    }

    fn mappings(&mut self, base: &Node<'a>, over: &Node<'a>) -> Node<'a> {
        let mut fields = base.fields();
        let mut removed: BTreeSet<String> = base.removed();
        let upper = over.fields_with_reset();
        self.work += fields.len() + upper.len();
        // An index of a few entries takes longer than it saves.
        let is_small = fields.len() + upper.len() <= MOST_WITHOUT_INDEX;
        let mut index: HashMap<Cow<'a, str>, usize> = HashMap::new();
        if !is_small {
            index.extend(fields.iter().enumerate().map(|(at, field)| (field.name.clone(), at)));
        }
        let mut gone = BTreeSet::new();
        for field in upper {
            let at = if is_small {
                (0..fields.len()).find(|at| fields[*at].name == field.name && !gone.contains(at))
            } else {
                index.get(field.name.as_ref()).copied()
            };
            if field.value.is_reset() {
                gone.extend(at);
                index.remove(field.name.as_ref());
                removed.insert(field.name.to_string());
                continue;
            }
            removed.remove(field.name.as_ref());
            let Some(at) = at else {
                if !is_small {
                    index.insert(field.name.clone(), fields.len());
                }
                fields.push(field);
                continue;
            };
            if self.is_inclusion && self.path.len() == 1 && super::load::is_same(&fields[at].value, &field.value) {
                continue;
            }
            self.path.push(field.name.to_string());
            let value = self.combine(&fields[at].value, &field.value);
            self.path.pop();
            // A service is where it is first defined: what it lacks, it lacks there.
            let of_base = self.path.as_slice() == ["services"];
            let place = if of_base { &fields[at] } else { responsible(&fields[at], &field) };
            fields[at] = place.with_value(value);
        }
        let mut at = 0;
        fields.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        Node::mapping(place_of(base, over), fields, removed)
    }

    fn append(&mut self, base: &Node<'a>, over: &Node<'a>, first: &[Node<'a>], second: &[Node<'a>]) -> Node<'a> {
        self.work += first.len() + second.len();
        let items = first.iter().chain(second).cloned().collect();
        let keys: Vec<&str> = self.path.iter().map(String::as_str).collect();
        Node::sequence(place_of(base, over), unique::of(items, &keys))
    }

    /// Item by item: what the tag `!merge` asks for. An item that says nothing keeps the one below.
    fn positional(&mut self, base: &Node<'a>, over: &Node<'a>) -> Node<'a> {
        let (lower, upper) = (base.items(), over.items());
        let says_nothing = |item: &Node<'a>| {
            item.is_null() || (item.scalar().is_none() && item.fields().is_empty() && item.items().is_empty())
        };
        let items = (0..lower.len().max(upper.len())).filter_map(|at| match (lower.get(at), upper.get(at)) {
            (Some(lower), Some(upper)) if !says_nothing(upper) => {
                self.path.push(at.to_string());
                let item = self.combine(lower, upper);
                self.path.pop();
                Some(item)
            }
            (Some(item), _) | (None, Some(item)) => Some(item.clone()),
            (None, None) => None,
        });
        let items = items.collect();
        Node::sequence(place_of(base, over), items)
    }

    fn by_subnet(&mut self, base: &Node<'a>, over: &Node<'a>) -> Node<'a> {
        let subnet = |item: &Node<'a>| item.scalar_of("subnet").and_then(|it| it.known().map(str::to_owned));
        let mut items = base.items();
        for upper in over.items() {
            match items.iter().position(|item| subnet(item) == subnet(&upper)) {
                Some(at) => items[at] = self.mappings(&items[at].clone(), &upper),
                None => items.push(upper),
            }
        }
        Node::sequence(place_of(base, over), items)
    }
}

/// Whichever of two nodes a finding about both should point at.
fn place_of<'n, 'a>(base: &'n Node<'a>, over: &'n Node<'a>) -> &'n Node<'a> {
    if over.place().file != FileId::CHECKED && base.place().file == FileId::CHECKED { base } else { over }
}

fn responsible<'n, 'a>(base: &'n Field<'a>, over: &'n Field<'a>) -> &'n Field<'a> {
    if over.place.file != FileId::CHECKED && base.place.file == FileId::CHECKED { base } else { over }
}

fn is_same_driver(base: &Node<'_>, over: &Node<'_>) -> bool {
    match (base.scalar_of("driver"), over.scalar_of("driver")) {
        (Some(base), Some(over)) => base.value == over.value,
        _ => true,
    }
}

fn pairs<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    if node.is_mapping() {
        return node.fields().into_iter().map(Node::pair).collect();
    }
    one_or_many(node)
}

fn one_or_many<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    if node.is_sequence() {
        node.items()
    } else if node.string().is_some() {
        vec![node.clone()]
    } else {
        // Compose drops what is neither, without a word.
        Vec::new()
    }
}

/// A list of names as a mapping from them to nothing.
fn names<'a>(node: &Node<'a>) -> Node<'a> {
    if !node.is_sequence() {
        return node.clone();
    }
    let field = |item: Node<'a>| {
        let name = item.scalar()?.known()?.to_owned();
        let nothing = item.nothing();
        Some(Field::of_item(name, item, nothing))
    };
    Node::mapping(node, node.items().into_iter().filter_map(field).collect(), BTreeSet::new())
}

/// The short form of `build` as the mapping that it stands for.
fn build<'a>(node: &Node<'a>) -> Node<'a> {
    if node.string().is_none() {
        return node.clone();
    }
    let context = Field::of_item("context".to_owned(), node.clone(), node.clone());
    Node::mapping(node, vec![context], BTreeSet::new())
}
