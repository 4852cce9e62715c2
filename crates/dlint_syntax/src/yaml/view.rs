//! Reading a tree.

use super::resolve::{self, Scalar};
use super::tree::{Data, Node, NodeId, Properties, ScalarStyle, Style, Yaml};
use crate::text::{TextRange, TextSize};

/// A node, for reading. Cheap to copy.
///
/// A view may stand on an alias. [`range`](Self::range) is then the alias, and everything that reads content looks through it.
#[derive(Debug, Clone, Copy)]
pub struct View<'y> {
    yaml: &'y Yaml,
    id: NodeId,
    via: Option<TextRange>,
}

/// What a node is, with aliases followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A single value, null included.
    Scalar,
    /// A list.
    Sequence,
    /// Keys with values.
    Mapping,
    /// An alias that cannot be followed; there is an error for it.
    Unknown,
}

impl<'y> View<'y> {
    pub(super) fn new(yaml: &'y Yaml, id: NodeId) -> Self {
        Self { yaml, id, via: None }
    }

    /// The same reader's view of another node.
    pub(super) fn child(self, id: NodeId) -> Self {
        Self { id, ..self }
    }

    pub(super) fn reached_via(self, via: TextRange) -> Self {
        Self { via: self.via.or(Some(via)), ..self }
    }

    pub(super) fn node(self) -> &'y Node {
        self.yaml.node(self.id)
    }

    /// The tree that the node is in.
    pub fn yaml(self) -> &'y Yaml {
        self.yaml
    }

    /// The node's index.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// The content as it is written here: with quotes, brackets, block scalar header (`|`) and alias sign, without tag and anchor.
    /// A block collection runs from its first key or dash to the end of its last value; a value that is not written has an
    /// empty range behind its colon or dash.
    pub fn range(self) -> TextRange {
        self.node().range
    }

    /// The range with tag and anchor.
    pub fn full_range(self) -> TextRange {
        let properties = self.properties();
        [properties.tag, properties.anchor].into_iter().flatten().fold(self.range(), TextRange::cover)
    }

    /// The alias (`*name`) or merge key (`<<`) by which the reader came to this node, if it is not written where the reader
    /// started: the first one on the way. A message that points at [`range`](Self::range) wants a label here.
    pub fn via(self) -> Option<TextRange> {
        self.via
    }

    /// The node with an alias followed: for `*name` the node with the anchor, else itself. An alias that cannot be followed is
    /// itself.
    #[must_use]
    pub fn resolve(self) -> Self {
        match self.node().data {
            Data::Alias { target: Some(target) } => self.child(target).reached_via(self.range()),
            _ => self,
        }
    }

    /// The name of the alias, for a view that stands on one.
    pub fn alias(self) -> Option<&'y str> {
        matches!(self.node().data, Data::Alias { .. }).then(|| self.yaml.value(self.node()))
    }

    fn properties(self) -> Properties {
        self.yaml.properties_of(self.node()).copied().unwrap_or_default()
    }

    /// The tag as it is written (`!reset`, `!!str`) with its range, with an alias followed.
    pub fn tag(self) -> Option<(&'y str, TextRange)> {
        let range = self.resolve().properties().tag?;
        Some((&self.yaml.text()[range], range))
    }

    /// The name and the range (`&name`) of the anchor that is written at this node.
    pub fn anchor(self) -> Option<(&'y str, TextRange)> {
        let range = self.properties().anchor?;
        Some((&self.yaml.text()[range][1..], range))
    }

    /// What the node is, with aliases followed.
    pub fn kind(self) -> Kind {
        match self.resolve().node().data {
            Data::Scalar { .. } => Kind::Scalar,
            Data::Sequence { .. } => Kind::Sequence,
            Data::Mapping { .. } => Kind::Mapping,
            Data::Alias { .. } => Kind::Unknown,
        }
    }

    /// Whether it is a sequence.
    pub fn is_sequence(self) -> bool {
        self.kind() == Kind::Sequence
    }

    /// Whether it is a mapping.
    pub fn is_mapping(self) -> bool {
        self.kind() == Kind::Mapping
    }

    /// Block or flow, for a collection.
    pub fn style(self) -> Option<Style> {
        match self.resolve().node().data {
            Data::Sequence { style, .. } | Data::Mapping { style, .. } => Some(style),
            Data::Scalar { .. } | Data::Alias { .. } => None,
        }
    }

    /// How a scalar is quoted.
    pub fn scalar_style(self) -> Option<ScalarStyle> {
        match self.resolve().node().data {
            Data::Scalar { style, .. } => Some(style),
            _ => None,
        }
    }

    /// The text of any scalar, decoded: `8080`, `true` and `"a"` alike, and the empty string where nothing is written.
    pub fn text(self) -> Option<&'y str> {
        let node = self.resolve().node();
        matches!(node.data, Data::Scalar { .. }).then(|| self.yaml.value(node))
    }

    /// The text of a scalar that is a string to Docker Compose.
    pub fn as_str(self) -> Option<&'y str> {
        (self.scalar()? == Scalar::Str).then(|| self.text()).flatten()
    }

    /// The value of a boolean as Docker Compose resolves it: plain `true` or `false`.
    pub fn as_bool(self) -> Option<bool> {
        match self.scalar()? {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is null: nothing, `~` or `null`.
    pub fn is_null(self) -> bool {
        self.scalar() == Some(Scalar::Null)
    }

    /// What a scalar means to Docker Compose; none for a collection. Quotes make a string, `!!str` and the like a value of that
    /// type, and any other tag makes a string again.
    pub fn scalar(self) -> Option<Scalar> {
        let resolved = self.resolve();
        let style = resolved.scalar_style()?;
        let text = resolved.text()?;
        if let Some((tag, _)) = resolved.tag() {
            return Some(resolve::of_tagged(text, style, tag));
        }
        Some(if style == ScalarStyle::Plain { Scalar::of_plain(text) } else { Scalar::Str })
    }

    /// The items of a sequence; none for anything else.
    pub fn items(self) -> impl ExactSizeIterator<Item = View<'y>> + DoubleEndedIterator + Clone {
        self.items_with_start().map(|(item, _)| item)
    }

    /// The items of a sequence, each with the range from its `-` (in flow style: its first byte) to its end.
    pub fn items_with_range(
        self,
    ) -> impl ExactSizeIterator<Item = (View<'y>, TextRange)> + DoubleEndedIterator + Clone {
        self.items_with_start().map(|(item, start)| (item, TextRange::new(start, item.range().end().max(start))))
    }

    fn items_with_start(self) -> impl ExactSizeIterator<Item = (View<'y>, TextSize)> + DoubleEndedIterator + Clone {
        let resolved = self.resolve();
        let children = match resolved.node().data {
            Data::Sequence { items, .. } => self.yaml.children(items),
            _ => &[],
        };
        children.iter().map(move |child| (resolved.child(child.node), child.start))
    }

    /// The items of a sequence, or none if it is no sequence.
    pub fn as_sequence(self) -> Option<impl ExactSizeIterator<Item = View<'y>> + DoubleEndedIterator + Clone> {
        self.is_sequence().then(|| self.items())
    }

    /// All nodes from this one down as they are written, parents first, each once: aliases are visited and not followed.
    pub fn walk(self) -> Walk<'y> {
        Walk { stack: vec![self] }
    }
}

/// See [`View::walk`].
#[derive(Debug, Clone)]
pub struct Walk<'y> {
    stack: Vec<View<'y>>,
}

impl<'y> Iterator for Walk<'y> {
    type Item = View<'y>;

    fn next(&mut self) -> Option<View<'y>> {
        let view = self.stack.pop()?;
        if let Data::Sequence { items: span, .. } | Data::Mapping { entries: span, .. } = view.node().data {
            let children = view.yaml.children(span);
            self.stack.extend(children.iter().rev().map(|child| view.child(child.node)));
        }
        Some(view)
    }
}
