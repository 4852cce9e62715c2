//! The top-level sections beside `services`: `volumes`, `networks`, `secrets` and others.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::node::{Field, Node};

/// The entries of the top-level sections, by section and name. Built when first asked for: services ask for many of them.
pub(super) struct Sections<'a> {
    root: Node<'a>,
    entries: OnceCell<HashMap<String, HashMap<String, Field<'a>>>>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(root: Node<'a>) -> Self {
        Self { root, entries: OnceCell::new() }
    }

    /// The entry of a section with this name.
    pub(super) fn field(&self, section: &str, name: &str) -> Option<Field<'a>> {
        self.entries.get_or_init(|| self.read()).get(section)?.get(name).cloned()
    }

    fn read(&self) -> HashMap<String, HashMap<String, Field<'a>>> {
        let sections = self.root.fields().into_iter().filter(|section| section.name != "services");
        let by_name = |section: Field<'a>| {
            let entries = section.value.fields().into_iter().map(|entry| (entry.name.to_string(), entry)).collect();
            (section.name.into_owned(), entries)
        };
        sections.map(by_name).collect()
    }
}
