//! Names by which people choose rules: a rule's name, another tool's code for it, a category, or `ALL`.

use std::fmt;

use dlint_syntax::suggest::nearest;

use crate::codes::{self, Part};
use crate::diagnostic::Category;
use crate::rule::RuleId;

/// A name that stands for one rule or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector(Vec<Part>);

/// A name that stands for no rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSelector {
    /// The name as given.
    pub name: String,
    /// The name that was most likely meant.
    pub suggestion: Option<String>,
}

impl fmt::Display for UnknownSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no rule, alias or category", self.name)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; did you mean `{suggestion}`?"),
            None => write!(f, "; `dlint rules` lists them"),
        }
    }
}

impl std::error::Error for UnknownSelector {}

impl Selector {
    /// Reads a name: `root-user`, `hadolint:DL3002` or `DL3002`, `security`, `ALL`. Codes and categories may be written
    /// in any case.
    pub fn parse(name: &str) -> Result<Self, UnknownSelector> {
        if name.eq_ignore_ascii_case("all") {
            return Ok(Self::whole(RuleId::all()));
        }
        if let Some(rule) = RuleId::of_name(name) {
            return Ok(Self::whole(std::iter::once(rule)));
        }
        if let Some(category) = Category::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name)) {
            return Ok(Self::whole(RuleId::all().filter(|id| id.rule().category == category)));
        }
        let part = |id: RuleId| {
            let alias = id.rule().aliases.iter().find(|alias| is_alias(alias, name))?;
            Some((id, codes::is_part(id.rule(), alias).then_some(*alias)))
        };
        let rules: Vec<Part> = RuleId::all().filter_map(part).collect();
        if rules.is_empty() { Err(UnknownSelector::new(name)) } else { Ok(Self(rules)) }
    }

    fn whole(rules: impl Iterator<Item = RuleId>) -> Self {
        Self(rules.map(|rule| (rule, None)).collect())
    }

    /// The rules, in the order of their names.
    pub fn rules(&self) -> impl Iterator<Item = RuleId> + '_ {
        self.0.iter().map(|(rule, _)| *rule)
    }

    /// The rules, each with the code that stands for a part of it, where the name is one.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Part> + '_ {
        self.0.iter().copied()
    }
}

/// Whether `name` is `alias` (`tool:code`), with or without the tool.
fn is_alias(alias: &str, name: &str) -> bool {
    alias.eq_ignore_ascii_case(name) || alias.split_once(':').is_some_and(|(_, code)| code.eq_ignore_ascii_case(name))
}

impl UnknownSelector {
    fn new(name: &str) -> Self {
        let known = RuleId::all()
            .map(|id| id.rule().name)
            .chain(Category::ALL.iter().map(|it| it.name()))
            .chain(RuleId::all().flat_map(|id| id.rule().aliases.iter().copied()))
            .chain(["ALL"]);
        Self { name: name.to_owned(), suggestion: nearest(name, known).map(str::to_owned) }
    }
}
