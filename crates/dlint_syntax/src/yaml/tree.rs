//! The arena: nodes, comments, documents.

use std::sync::Arc;

use super::error::YamlError;
use super::view::View;
use crate::text::{TextRange, TextSize};

/// A node's index in its [`Yaml`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A YAML file: its documents, comments and errors.
#[derive(Debug, Clone)]
pub struct Yaml {
    pub(super) text: Arc<str>,
    pub(super) nodes: Vec<Node>,
    /// The children of all collections: those of one collection side by side. A mapping's are key, value, key, value…
    pub(super) children: Vec<Child>,
    pub(super) properties: Vec<Properties>,
    /// Values that are not in the text as they are (escapes, folded lines).
    pub(super) decoded: String,
    pub(super) documents: Vec<Document>,
    pub(super) comments: Vec<Comment>,
    pub(super) errors: Vec<YamlError>,
}

impl Yaml {
    /// The text that was read. All ranges are byte ranges in it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The documents (parts between `---`) in file order; at least one unless the file has no content.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The comments in file order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// What Docker Compose would refuse, in file order.
    pub fn errors(&self) -> &[YamlError] {
        &self.errors
    }

    /// The root of the first document, or none for a file without content.
    pub fn root(&self) -> Option<View<'_>> {
        self.documents.first().and_then(|document| document.root).map(|id| self.view(id))
    }

    /// The roots of all documents that have content.
    pub fn roots(&self) -> impl Iterator<Item = View<'_>> {
        self.documents.iter().filter_map(|document| document.root).map(|id| self.view(id))
    }

    /// A handle for reading the node.
    pub fn view(&self, id: NodeId) -> View<'_> {
        View::new(self, id)
    }

    /// How many nodes the tree has: keys, values, items and aliases as they are written.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }

    /// Moves all offsets that are inside of a character to its start.
    pub(super) fn snap(&mut self) {
        let text = Arc::clone(&self.text);
        let offset = |at: TextSize| TextSize::new(floor(&text, usize::from(at)) as u32);
        let snap = |range: &mut TextRange| *range = TextRange::new(offset(range.start()), offset(range.end()));
        self.nodes.iter_mut().for_each(|node| snap(&mut node.range));
        self.children
            .iter_mut()
            .filter(|child| child.start != NO_COLON)
            .for_each(|child| child.start = offset(child.start));
        self.comments.iter_mut().for_each(|comment| snap(&mut comment.range));
        self.documents.iter_mut().for_each(|document| snap(&mut document.range));
        for error in &mut self.errors {
            snap(&mut error.range);
            if let Some((range, _)) = &mut error.related {
                snap(range);
            }
        }
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    pub(super) fn children(&self, span: Span) -> &[Child] {
        &self.children[span.first as usize..(span.first + span.len) as usize]
    }

    pub(super) fn properties_of(&self, node: &Node) -> Option<&Properties> {
        self.properties.get(node.properties as usize)
    }

    /// The value of a scalar, the name of an alias, and the empty string for a collection.
    pub(super) fn value(&self, node: &Node) -> &str {
        match node.data {
            Data::Scalar { value: Value::InText(range), .. } => &self.text[range],
            Data::Scalar { value: Value::Decoded(range), .. } => &self.decoded[range],
            Data::Alias { .. } => &self.text[node.range][1..],
            Data::Sequence { .. } | Data::Mapping { .. } => "",
        }
    }
}

/// One document of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// Its root node; none if it could not be read at all.
    pub root: Option<NodeId>,
    /// From its `---`, or its first content, to its end (`...`, the next `---`, the end of the file).
    pub range: TextRange,
}

/// A comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    /// From its `#` to the end of the line, without the line break.
    pub range: TextRange,
    /// Whether nothing but blanks precedes it on its line.
    pub own_line: bool,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`: lines are kept.
    Literal,
    /// `>`: lines are folded.
    Folded,
}

/// How a collection is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// By indentation.
    Block,
    /// In brackets.
    Flow,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The content: with quotes, brackets and block scalar header, without tag and anchor.
    pub(super) range: TextRange,
    pub(super) data: Data,
    /// Index into [`Yaml::properties`], or [`NO_PROPERTIES`].
    pub(super) properties: u32,
}

/// The start of a value without a colon: the key alone is written.
pub(super) const NO_COLON: TextSize = TextSize::new(u32::MAX);

pub(super) const NO_PROPERTIES: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
pub(super) enum Data {
    Scalar {
        style: ScalarStyle,
        value: Value,
    },
    Sequence {
        style: Style,
        items: Span,
    },
    Mapping {
        style: Style,
        merges: bool,
        /// See [`View::is_plain`]; false for a tree that was not checked.
        plain: bool,
        entries: Span,
    },
    Alias {
        target: Option<NodeId>,
    },
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Value {
    /// A part of the text.
    InText(TextRange),
    /// A part of [`Yaml::decoded`].
    Decoded(TextRange),
}

/// A part of [`Yaml::children`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: u32,
    pub(super) len: u32,
}

/// A node in its place in a collection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Child {
    pub(super) node: NodeId,
    /// Where it starts with what introduces it: an item's `-`, a key's `?`, tag or anchor, a value's colon, or [`NO_COLON`].
    pub(super) start: TextSize,
}

/// What may precede a node's content.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Properties {
    pub(super) tag: Option<TextRange>,
    pub(super) anchor: Option<TextRange>,
}

/// The nearest character boundary at or before `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
