//! The rules that the names in a comment stand for.

use std::sync::LazyLock;

use super::comment::Tool;
use crate::diagnostic::Category;
use crate::rule::{RuleId, RuleSet};
use dlint_syntax::hash::{HashMap, HashMapExt};

/// The rules that a name stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) rules: RuleSet,
    /// A code of ShellCheck, whose own findings all go by one rule.
    pub(super) code: Option<u32>,
}

/// Everything that a rule can be called, in lower case: a file may have very many comments.
static KNOWN: LazyLock<HashMap<String, RuleSet>> = LazyLock::new(|| {
    let mut known: HashMap<String, RuleSet> = HashMap::new();
    let mut add = |name: &str, id: RuleId| known.entry(name.to_ascii_lowercase()).or_default().insert(id);
    for id in RuleId::all() {
        for alias in id.rule().aliases {
            add(alias, id);
            if let Some((tool, code)) = alias.split_once(':') {
                add(code, id);
                add(&format!("{tool}:all"), id);
            }
        }
    }
    // What is a name of dlint's own means that alone.
    for category in Category::ALL {
        let rules = RuleId::all().filter(|id| id.rule().category == category).collect();
        known.insert(category.name().to_owned(), rules);
    }
    for id in RuleId::all() {
        known.insert(id.rule().name.to_owned(), std::iter::once(id).collect());
    }
    known.insert("all".to_owned(), RuleId::all().collect());
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
        (rules, code) => Some(Named { rules: rules.copied().unwrap_or_default(), code }),
    }
}

/// All rules.
pub(super) fn all() -> Named {
    Named { rules: RuleId::all().collect(), code: None }
}
