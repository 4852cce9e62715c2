//! Values of a project: what Compose has after `extends`, `include` and overrides, each with the place where it is written.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::Environment;
use dlint_syntax::yaml::{self, Kind, View};

use super::interpolate::NoEnvironment;
use super::place::{FileId, Place};
use super::scalar::Scalar;

/// What holds for everything that is written in a file of a project: its variables, and the folder of its relative paths.
#[derive(Clone)]
pub struct Layer {
    /// The file.
    pub file: FileId,
    /// The variables.
    pub env: Rc<dyn Environment>,
    /// The folder that relative paths are relative to, as the paths of documents are given.
    pub folder: Rc<Path>,
}

impl Layer {
    /// A document that is read alone, with nothing known of its variables.
    pub fn alone(folder: &Path) -> Self {
        Self { file: FileId::CHECKED, env: Rc::new(NoEnvironment), folder: Rc::from(folder) }
    }
}

/// A value. Cheap to clone.
///
/// Most values stand in one file; a node is then a [`View`] with its [`Layer`]. What several files say together is a collection of
/// nodes that may each be from another one. Aliases are followed and merge keys (`<<`) applied. An entry with the tag `!reset` is not there.
#[derive(Clone)]
pub struct Node<'a> {
    repr: Repr<'a>,
    layer: Rc<Layer>,
}

#[derive(Clone)]
enum Repr<'a> {
    Written(View<'a>),
    /// Nothing: the value of a name that is written as the item of a list where Compose makes a mapping of it.
    Nothing(TextRange),
    Mapping(Rc<Collection<Field<'a>>>),
    Sequence(Rc<Collection<Node<'a>>>),
    /// An entry of a mapping, where Compose makes a list of `KEY=VALUE` of it.
    Pair(Rc<Field<'a>>),
}

struct Collection<T> {
    place: Place,
    items: Vec<T>,
    /// The keys that `!reset` takes away.
    removed: BTreeSet<String>,
}

/// An entry of a mapping.
#[derive(Clone)]
pub struct Field<'a> {
    /// The key.
    pub name: Cow<'a, str>,
    /// The key as it is written: a key, or the item of a list that stands for one.
    pub key: Node<'a>,
    /// Where the key is written.
    pub key_place: Place,
    /// Where the entry is written, from the key to the end of the value.
    pub place: Place,
    /// The value, with an alias followed.
    pub value: Node<'a>,
    /// The alias or merge key by which the entry came into the mapping, or the alias that is its value.
    pub alias: Option<Place>,
}

impl<'a> Field<'a> {
    fn written(entry: &yaml::Entry<'a>, layer: &Rc<Layer>) -> Option<Self> {
        let at = |range| Place { file: layer.file, range };
        let value = entry.value.resolve();
        Some(Self {
            name: Cow::Borrowed(entry.name()?),
            key: Node::of_view(entry.key, layer),
            key_place: at(entry.key.range()),
            place: at(entry.range()),
            alias: entry.via().or(value.via()).map(at),
            value: Node::of_view(value, layer),
        })
    }

    /// An entry for a name that is written as the item of a list.
    pub(super) fn of_item(name: String, item: Node<'a>, value: Node<'a>) -> Self {
        let place = item.place();
        Self { name: Cow::Owned(name), key_place: place, place, alias: item.via(), key: item, value }
    }

    /// The same entry with another value.
    pub(super) fn with_value(&self, value: Node<'a>) -> Self {
        Self { value, ..self.clone() }
    }

    /// The key as a scalar; Compose replaces no variables in a key.
    pub fn key_scalar(&self) -> Option<Scalar> {
        match &self.key.repr {
            Repr::Written(view) => Scalar::key(*view, &self.key.layer),
            _ => None,
        }
    }
}

impl<'a> Node<'a> {
    /// A value that is written.
    pub fn written(view: View<'a>, layer: Layer) -> Self {
        Self { repr: Repr::Written(view.resolve()), layer: Rc::new(layer) }
    }

    fn of_view(view: View<'a>, layer: &Rc<Layer>) -> Self {
        Self { repr: Repr::Written(view.resolve()), layer: Rc::clone(layer) }
    }

    /// Another value that is written in the same file.
    #[must_use]
    pub fn at(&self, view: View<'a>) -> Self {
        Self::of_view(view, &self.layer)
    }

    /// Nothing, standing where this node stands.
    pub(super) fn nothing(&self) -> Self {
        Self { repr: Repr::Nothing(self.place().range), layer: Rc::clone(&self.layer) }
    }

    /// A mapping of entries that may come from several files. `like`: the node that it is put in the place of.
    pub(super) fn mapping(like: &Self, fields: Vec<Field<'a>>, removed: BTreeSet<String>) -> Self {
        let collection = Collection { place: like.place(), items: fields, removed };
        Self { repr: Repr::Mapping(Rc::new(collection)), layer: Rc::clone(&like.layer) }
    }

    /// A sequence of items that may come from several files. `like`: the node that it is put in the place of.
    pub(super) fn sequence(like: &Self, items: Vec<Self>) -> Self {
        let collection = Collection { place: like.place(), items, removed: BTreeSet::new() };
        Self { repr: Repr::Sequence(Rc::new(collection)), layer: Rc::clone(&like.layer) }
    }

    /// An entry of a mapping as an item of a list.
    pub(super) fn pair(field: Field<'a>) -> Self {
        Self { layer: Rc::clone(&field.value.layer), repr: Repr::Pair(Rc::new(field)) }
    }

    /// The entry that stands for an item of a list of `KEY=VALUE`.
    pub fn as_pair(&self) -> Option<&Field<'a>> {
        match &self.repr {
            Repr::Pair(field) => Some(field),
            _ => None,
        }
    }

    /// The view, for a value that is written in one place as a whole.
    pub fn view(&self) -> Option<View<'a>> {
        match self.repr {
            Repr::Written(view) => Some(view),
            _ => None,
        }
    }

    /// What holds for what is written in the node's file.
    pub fn layer(&self) -> &Layer {
        &self.layer
    }

    /// The folder that a relative path in this value is relative to.
    pub fn folder(&self) -> &Path {
        &self.layer.folder
    }

    /// Where it is written; for what several files say, where one of them says it: the checked one, if it does.
    pub fn place(&self) -> Place {
        let range = match &self.repr {
            Repr::Written(view) => view.range(),
            Repr::Nothing(range) => *range,
            Repr::Mapping(collection) => return collection.place,
            Repr::Sequence(collection) => return collection.place,
            Repr::Pair(field) => return field.place,
        };
        Place { file: self.layer.file, range }
    }

    /// The alias or merge key by which a reader came to it.
    pub fn via(&self) -> Option<Place> {
        match &self.repr {
            Repr::Written(view) => view.via().map(|range| Place { file: self.layer.file, range }),
            Repr::Pair(field) => field.alias,
            _ => None,
        }
    }

    /// What it is.
    pub fn kind(&self) -> Kind {
        match &self.repr {
            Repr::Written(view) => view.kind(),
            Repr::Nothing(_) | Repr::Pair(_) => Kind::Scalar,
            Repr::Mapping(_) => Kind::Mapping,
            Repr::Sequence(_) => Kind::Sequence,
        }
    }

    /// Whether it is a mapping.
    pub fn is_mapping(&self) -> bool {
        self.kind() == Kind::Mapping
    }

    /// Whether it is a sequence.
    pub fn is_sequence(&self) -> bool {
        self.kind() == Kind::Sequence
    }

    /// Whether it is null: nothing, `~` or `null`.
    pub fn is_null(&self) -> bool {
        match &self.repr {
            Repr::Written(view) => view.is_null(),
            Repr::Nothing(_) => true,
            _ => false,
        }
    }

    /// Whether it is not written: the value of a name that is the item of a list.
    pub fn is_implied(&self) -> bool {
        matches!(self.repr, Repr::Nothing(_))
    }

    /// The tag as it is written (`!reset`).
    pub fn tag(&self) -> Option<&'a str> {
        self.view()?.tag().map(|(tag, _)| tag)
    }

    /// Whether it has the tag `!reset`: it is taken away, wherever it is written.
    pub fn is_reset(&self) -> bool {
        self.view().is_some_and(is_reset)
    }

    /// The entries of a mapping, in order; none for anything else.
    pub fn fields(&self) -> Vec<Field<'a>> {
        match &self.repr {
            Repr::Written(view) if view.is_plain() => {
                view.own_entries().filter_map(|entry| Field::written(&entry, &self.layer)).collect()
            }
            // What is taken away does not hide what a merge key brings.
            Repr::Written(view) => view
                .entries_where(&|entry| !is_reset(entry.value))
                .filter_map(|entry| Field::written(&entry, &self.layer))
                .collect(),
            Repr::Mapping(collection) => collection.items.clone(),
            _ => Vec::new(),
        }
    }

    /// Like [`fields`](Self::fields), with those that `!reset` takes away.
    pub(super) fn fields_with_reset(&self) -> Vec<Field<'a>> {
        match &self.repr {
            Repr::Written(view) => view.entries().filter_map(|entry| Field::written(&entry, &self.layer)).collect(),
            _ => self.fields(),
        }
    }

    /// The entry with this key.
    pub fn field(&self, key: &str) -> Option<Field<'a>> {
        match &self.repr {
            Repr::Written(view) => {
                let entry = view.entry_where(key, &|entry| !is_reset(entry.value))?;
                Field::written(&entry, &self.layer)
            }
            Repr::Mapping(collection) => collection.items.iter().find(|field| field.name == key).cloned(),
            _ => None,
        }
    }

    /// The value with this key.
    pub fn get(&self, key: &str) -> Option<Self> {
        match &self.repr {
            Repr::Written(view) => {
                let entry = view.entry_where(key, &|entry| !is_reset(entry.value))?;
                Some(Self::of_view(entry.value, &self.layer))
            }
            Repr::Mapping(collection) => {
                collection.items.iter().find(|field| field.name == key).map(|field| field.value.clone())
            }
            _ => None,
        }
    }

    /// Whether something is said of a key, be it that `!reset` takes it away.
    pub fn mentions(&self, key: &str) -> bool {
        match &self.repr {
            Repr::Written(view) => view.entry(key).is_some(),
            Repr::Mapping(collection) => {
                collection.removed.contains(key) || collection.items.iter().any(|field| field.name == key)
            }
            _ => false,
        }
    }

    /// The keys that `!reset` takes away.
    pub(crate) fn removed(&self) -> BTreeSet<String> {
        match &self.repr {
            Repr::Written(view) => {
                let reset = view.entries().filter(|entry| is_reset(entry.value));
                reset.filter_map(|entry| entry.name().map(str::to_owned)).collect()
            }
            Repr::Mapping(collection) => collection.removed.clone(),
            _ => BTreeSet::new(),
        }
    }

    /// The items of a sequence, in order; none for anything else.
    pub fn items(&self) -> Vec<Self> {
        match &self.repr {
            Repr::Written(view) => {
                view.items().filter(|item| !is_reset(*item)).map(|item| Self::of_view(item, &self.layer)).collect()
            }
            Repr::Sequence(collection) => collection.items.clone(),
            _ => Vec::new(),
        }
    }

    /// The text of a scalar as it is written: decoded, without variables replaced.
    pub fn text(&self) -> Option<&'a str> {
        self.view()?.text()
    }

    /// The scalar; none for a collection and for null.
    pub fn scalar(&self) -> Option<Scalar> {
        Scalar::of(self.view()?, &self.layer)
    }

    /// The scalar that a mapping has for this key.
    pub fn scalar_of(&self, key: &str) -> Option<Scalar> {
        let field = self.field(key)?;
        let mut scalar = field.value.scalar()?;
        scalar.alias = field.alias;
        Some(scalar)
    }

    /// The scalar, if YAML takes it for a string. That another type is wrong is told elsewhere.
    pub fn string(&self) -> Option<Scalar> {
        self.view()?.as_str()?;
        self.scalar()
    }

    /// The string that a mapping has for this key.
    pub fn string_of(&self, key: &str) -> Option<Scalar> {
        let field = self.field(key)?;
        let mut scalar = field.value.string()?;
        scalar.alias = field.alias;
        Some(scalar)
    }

    /// The strings of a list, or the one string, where Compose takes both.
    pub fn strings(&self) -> Vec<Scalar> {
        if self.is_sequence() {
            self.items().iter().filter_map(Self::string).collect()
        } else {
            self.string().into_iter().collect()
        }
    }

    /// The scalars of a list; nothing for what is no list.
    pub fn scalars(&self) -> Vec<Scalar> {
        self.items().iter().filter_map(Self::scalar).collect()
    }

    /// The scalars of a list, or the one scalar, where Compose takes both.
    pub fn one_or_many(&self) -> Vec<Scalar> {
        if self.is_sequence() { self.scalars() } else { self.scalar().into_iter().collect() }
    }

    /// A path that is written in this value, from the folder that document paths are relative to.
    pub fn join(&self, path: &str) -> PathBuf {
        self.folder().join(path)
    }
}

/// Whether a value stands for nothing: a lower file has one that is taken away.
pub(crate) fn is_reset(view: View<'_>) -> bool {
    view.tag().is_some_and(|(tag, _)| tag == "!reset")
}
