//! What holds for some services of Compose files only.

use std::collections::BTreeMap;

use dlint_syntax::TextRange;

use super::Config;
use crate::codes::Ignored;
use crate::diagnostic::{Category, Diagnostic, Level};
use crate::document::{Document, Tree};
use crate::rule::RuleId;
use crate::suppress::{Suppressed, Suppressor};
use crate::wildcard;

/// Rules that are off, or have another level, in some services of Compose files.
#[derive(Debug, Clone)]
pub struct ServiceOverride {
    /// The names of the services; `*` stands for any characters.
    pub services: Vec<String>,
    /// The rules whose findings there are suppressed.
    pub ignored: Ignored,
    /// The levels of rules there.
    pub levels: BTreeMap<RuleId, Level>,
    /// Why.
    pub reason: Option<String>,
}

/// A service of a Compose file: its name, and the bytes from its name to its end.
type Entry<'d> = (&'d str, TextRange);

/// Gives findings in services their level there, and takes out those that are suppressed there. What Docker refuses stays.
pub(crate) fn split(document: &Document, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<Suppressed> {
    if config.services.is_empty() || diagnostics.is_empty() {
        return Vec::new();
    }
    let entries = entries(document);
    let mut suppressed = Vec::new();
    let mut kept = Vec::with_capacity(diagnostics.len());
    for mut diagnostic in diagnostics.drain(..) {
        let Some(name) = service(&entries, &diagnostic) else {
            kept.push(diagnostic);
            continue;
        };
        let holds = |it: &&ServiceOverride| it.services.iter().any(|pattern| wildcard::matches(pattern, name));
        let mut overrides = config.services.iter().rev().filter(holds);
        let decides =
            |it: &&ServiceOverride| it.ignored.covers(&diagnostic) || it.levels.contains_key(&diagnostic.rule);
        let Some(last) = overrides.find(decides).filter(|_| diagnostic.category != Category::Syntax) else {
            kept.push(diagnostic);
            continue;
        };
        // Within one override, what is off has the last word.
        if last.ignored.covers(&diagnostic) {
            let by = Suppressor::Configuration;
            suppressed.push(Suppressed { diagnostic, reason: last.reason.clone(), by });
            continue;
        }
        if let Some(&level) = last.levels.get(&diagnostic.rule) {
            diagnostic.level = level;
        }
        kept.push(diagnostic);
    }
    *diagnostics = kept;
    suppressed
}

/// The services of a document, in the order of their places.
fn entries(document: &Document) -> Vec<Entry<'_>> {
    let Tree::Compose(yaml) = document.tree() else { return Vec::new() };
    let sections =
        yaml.roots().flat_map(|root| root.own_entries().filter(|section| section.name() == Some("services")));
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for section in sections {
        entries.extend(section.value.own_entries().filter_map(|entry| Some((entry.name()?, entry.range()))));
    }
    entries.sort_by_key(|(_, range)| range.start());
    entries
}

/// The name of the service in which a finding lies.
fn service<'d>(entries: &[Entry<'d>], diagnostic: &Diagnostic) -> Option<&'d str> {
    let at = diagnostic.range.start();
    let index = entries.partition_point(|(_, range)| range.start() <= at).checked_sub(1)?;
    entries.get(index).filter(|(_, range)| at <= range.end()).map(|&(name, _)| name)
}
