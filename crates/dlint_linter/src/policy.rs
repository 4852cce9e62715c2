//! Policies: named sets of rules with levels of their own.

mod hadolint;

use dlint_syntax::suggest::nearest;

use crate::config::Config;
use crate::diagnostic::{Category, Level};
use crate::rule::RuleId;

/// A named set of rules.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Its name on the command line and in configuration files.
    pub name: &'static str,
    /// One line, as shown in lists.
    pub summary: &'static str,
    /// The level of a rule under it; `None` for a rule that is no part of it.
    level: fn(RuleId) -> Option<Level>,
}

/// The policies that dlint brings, the default first.
pub const POLICIES: [Policy; 3] = [
    Policy { name: "recommended", summary: "What is right nearly always (the default)", level: recommended },
    Policy { name: "hadolint", summary: "What hadolint checks by default, at its levels", level: hadolint::level },
    Policy { name: "buildkit", summary: "What `docker build --check` checks", level: buildkit },
];

impl Policy {
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
        let is_syntax = rule.rule().category == Category::Syntax;
        (self.level)(rule).or(is_syntax.then_some(rule.rule().level))
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
            assert!(refused.into_iter().all(|rule| policy.level(rule).is_some()), "{}", policy.name);
        }
    }

    #[test]
    fn a_misspelt_name_gets_a_suggestion() {
        assert_eq!(Policy::named("hadolnt").unwrap_err(), "`hadolnt` is no policy; did you mean `hadolint`?");
        assert!(Policy::named("x").unwrap_err().contains("`recommended`"));
    }
}
