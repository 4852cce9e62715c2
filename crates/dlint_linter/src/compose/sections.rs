//! The top-level sections beside `services`: `volumes`, `networks`, `secrets` and others.

use std::cell::OnceCell;

use super::node::{Field, Node};
use dlint_syntax::hash::HashMap;

/// The entries of the top-level sections, by section and name. Built when first asked for: services ask for many of them.
pub(super) struct Sections<'a> {
    root: Node<'a>,
    entries: OnceCell<HashMap<String, HashMap<String, Field<'a>>>>,
    for_swarm: OnceCell<bool>,
}

/// What only Swarm heeds in `deploy`.
///
/// Source: Compose Deploy Specification, and what Docker Compose makes of it when it creates containers.
pub(crate) const SWARM_KEYS: [&str; 5] = ["placement", "update_config", "rollback_config", "endpoint_mode", "mode"];

impl<'a> Sections<'a> {
    pub(super) fn new(root: Node<'a>) -> Self {
        Self { root, entries: OnceCell::new(), for_swarm: OnceCell::new() }
    }

    /// Whether the project uses what only Swarm has: see [`SWARM_KEYS`]; networks of the driver `overlay`.
    pub(super) fn is_for_swarm(&self) -> bool {
        *self.for_swarm.get_or_init(|| {
            let of = |section: &str| self.root.get(section).map(|it| it.fields()).unwrap_or_default();
            let deploys = |service: Field<'a>| {
                let deploy = service.value.get("deploy");
                deploy.is_some_and(|deploy| SWARM_KEYS.iter().any(|key| deploy.field(key).is_some()))
            };
            of("services").into_iter().any(deploys)
                || of("networks")
                    .iter()
                    .any(|it| it.value.scalar_of("driver").is_some_and(|driver| driver.is("overlay")))
        })
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
