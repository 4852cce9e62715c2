//! Policies: named sets of rules with levels of their own.

mod cis;
mod guide;
mod hadolint;
mod hardened;
mod items;
mod owasp;

use dlint_syntax::suggest::nearest;

use crate::config::Config;
use crate::diagnostic::{Category, Level};
use crate::rule::{Rule, RuleId};
pub use items::Item;
use items::is_of;

/// A named set of rules.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Its name on the command line and in configuration files.
    pub name: &'static str,
    /// One line, as shown in lists.
    pub summary: &'static str,
    /// The level of a rule under it; `None` for a rule that is no part of it.
    level: fn(RuleId) -> Option<Level>,
    /// What it is made of, if it follows a benchmark or guide that has items.
    items: &'static [Item],
    /// What the items' numbers are called as aliases.
    tool: &'static str,
}

/// The policies that dlint brings, the default first.
pub const POLICIES: [Policy; 7] = [
    Policy::new("recommended", "What is right nearly always (the default)", recommended),
    Policy::new(
        "hardened",
        "What a cautious team wants: the default, and hardening for every service",
        hardened::level,
    ),
    Policy::of_items("cis", "CIS Docker Benchmark 1.6, sections 2, 4 and 5", cis, &cis::ITEMS, "cis"),
    Policy::of_items("owasp", "OWASP's Docker Security Cheat Sheet", owasp, &owasp::ITEMS, "owasp"),
    Policy::of_items("guide", "The dangers that guides to containers name", guide, &guide::ITEMS, "guide"),
    Policy::new("hadolint", "What hadolint checks by default, at its levels", hadolint::level),
    Policy::new("buildkit", "What `docker build --check` checks", buildkit),
];

/// What Compose refuses of a project of which each file can be read.
const OF_PROJECTS: [&str; 4] =
    ["disabled-dependency", "duplicate-container-name", "missing-image", "undefined-reference"];

impl Policy {
    const fn new(name: &'static str, summary: &'static str, level: fn(RuleId) -> Option<Level>) -> Self {
        Self { name, summary, level, items: &[], tool: "" }
    }

    const fn of_items(
        name: &'static str,
        summary: &'static str,
        level: fn(RuleId) -> Option<Level>,
        items: &'static [Item],
        tool: &'static str,
    ) -> Self {
        Self { name, summary, level, items, tool }
    }

    /// The items of the benchmark or guide that it follows, each with its rules; none if it follows none.
    pub fn items(&self) -> impl Iterator<Item = (&'static Item, Vec<RuleId>)> {
        let tool = self.tool;
        self.items.iter().map(move |item| (item, RuleId::all().filter(|&rule| is_of(item, rule, tool)).collect()))
    }

    /// The policy of that name, or the sentence that says what is wrong with the name.
    pub fn named(name: &str) -> Result<Self, String> {
        if let Some(policy) = POLICIES.into_iter().find(|policy| policy.name == name) {
            return Ok(policy);
        }
        let hint = match nearest(name, POLICIES.map(|policy| policy.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are `{}`", POLICIES.map(|policy| policy.name).join("`, `")),
        };
        Err(format!("`{name}` is no policy; {hint}"))
    }

    /// The level of a rule under this policy; `None` for a rule that is no part of it. What Docker refuses is a part of each.
    pub fn level(&self, rule: RuleId) -> Option<Level> {
        let Rule { name, category, level, .. } = rule.rule();
        let is_refused = *category == Category::Syntax || OF_PROJECTS.contains(name);
        (self.level)(rule).or(is_refused.then_some(*level))
    }

    /// Makes it the configuration: exactly its rules are on, at its levels.
    pub fn apply(&self, config: &mut Config) {
        config.enabled = RuleId::all().filter(|&rule| self.level(rule).is_some()).collect();
        for rule in RuleId::all() {
            if let Some(level) = self.level(rule).filter(|&level| level != rule.rule().level) {
                config.set_level(rule, level);
            }
        }
    }
}

fn recommended(rule: RuleId) -> Option<Level> {
    rule.rule().default.then_some(rule.rule().level)
}

fn cis(rule: RuleId) -> Option<Level> {
    of_items(rule, &cis::ITEMS, "cis")
}

fn owasp(rule: RuleId) -> Option<Level> {
    of_items(rule, &owasp::ITEMS, "owasp")
}

fn guide(rule: RuleId) -> Option<Level> {
    of_items(rule, &guide::ITEMS, "guide")
}

/// The level of a rule that an item names: at least a warning, for it is asked for.
fn of_items(rule: RuleId, items: &[Item], tool: &str) -> Option<Level> {
    items.iter().any(|item| is_of(item, rule, tool)).then(|| rule.rule().level.max(Level::Warning))
}

fn buildkit(rule: RuleId) -> Option<Level> {
    // BuildKit has warnings only; what it calls experimental is off until somebody asks for it.
    codes(rule, "buildkit").find(|&code| code != "InvalidDefinitionDescription").map(|_| Level::Warning)
}

/// What a tool calls a rule.
fn codes(rule: RuleId, tool: &str) -> impl Iterator<Item = &'static str> {
    let aliases = rule.rule().aliases.iter();
    aliases.filter_map(move |alias| alias.split_once(':').filter(|(name, _)| *name == tool).map(|(_, code)| code))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{POLICIES, Policy};
    use crate::config::Config;
    use crate::diagnostic::Category;
    use crate::rule::RuleId;

    #[test]
    fn the_default_is_recommended() {
        let mut config = Config::default();
        POLICIES[0].apply(&mut config);
        assert_eq!(config.enabled, Config::default().enabled);
        assert!(RuleId::all().all(|rule| config.level(rule).is_none()));
    }

    #[test]
    fn what_docker_refuses_is_in_every_policy() {
        for policy in POLICIES {
            let refused = RuleId::all().filter(|rule| rule.rule().category == Category::Syntax);
            let of_projects = super::OF_PROJECTS.iter().filter_map(|name| RuleId::of_name(name));
            assert!(refused.chain(of_projects).all(|rule| policy.level(rule).is_some()), "{}", policy.name);
        }
    }

    #[test]
    fn every_rule_that_a_policy_names_exists() {
        let items = POLICIES.iter().flat_map(|policy| policy.items).flat_map(super::items::Item::names);
        for name in items.chain(&super::hardened::MORE).chain(&super::OF_PROJECTS) {
            assert!(RuleId::of_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_item_has_a_rule_or_says_why_not() {
        for policy in POLICIES {
            for (item, rules) in policy.items() {
                assert!(!rules.is_empty() || item.note.is_some(), "{} {}", policy.name, item.code);
            }
        }
    }

    #[test]
    fn cis_is_whole() {
        let numbers = |section: u8, last: u8| (1..=last).map(move |item| format!("{section}.{item}"));
        let wanted: Vec<String> = numbers(2, 18).chain(numbers(4, 12)).chain(numbers(5, 32)).collect();
        let found: Vec<&str> = Policy::named("cis").unwrap().items().map(|(item, _)| item.code).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        assert_eq!(Policy::named("hadolnt").unwrap_err(), "`hadolnt` is no policy; did you mean `hadolint`?");
        assert!(Policy::named("x").unwrap_err().contains("`recommended`"));
        assert!(Policy::named("hardend").unwrap_err().contains("`hardened`"));
    }
}
