//! The configuration file, `dlint.toml`: from its text to what it says. Where it lies and that it is read is the
//! caller's matter; how several of them go together is that of [`Layers`](super::layers::Layers).

mod raw;
#[cfg(test)]
mod tests;
#[cfg(feature = "schema")]
mod words;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::diagnostic::Level;
use crate::language::Language;
use crate::rule::RuleId;
use crate::severity::{Rating, Threshold};

#[cfg(feature = "schema")]
pub use raw::schema;
pub(super) use raw::unknown_word;

/// Something with the bytes of the file that say it.
pub type Placed<T> = (T, Range<usize>);

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
pub struct ConfigFile {
    /// `extends`: the path of the file that this one is put upon.
    pub extends: Option<Placed<String>>,
    /// `select`: the rules to check, instead of those that are on by default.
    pub select: Option<Placed<Vec<String>>>,
    /// `ignore`: rules not to check.
    pub ignore: Vec<Placed<String>>,
    /// `use-policy`: the name of the policy that the rest of the file is put upon.
    pub use_policy: Option<Placed<String>>,
    /// `[policy.NAME]`: policies of one's own.
    pub policies: BTreeMap<String, OwnPolicy>,
    /// `min-rating`: the least rating of what is reported.
    pub min_rating: Option<Placed<Rating>>,
    /// `fail-on`: the least level or rating that makes a run fail.
    pub fail_on: Option<Placed<Threshold>>,
    /// `inline-ignores`: whether comments in files suppress findings.
    pub inline_ignores: Option<Placed<bool>>,
    /// `exclude`: what is not linted, as lines of a `.gitignore` in the file's folder would say it.
    pub exclude: Vec<Placed<String>>,
    /// `[rules]`: the level of rules.
    pub levels: Levels,
    /// `[[overrides]]`: what holds for some files or services only.
    pub overrides: Vec<Override>,
    /// `[options.RULE]`, as written; that each is an option of the rule was checked.
    pub options: toml::Table,
}

/// A policy that a configuration file makes of another.
#[derive(Debug, Clone)]
pub struct OwnPolicy {
    /// `extends`: the policy that it is made of.
    pub extends: Placed<String>,
    /// `select`: rules that are on beside those.
    pub select: Vec<Placed<String>>,
    /// `ignore`: rules that are off.
    pub ignore: Vec<Placed<String>>,
    /// `[policy.NAME.rules]`: the level of rules.
    pub levels: Levels,
}

/// What holds for some files or services only. At least one of `paths`, `languages` and `services` says for which; where several do, all
/// have to hold.
#[derive(Debug, Clone)]
pub struct Override {
    /// `paths`: the files, as lines of a `.gitignore` in the configuration file's folder would name them.
    pub paths: Vec<Placed<String>>,
    /// `languages`: the languages of the files.
    pub languages: Vec<Language>,
    /// `services`: the names of services in Compose files; `*` stands for any characters.
    pub services: Vec<String>,
    /// `reason`: why.
    pub reason: Option<String>,
    /// `select`: rules that are on there beside those that are on everywhere. None if there are services.
    pub select: Vec<Placed<String>>,
    /// `ignore`: rules that are off there.
    pub ignore: Vec<Placed<String>>,
    /// `rules`: the level of rules there.
    pub levels: Levels,
    /// The whole entry.
    pub range: Range<usize>,
}

/// Levels of rules, in the order in which they are to be set: what is more particular comes later. `None` switches a rule off.
pub type Levels = Vec<Placed<(RuleId, Option<Level>)>>;

/// What is wrong with a configuration file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFileError {
    /// The bytes of the file at fault, if the fault has a place.
    pub range: Option<Range<usize>>,
    /// One sentence.
    pub message: String,
}

impl fmt::Display for ConfigFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigFileError {}
