//! The top-level sections beside `services`: `volumes`, `networks`, `secrets` and others.

use std::cell::OnceCell;
use std::collections::HashMap;

use dlint_syntax::yaml::View;

use super::scalar::{Field, is_reset};

/// The entries of the top-level sections, by section and name. Built when first asked for: services ask for many of them.
pub(super) struct Sections<'a> {
    roots: Vec<View<'a>>,
    entries: OnceCell<HashMap<&'a str, HashMap<&'a str, Field<'a>>>>,
}

impl<'a> Sections<'a> {
    pub(super) fn new(roots: Vec<View<'a>>) -> Self {
        Self { roots, entries: OnceCell::new() }
    }

    /// The entry of a section with this name; of several documents the last has it.
    pub(super) fn field(&self, section: &str, name: &str) -> Option<Field<'a>> {
        self.entries.get_or_init(|| self.read()).get(section)?.get(name).copied()
    }

    fn read(&self) -> HashMap<&'a str, HashMap<&'a str, Field<'a>>> {
        let mut sections: HashMap<&str, HashMap<&str, Field<'a>>> = HashMap::new();
        for section in self.roots.iter().flat_map(|root| root.entries()) {
            let Some(section_name) = section.name().filter(|name| *name != "services") else { continue };
            if is_reset(section.value) {
                sections.remove(section_name);
                continue;
            }
            let entries = sections.entry(section_name).or_default();
            for entry in section.value.entries() {
                let Some(name) = entry.name() else { continue };
                if is_reset(entry.value) {
                    entries.remove(name);
                } else {
                    entries.insert(name, Field::new(&entry));
                }
            }
        }
        sections
    }
}
