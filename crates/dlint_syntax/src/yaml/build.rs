//! Builds the arena from the events of a parser.
//!
//! The events say what there is; a cursor that moves through the text along with them finds the indicators that events leave
//! out (`-`, `?`, `:`), so that items, entries and empty values get their exact places.

use std::ops::Range;

use super::directives;
use super::error::{ErrorKind, YamlError};
use super::tree::{
    Child, Comment, Data, Document, NO_PROPERTIES, Node, NodeId, Properties, ScalarStyle, Span, Style, Value,
};
use super::{MAX_DEPTH, MAX_EXPANDED_DEPTH, MAX_EXPANDED_NODES};
use crate::hash::HashMap;
use crate::text::{self, TextRange, TextSize};

/// What an alias of one node would add to a document.
#[derive(Debug, Clone, Copy)]
struct Weight {
    nodes: u32,
    depth: u32,
}

const LEAF: Weight = Weight { nodes: 1, depth: 1 };
/// As many undefined aliases are reported at most.
const MOST_ERRORS: usize = 1000;
/// The weight of a collection that is not closed yet: an alias to it is a cycle.
const OPEN: Weight = Weight { nodes: 0, depth: 0 };

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Sequence(Style),
    Mapping(Style),
}

#[derive(Debug)]
pub(super) struct Frame {
    node: NodeId,
    pub(super) shape: Shape,
    /// Where its children begin in [`Builder::pending`].
    pub(super) pending: usize,
    weight: Weight,
    merges: bool,
}

/// The arena while it grows.
#[derive(Debug, Default)]
pub(super) struct Builder<'t> {
    pub(super) text: &'t str,
    pub(super) cursor: usize,
    pub(super) frames: Vec<Frame>,
    pub(super) pending: Vec<Child>,
    weights: Vec<Weight>,
    /// The nodes with anchors, by the parser's number minus one.
    anchors: Vec<NodeId>,
    /// The newest node of each anchor name. Filled when an alias asks for a name, up to [`Self::named`] anchors.
    names: HashMap<&'t str, NodeId>,
    named: usize,
    document: Option<(usize, Option<NodeId>)>,
    document_end: usize,
    /// Where the content of the node begins that is being added.
    pub(super) content: usize,
    expanded: u32,
    over_limit: bool,
    pub(super) nodes: Vec<Node>,
    pub(super) children: Vec<Child>,
    pub(super) properties: Vec<Properties>,
    pub(super) decoded: String,
    pub(super) documents: Vec<Document>,
    pub(super) comments: Vec<Comment>,
    pub(super) errors: Vec<YamlError>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // Sized for Compose files, where a node takes 10 to 20 bytes of text.
        let nodes = (text.len() / 12).min(1 << 20);
        Self {
            text,
            nodes: Vec::with_capacity(nodes),
            children: Vec::with_capacity(nodes),
            weights: Vec::with_capacity(nodes),
            ..Self::default()
        }
    }

    /// Where the last token ended.
    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    /// The brackets that are open, innermost first.
    pub(super) fn open_brackets(&self) -> impl Iterator<Item = usize> {
        let starts = self.frames.iter().rev().map(|frame| usize::from(self.nodes[frame.node.index()].range.start()));
        starts.filter(|&start| matches!(self.text.as_bytes().get(start), Some(b'[' | b'{')))
    }

    /// The innermost bracket that is open.
    pub(super) fn open_bracket(&self) -> Option<usize> {
        self.open_brackets().next()
    }

    pub(super) fn document_start(&mut self, explicit: bool, span: &Range<usize>) {
        if self.documents.is_empty() {
            self.errors.extend(directives::stray_end(self.text, span.start));
        }
        if explicit {
            self.errors.extend(directives::check(self.text, self.document_end..span.start.max(self.document_end)));
        }
        if !explicit && !self.documents.is_empty() {
            self.cursor = self.cursor.max(span.end);
            self.skip_blank();
            let word =
                self.text[self.cursor.min(self.text.len())..].split([' ', '\t', '\n', '\r']).next().map_or(0, str::len);
            let error = YamlError::new(
                ErrorKind::Syntax,
                text::range(self.cursor..self.cursor + word),
                "only a new document can follow `...`",
            );
            self.errors.push(error.help("Start it with a line `---`"));
        }
        self.cursor = self.cursor.max(span.end);
        self.document = Some((span.start, None));
        self.expanded = 0;
    }

    pub(super) fn document_end(&mut self, span: &Range<usize>) {
        if let Some((start, root)) = self.document.take() {
            let end = span.start.max(start).max(self.cursor.min(self.text.len()));
            self.documents.push(Document { root, range: text::range(start..end) });
        }
        self.cursor = self.cursor.max(span.end);
        self.document_end = self.cursor;
    }

    pub(super) fn comment(&mut self, span: Range<usize>) {
        let before = &self.text.as_bytes()[..span.start];
        let own_line = before
            .iter()
            .rev()
            .find(|byte| !matches!(byte, b' ' | b'\t'))
            .is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
            || self.text[..span.start].ends_with('\u{feff}');
        self.comments.push(Comment { range: text::range(span), own_line });
    }

    pub(super) fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        span: Range<usize>,
        tag: Option<Range<usize>>,
        anchor: usize,
    ) {
        let start = self.begin(span.start);
        let tagged = tag.is_some() || anchor != 0;
        let empty = span.is_empty() && style == ScalarStyle::Plain;
        let range = match style {
            ScalarStyle::Literal | ScalarStyle::Folded => self.block_scalar_range(&span),
            // Without tag and anchor an empty value stands where its indicator ends.
            _ if empty && !tagged => self.cursor.min(self.text.len())..self.cursor.min(self.text.len()),
            _ => span,
        };
        let binary = tag.as_ref().and_then(|tag| self.binary(value, tag, &range));
        let value = binary.as_deref().unwrap_or(value);
        let value = if empty {
            Value::InText(TextRange::empty((range.end as u32).into()))
        } else {
            self.value(value, style, &range)
        };
        self.cursor = self.cursor.max(range.end);
        let id = self.push(range, Data::Scalar { style, value }, tag, anchor, LEAF);
        self.attach(id, start, LEAF);
    }

    pub(super) fn alias(&mut self, span: Range<usize>, anchor: Option<usize>) {
        let start = self.begin(span.start);
        self.cursor = self.cursor.max(span.end);
        let name = self.text.get(span.start + 1..span.end).unwrap_or_default();
        let target = match anchor {
            Some(anchor) => self.anchors.get(anchor - 1).copied(),
            None => self.earlier_document(name),
        };
        let weight = target.map_or(LEAF, |target| self.weights[target.index()]);
        let range = text::range(span.clone());
        let target = match target {
            None if self.errors.len() >= MOST_ERRORS => None,
            None => {
                self.errors.push(YamlError::new(
                    ErrorKind::UndefinedAlias,
                    range,
                    format!("no anchor `&{name}` is defined before this alias"),
                ));
                None
            }
            Some(target) if weight.nodes == OPEN.nodes => {
                let anchor =
                    self.properties.get(self.nodes[target.index()].properties as usize).and_then(|found| found.anchor);
                let mut error = YamlError::new(
                    ErrorKind::AliasCycle,
                    range,
                    format!("alias `*{name}` stands inside of the value that it names"),
                );
                if let Some(anchor) = anchor {
                    error = error.related(anchor, "the anchor is here");
                }
                self.errors.push(error);
                None
            }
            Some(target) if self.within_limits(weight) => Some(target),
            Some(_) => {
                if !self.over_limit {
                    self.over_limit = true;
                    self.errors.push(YamlError::new(
                        ErrorKind::Limit,
                        range,
                        format!(
                            "with its aliases followed, this document has more than {MAX_EXPANDED_NODES} nodes or {MAX_EXPANDED_DEPTH} levels"
                        ),
                    ));
                }
                None
            }
        };
        let weight = if target.is_some() { weight } else { LEAF };
        let id = self.push(span, Data::Alias { target }, None, 0, weight);
        self.attach(id, start, weight);
    }

    /// Opens a collection. `false`: it would be nested too deep, and nothing was done.
    pub(super) fn open(
        &mut self,
        sequence: bool,
        style: Style,
        span: &Range<usize>,
        tag: Option<Range<usize>>,
        anchor: usize,
    ) -> bool {
        if self.frames.len() >= MAX_DEPTH {
            return false;
        }
        let start = self.begin(span.start);
        let (shape, data) = if sequence {
            (Shape::Sequence(style), Data::Sequence { style, items: Span { first: 0, len: 0 } })
        } else {
            (
                Shape::Mapping(style),
                Data::Mapping { style, merges: false, plain: false, entries: Span { first: 0, len: 0 } },
            )
        };
        // A pair in a flow sequence may start with its `?`, which belongs to the key.
        if matches!(self.text.as_bytes().get(span.start), Some(b'[' | b'{')) {
            self.cursor = self.cursor.max(span.end);
        }
        self.cursor = tag.as_ref().map_or(self.cursor, |tag| self.cursor.max(tag.end));
        let id = self.push(span.clone(), data, tag, anchor, OPEN);
        // A placeholder, so that the parent counts it while it is open.
        self.attach(id, start, Weight { nodes: 0, depth: 0 });
        self.frames.push(Frame { node: id, shape, pending: self.pending.len(), weight: LEAF, merges: false });
        true
    }

    pub(super) fn close(&mut self, span: &Range<usize>) {
        let Some(frame) = self.frames.pop() else { return };
        let span_of_children =
            Span { first: self.children.len() as u32, len: (self.pending.len() - frame.pending) as u32 };
        self.children.extend(self.pending.drain(frame.pending..));
        let written = match frame.shape {
            Shape::Sequence(style) | Shape::Mapping(style) => style,
        };
        // A single pair in a flow sequence (`[a: b]`) is a flow mapping without brackets.
        let opener = self.nodes[frame.node.index()].range.start();
        let bracketed = matches!(self.text.as_bytes().get(usize::from(opener)), Some(b'[' | b'{'));
        let style = if written == Style::Flow && !bracketed { Style::Block } else { written };
        if style == Style::Flow {
            self.cursor = self.cursor.max(span.end);
        }
        let children = &self.children[span_of_children.first as usize..];
        let node = &mut self.nodes[frame.node.index()];
        let start = match (style, children.first()) {
            (Style::Block, Some(first)) => first.start,
            // Cut off before its first child.
            (Style::Block, None) => TextSize::new(self.cursor as u32),
            (Style::Flow, _) => node.range.start(),
        };
        let end = match style {
            Style::Flow => TextSize::new(span.end as u32),
            Style::Block => TextSize::new(self.cursor as u32),
        };
        node.range = TextRange::new(start, end.max(start));
        match &mut node.data {
            Data::Sequence { items, .. } => *items = span_of_children,
            Data::Mapping { entries, merges, .. } => {
                *entries = Span { len: span_of_children.len & !1, ..span_of_children };
                *merges = frame.merges;
            }
            Data::Scalar { .. } | Data::Alias { .. } => {}
        }
        self.weights[frame.node.index()] = frame.weight;
        if let Some(parent) = self.frames.last_mut() {
            parent.weight.nodes = parent.weight.nodes.saturating_add(frame.weight.nodes);
            parent.weight.depth = parent.weight.depth.max(frame.weight.depth + 1);
        }
    }

    /// The range of an anchor, told after the node it belongs to.
    pub(super) fn anchor(&mut self, span: Range<usize>) {
        self.cursor = self.cursor.max(span.end);
        if let Some(properties) = self.properties.last_mut() {
            properties.anchor = Some(text::range(span));
        }
    }

    /// Closes everything that is open: the parser stopped at `at`.
    pub(super) fn cut_off(&mut self, at: usize) {
        while let Some(frame) = self.frames.last() {
            let children = self.pending.len() - frame.pending;
            if matches!(frame.shape, Shape::Mapping(_)) && children % 2 == 1 {
                self.scalar("", ScalarStyle::Plain, self.cursor..self.cursor, None, 0);
            }
            let end = self.cursor;
            self.close(&(end..end));
        }
        self.document_end(&(at..at));
    }

    /// Anchors of earlier documents stay defined for Go's parser.
    fn earlier_document(&mut self, name: &str) -> Option<NodeId> {
        for &id in &self.anchors[self.named..] {
            let properties = self.properties.get(self.nodes[id.index()].properties as usize);
            if let Some(range) = properties.and_then(|properties| properties.anchor) {
                self.names.insert(&self.text[range][1..], id);
            }
        }
        self.named = self.anchors.len();
        self.names.get(name).copied()
    }

    fn within_limits(&mut self, weight: Weight) -> bool {
        let depth = self.frames.len() as u32 + weight.depth;
        let expanded = self.expanded.saturating_add(weight.nodes);
        if self.over_limit || depth > MAX_EXPANDED_DEPTH || expanded > MAX_EXPANDED_NODES {
            return false;
        }
        self.expanded = expanded;
        true
    }

    fn push(
        &mut self,
        range: Range<usize>,
        data: Data,
        tag: Option<Range<usize>>,
        anchor: usize,
        weight: Weight,
    ) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let mut properties = NO_PROPERTIES;
        if tag.is_some() || anchor != 0 {
            properties = self.properties.len() as u32;
            self.properties.push(Properties { tag: tag.map(text::range), anchor: None });
        }
        if anchor != 0 {
            self.anchors.resize(anchor, id);
            self.anchors[anchor - 1] = id;
        }
        self.nodes.push(Node { range: text::range(range), data, properties });
        self.weights.push(weight);
        id
    }

    fn attach(&mut self, id: NodeId, start: usize, weight: Weight) {
        let merge_key = self.is_merge_key(id);
        match self.frames.last_mut() {
            Some(frame) => {
                frame.weight.nodes = frame.weight.nodes.saturating_add(weight.nodes);
                frame.weight.depth = frame.weight.depth.max(weight.depth + 1);
                let is_key = (self.pending.len() - frame.pending).is_multiple_of(2);
                frame.merges |= merge_key && is_key && matches!(frame.shape, Shape::Mapping(_));
                self.pending.push(Child { node: id, start: TextSize::new(start as u32) });
            }
            None => {
                if let Some((_, root @ None)) = &mut self.document {
                    *root = Some(id);
                }
            }
        }
    }

    fn is_merge_key(&self, id: NodeId) -> bool {
        let node = &self.nodes[id.index()];
        matches!(node.data, Data::Scalar { style: ScalarStyle::Plain, .. }) && &self.text[node.range] == "<<"
    }
}
