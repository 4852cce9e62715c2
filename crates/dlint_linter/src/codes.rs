//! Codes of other tools, where several stand for one rule of dlint. A finding says which of them it answers to
//! ([`Diagnostic::codes`]), so that who ignores one does not ignore what the others are about.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::rule::{Rule, RuleId, RuleSet};
use crate::selector::Selector;

/// A rule, and the alias that stands for a part of it; `None` for all of it.
pub(crate) type Part = (RuleId, Option<&'static str>);

/// The tool of an alias (`tool:code`).
pub(crate) fn tool(alias: &str) -> &str {
    alias.split_once(':').map_or("", |(tool, _)| tool)
}

/// Whether the tool of an alias has other codes, too, for the rule.
pub(crate) fn is_part(rule: &Rule, alias: &str) -> bool {
    rule.aliases.iter().any(|other| *other != alias && tool(other) == tool(alias))
}

/// What is ignored: rules, and of others what codes of other tools are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ignored {
    pub(crate) rules: RuleSet,
    codes: BTreeSet<(RuleId, &'static str)>,
}

impl Ignored {
    /// Adds what a name stands for. All codes that a tool has for a rule are the rule.
    pub(crate) fn add(&mut self, selector: &Selector) {
        for (id, alias) in selector.parts() {
            let Some(alias) = alias else {
                self.rules.insert(id);
                continue;
            };
            self.codes.insert((id, alias));
            let mut all = id.rule().aliases.iter().filter(|other| tool(other) == tool(alias));
            if all.all(|other| self.codes.contains(&(id, *other))) {
                self.rules.insert(id);
            }
        }
    }

    /// Forgets a rule and its codes.
    pub(crate) fn remove(&mut self, rule: RuleId) {
        self.rules.remove(rule);
        self.codes.retain(|(id, _)| *id != rule);
    }

    /// Whether a part of a rule is ignored.
    pub(crate) fn has_part_of(&self, rule: RuleId) -> bool {
        self.codes.range((rule, "")..).next().is_some_and(|(id, _)| *id == rule)
    }

    /// Whether no part of any rule is ignored.
    pub(crate) fn has_no_parts(&self) -> bool {
        self.codes.is_empty()
    }

    /// Whether a finding is ignored.
    pub(crate) fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let is_of_code = || {
            let mut codes = self.codes.range((diagnostic.rule, "")..).take_while(|(id, _)| *id == diagnostic.rule);
            codes.any(|(_, code)| diagnostic.answers_to(code))
        };
        self.rules.contains(diagnostic.rule) || is_of_code()
    }
}
