//! What a benchmark or guide asks for, item by item, with the rules that look for it.

use crate::rule::RuleId;

/// An item of a benchmark or guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Its number, or its name where it has none.
    pub code: &'static str,
    /// What it is about.
    pub about: &'static str,
    /// Names of rules.
    rules: &'static [&'static str],
    /// Why no rule looks for it, or for all of it.
    pub note: Option<&'static str>,
}

impl Item {
    pub(super) const fn new(code: &'static str, about: &'static str, rules: &'static [&'static str]) -> Self {
        Self { code, about, rules, note: None }
    }

    pub(super) const fn noted(self, note: &'static str) -> Self {
        Self { note: Some(note), ..self }
    }

    /// The names of its rules, as they are written.
    #[cfg(test)]
    pub(super) const fn names(&self) -> &'static [&'static str] {
        self.rules
    }
}

/// What is needed to tell whether a rule is one of an item's.
pub(super) fn is_of(item: &Item, rule: RuleId, tool: &str) -> bool {
    let rule = rule.rule();
    let is_alias = |alias: &&str| alias.split_once(':').is_some_and(|(name, code)| name == tool && code == item.code);
    item.rules.contains(&rule.name) || rule.aliases.iter().any(is_alias)
}
