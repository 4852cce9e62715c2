//! The entries of a mapping, with merge keys (`<<`) applied on reading.

use super::tree::{Child, Data, NO_COLON, NodeId, ScalarStyle};
use super::view::{Kind, View};
use crate::hash::{HashSet, HashSetExt};
use crate::text::{TextRange, TextSize};

/// A key with its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'y> {
    /// The key as it is written.
    pub key: View<'y>,
    /// The value as it is written; it may stand on an alias.
    pub value: View<'y>,
    start: TextSize,
    value_start: TextSize,
}

impl<'y> Entry<'y> {
    fn new(mapping: View<'y>, pair: &[Child]) -> Self {
        let [key, value] = pair else { unreachable!("entries are pairs") };
        Self {
            key: mapping.child(key.node),
            value: mapping.child(value.node),
            start: key.start,
            value_start: value.start,
        }
    }

    /// The text of a key that is a scalar, whatever its type, and of an alias to one.
    pub fn name(&self) -> Option<&'y str> {
        self.key.text()
    }

    /// From the key's first byte (its `?`, tag or anchor, if it has one) to the end of the value: where the entry is written, which
    /// may be in the definition of an anchor.
    pub fn range(&self) -> TextRange {
        let key = self.key.full_range();
        let start = self.start.min(key.start());
        let end = self.value.range().end().max(key.end()).max(self.start);
        TextRange::new(start, self.colon().map_or(end, |colon| end.max(colon.end())))
    }

    /// The colon between key and value, if there is one.
    pub fn colon(&self) -> Option<TextRange> {
        (self.value_start != NO_COLON).then(|| TextRange::at(self.value_start, TextSize::new(1)))
    }

    /// The alias or merge key by which the entry came into the mapping; none for one that is written in it. See [`View::via`].
    pub fn via(&self) -> Option<TextRange> {
        self.key.via()
    }

    /// Whether the key is a merge key: a plain `<<`.
    pub fn is_merge(&self) -> bool {
        is_merge_key(self.key)
    }
}

fn is_merge_key(key: View<'_>) -> bool {
    let node = key.node();
    matches!(node.data, Data::Scalar { style: ScalarStyle::Plain, .. })
        && key.yaml().value(node) == "<<"
        && key.tag().is_none_or(|(tag, _)| matches!(tag, "!" | "!!merge"))
}

impl<'y> View<'y> {
    /// The entries that are written in the mapping itself, in order, with duplicates and `<<`; none for anything else.
    pub fn own_entries(self) -> impl DoubleEndedIterator<Item = Entry<'y>> + ExactSizeIterator + Clone {
        let mapping = self.resolve();
        mapping.pairs().chunks_exact(2).map(move |pair| Entry::new(mapping, pair))
    }

    /// The entries that the mapping has for Docker Compose: its own without `<<`, and then those of the merged mappings whose keys
    /// it does not have. Nothing for what is no mapping.
    pub fn entries(self) -> Entries<'y> {
        let mapping = self.resolve();
        if !mapping.merges() {
            return Entries(Source::Own { mapping, pairs: mapping.pairs() });
        }
        self.merged_entries(&|_| true)
    }

    /// Like [`entries`](Self::entries), as if only the entries were written that `keep` wants. Of several that have one key, the first.
    pub fn entries_where(self, keep: &dyn Fn(&Entry<'y>) -> bool) -> Entries<'y> {
        self.merged_entries(keep)
    }

    fn merged_entries(self, keep: &dyn Fn(&Entry<'y>) -> bool) -> Entries<'y> {
        /// Up to so many entries are compared one by one, which takes less time than to hash them.
        const FEW: usize = 16;
        let mapping = self.resolve();
        if !mapping.merges() && mapping.pairs().len() / 2 <= FEW {
            let mut entries: Vec<Entry<'y>> = Vec::with_capacity(mapping.pairs().len() / 2);
            for entry in mapping.own_entries() {
                let name = entry.name();
                let is_new = name.is_none() || !entries.iter().any(|other| other.name() == name);
                if is_new && keep(&entry) {
                    entries.push(entry);
                }
            }
            return Entries(Source::Merged(entries.into_iter()));
        }
        let mut entries = Vec::new();
        let mut names = HashSet::new();
        mapping.each_merged(&mut |part| {
            let own = part.own_entries().filter(|entry| !entry.is_merge() && keep(entry));
            entries.extend(own.filter(|entry| {
                // Keys that are collections are never equal.
                entry.name().is_none_or(|name| names.insert(name))
            }));
            None::<()>
        });
        Entries(Source::Merged(entries.into_iter()))
    }

    /// Like [`entry`](Self::entry), as if only the entries were written that `keep` wants.
    pub fn entry_where(self, key: &str, keep: &dyn Fn(&Entry<'y>) -> bool) -> Option<Entry<'y>> {
        let mapping = self.resolve();
        if mapping.merges() {
            return mapping.each_merged(&mut |part| part.own_entry(key).filter(keep));
        }
        mapping.own_entry(key).filter(keep)
    }

    /// The effective entry with this key: the mapping's own, or that of the first merged mapping that has one.
    pub fn entry(self, key: &str) -> Option<Entry<'y>> {
        let mapping = self.resolve();
        if mapping.merges() {
            return mapping.each_merged(&mut |part| part.own_entry(key));
        }
        mapping.own_entry(key)
    }

    /// The value of the effective entry with this key; none too for what is no mapping.
    pub fn get(self, key: &str) -> Option<View<'y>> {
        self.entry(key).map(|entry| entry.value)
    }

    fn own_entry(self, key: &str) -> Option<Entry<'y>> {
        let pair = self.pairs().chunks_exact(2).find(|pair| {
            let [child, _] = pair else { return false };
            let child = self.child(child.node);
            child.text() == Some(key) && !is_merge_key(child)
        })?;
        Some(Entry::new(self, pair))
    }

    fn pairs(self) -> &'y [Child] {
        match self.node().data {
            Data::Mapping { entries, .. } => self.yaml().children(entries),
            _ => &[],
        }
    }

    /// Whether a mapping is no more than what is written in it: its keys are scalars and all different, none is a merge key, and no
    /// value has a tag. It is read without comparing its keys. False for anything else, and where that was not found out.
    pub fn is_plain(self) -> bool {
        matches!(self.resolve().node().data, Data::Mapping { plain: true, .. })
    }

    fn merges(self) -> bool {
        matches!(self.node().data, Data::Mapping { merges: true, .. })
    }

    /// Calls `found` with the mapping and then, depth first, with every mapping that is merged into it, each once, until it
    /// gives something. Ends because targets of aliases are complete before their aliases.
    fn each_merged<T>(self, found: &mut impl FnMut(View<'y>) -> Option<T>) -> Option<T> {
        let mut seen: HashSet<NodeId> = HashSet::new();
        let mut stack = vec![self];
        while let Some(mapping) = stack.pop() {
            if !seen.insert(mapping.id()) {
                continue;
            }
            if let Some(result) = found(mapping) {
                return Some(result);
            }
            if mapping.merges() {
                for entry in mapping.own_entries().rev().filter(Entry::is_merge) {
                    stack.extend(merge_sources(&entry).into_iter().rev());
                }
            }
        }
        None
    }
}

/// The mappings that a merge key names, in order.
fn merge_sources<'y>(entry: &Entry<'y>) -> Vec<View<'y>> {
    let value = entry.value;
    // The alias is the better place; a mapping that is written here was reached through the key.
    let source = |view: View<'y>| match view.alias() {
        Some(_) => view.resolve(),
        None => view.reached_via(entry.key.range()),
    };
    let mut sources: Vec<_> = match value.kind() {
        Kind::Mapping => vec![source(value)],
        Kind::Sequence => value.items().map(source).collect(),
        Kind::Scalar | Kind::Unknown => Vec::new(),
    };
    sources.retain(|view| view.kind() == Kind::Mapping);
    sources
}

/// See [`View::entries`].
#[derive(Debug, Clone)]
pub struct Entries<'y>(Source<'y>);

#[derive(Debug, Clone)]
enum Source<'y> {
    Own { mapping: View<'y>, pairs: &'y [Child] },
    Merged(std::vec::IntoIter<Entry<'y>>),
}

impl<'y> Iterator for Entries<'y> {
    type Item = Entry<'y>;

    fn next(&mut self) -> Option<Entry<'y>> {
        match &mut self.0 {
            Source::Own { mapping, pairs } => {
                let (pair, rest) = pairs.split_at_checked(2)?;
                *pairs = rest;
                Some(Entry::new(*mapping, pair))
            }
            Source::Merged(entries) => entries.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match &self.0 {
            Source::Own { pairs, .. } => pairs.len() / 2,
            Source::Merged(entries) => entries.len(),
        };
        (len, Some(len))
    }
}

impl ExactSizeIterator for Entries<'_> {}
