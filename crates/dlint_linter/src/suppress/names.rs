//! The rules that the names in a comment stand for.

use std::sync::LazyLock;

use super::comment::Tool;
use crate::codes;
use crate::diagnostic::Category;
use crate::rule::{RuleId, RuleSet};
use dlint_syntax::hash::{HashMap, HashMapExt};

/// The rules that a name stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) rules: RuleSet,
    /// Codes that stand for a part of their rules.
    pub(super) parts: &'static [(RuleId, &'static str)],
    /// A code of ShellCheck, whose own findings all go by one rule.
    pub(super) code: Option<u32>,
}

impl Named {
    /// All rules that it is about.
    pub(super) fn all_rules(&self) -> impl Iterator<Item = RuleId> + '_ {
        self.rules.iter().chain(self.parts.iter().map(|(rule, _)| *rule))
    }
}

/// What a name stands for: rules, and parts of rules.
type Known = (RuleSet, Vec<(RuleId, &'static str)>);

/// Everything that a rule can be called, in lower case: a file may have very many comments.
static KNOWN: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut known: HashMap<String, Known> = HashMap::new();
    let mut add = |name: &str, id: RuleId, alias: Option<&'static str>| {
        let (rules, parts) = known.entry(name.to_ascii_lowercase()).or_default();
        match alias {
            Some(alias) => parts.push((id, alias)),
            None => rules.insert(id),
        }
    };
    for id in RuleId::all() {
        for alias in id.rule().aliases {
            let part = codes::is_part(id.rule(), alias).then_some(*alias);
            add(alias, id, part);
            if let Some((tool, code)) = alias.split_once(':') {
                add(code, id, part);
                add(&format!("{tool}:all"), id, None);
            }
        }
    }
    // What is a name of dlint's own means that alone.
    for category in Category::ALL {
        let rules = RuleId::all().filter(|id| id.rule().category == category).collect();
        known.insert(category.name().to_owned(), (rules, Vec::new()));
    }
    for id in RuleId::all() {
        known.insert(id.rule().name.to_owned(), (std::iter::once(id).collect(), Vec::new()));
    }
    known.insert("all".to_owned(), (RuleId::all().collect(), Vec::new()));
    known
});

/// Resolves a name as a tool means it; `None` if no rule is called so.
pub(super) fn resolve(tool: Tool, name: &str) -> Option<Named> {
    let name = name.to_ascii_lowercase();
    let code = name
        .strip_prefix("shellcheck:")
        .unwrap_or(&name)
        .strip_prefix("sc")
        .and_then(|digits| digits.parse().ok())
        .filter(|code| (1000..=9999).contains(code));
    let known = match tool {
        Tool::Dlint => KNOWN.get(&name),
        Tool::Hadolint if code.is_some() => KNOWN.get(&name),
        Tool::Hadolint => KNOWN.get(&format!("hadolint:{name}")),
        Tool::Buildkit => KNOWN.get(&format!("buildkit:{name}")),
        Tool::Dclint => KNOWN.get(&format!("dclint:{name}")),
    };
    match (known, code) {
        (None, None) => None,
        (known, code) => {
            let (rules, parts) = known.map_or((RuleSet::empty(), [].as_slice()), |(rules, parts)| (*rules, parts));
            Some(Named { rules, parts, code })
        }
    }
}

/// All rules.
pub(super) fn all() -> Named {
    Named { rules: RuleId::all().collect(), parts: &[], code: None }
}
