//! The file as written, and how it is read.

use std::collections::BTreeMap;

use dlint_syntax::suggest::nearest;
use serde::Deserialize;
use toml::Spanned;

#[cfg(feature = "schema")]
use super::words;
use super::{ConfigFile, ConfigFileError, Levels, Override, OwnPolicy, Placed};
use crate::config::Options;
use crate::diagnostic::Level;
use crate::language::Language;
use crate::selector::Selector;
use crate::severity::{Rating, Threshold};

/// The configuration of dlint.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Raw {
    /// A configuration file that this one is put upon: a path from the folder of this file, within the project.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    extends: Option<Spanned<String>>,
    /// The rules to check, instead of those that are on by default. Rules of the category syntax are always checked.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<words::Selector>>"))]
    select: Option<Spanned<Vec<Spanned<String>>>>,
    /// Rules not to check.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<words::Selector>"))]
    ignore: Vec<Spanned<String>>,
    /// The set of rules and levels to begin with.
    #[cfg_attr(feature = "schema", schemars(with = "Option<words::PolicyName>"))]
    use_policy: Option<Spanned<String>>,
    /// Policies of one's own, by their names.
    policy: BTreeMap<String, RawPolicy>,
    /// The least CVSS rating of what is reported. Where there is one, only findings with a rating are.
    #[cfg_attr(feature = "schema", schemars(with = "Option<words::RatingName>"))]
    min_rating: Option<Spanned<String>>,
    /// The least level, or CVSS rating, that makes a run fail.
    #[cfg_attr(feature = "schema", schemars(with = "Option<words::ThresholdName>"))]
    fail_on: Option<Spanned<String>>,
    /// Whether comments in files suppress findings.
    #[cfg_attr(feature = "schema", schemars(with = "Option<bool>"))]
    inline_ignores: Option<Spanned<bool>>,
    /// What is not linted, as lines of a .gitignore in the folder of this file say it.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    exclude: Vec<Spanned<String>>,
    /// The levels of rules.
    #[cfg_attr(feature = "schema", schemars(with = "words::Levels"))]
    rules: RawLevels,
    /// What holds for some files, languages or services only. The later goes before the earlier.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<RawOverride>"))]
    overrides: Vec<Spanned<RawOverride>>,
    /// Options of rules, by the rules' names.
    options: Options,
}

/// A policy that is made of another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RawPolicy {
    /// The policy that it is made of.
    #[cfg_attr(feature = "schema", schemars(with = "words::PolicyName"))]
    extends: Spanned<String>,
    /// Rules that are on beside those.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<words::Selector>"))]
    #[serde(default)]
    select: Vec<Spanned<String>>,
    /// Rules that are off.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<words::Selector>"))]
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    /// The levels of rules.
    #[cfg_attr(feature = "schema", schemars(with = "words::Levels"))]
    #[serde(default)]
    rules: RawLevels,
}

/// What holds for some files, languages or services only. At least one of `paths`, `languages` and `services` has to be there.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct RawOverride {
    /// The files, as lines of a .gitignore in the folder of this file name them.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<String>"))]
    paths: Vec<Spanned<String>>,
    /// The languages of the files.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<words::LanguageName>"))]
    languages: Vec<Spanned<String>>,
    /// The services of Compose files; `*` stands for any characters. Findings of ignored rules are suppressed there.
    services: Vec<String>,
    /// Why.
    reason: Option<String>,
    /// Rules that are on there beside the others.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<words::Selector>"))]
    select: Vec<Spanned<String>>,
    /// Rules that are off there.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<words::Selector>"))]
    ignore: Vec<Spanned<String>>,
    /// The levels of rules there.
    #[cfg_attr(feature = "schema", schemars(with = "words::Levels"))]
    rules: RawLevels,
}

type RawLevels = BTreeMap<Spanned<String>, Spanned<String>>;

/// The JSON Schema of a configuration file.
#[cfg(feature = "schema")]
pub fn schema() -> schemars::Schema {
    schemars::schema_for!(Raw)
}

impl ConfigFile {
    /// Reads the text of a configuration file. Whatever dlint does not know in it is an error, so that a misspelt key
    /// never passes unnoticed. Whether the policies that it names exist is seen when the file is put upon those that it extends.
    pub fn parse(text: &str) -> Result<Self, ConfigFileError> {
        let failed =
            |error: toml::de::Error| ConfigFileError { range: error.span(), message: explain(error.message()) };
        let raw: Raw = toml::from_str(text).map_err(failed)?;
        // The typed options have defaults for what is not written, and what is not written must not hide what an extended file says.
        let mut table: toml::Table = toml::from_str(text).map_err(failed)?;
        let options = match table.remove("options") {
            Some(toml::Value::Table(options)) => options,
            _ => toml::Table::new(),
        };
        let _: Options = raw.options;
        let policies = raw.policy.into_iter().map(|(name, policy)| Ok((name, parse_policy(policy)?)));
        Ok(Self {
            extends: raw.extends.map(placed),
            select: raw.select.map(|select| parse_select(&select)).transpose()?,
            ignore: checked_selectors(raw.ignore)?,
            use_policy: raw.use_policy.map(placed),
            policies: policies.collect::<Result<_, _>>()?,
            min_rating: raw.min_rating.map(|word| parse_rating(&word)).transpose()?,
            fail_on: raw.fail_on.map(|word| parse_threshold(&word)).transpose()?,
            inline_ignores: raw.inline_ignores.map(placed),
            exclude: raw.exclude.into_iter().map(placed).collect(),
            levels: parse_levels(&raw.rules)?,
            overrides: raw.overrides.into_iter().map(parse_override).collect::<Result<_, _>>()?,
            options,
        })
    }
}

fn parse_policy(policy: RawPolicy) -> Result<OwnPolicy, ConfigFileError> {
    Ok(OwnPolicy {
        extends: placed(policy.extends),
        select: checked_selectors(policy.select)?,
        ignore: checked_selectors(policy.ignore)?,
        levels: parse_levels(&policy.rules)?,
    })
}

fn parse_override(raw: Spanned<RawOverride>) -> Result<Override, ConfigFileError> {
    let range = raw.span();
    let raw = raw.into_inner();
    let wrong = |message: &str| Err(ConfigFileError { range: Some(range.clone()), message: message.to_owned() });
    if raw.paths.is_empty() && raw.languages.is_empty() && raw.services.is_empty() {
        return wrong("the override does not say for what it holds: give `paths`, `languages` or `services`");
    }
    if let Some(first) = raw.select.first().filter(|_| !raw.services.is_empty()) {
        let message = "`select` does not go with `services`; switch the rule on for all, and off for the services that it is not for";
        return Err(at(first, &message));
    }
    if raw.select.is_empty() && raw.ignore.is_empty() && raw.rules.is_empty() {
        return wrong("the override changes nothing: give `select`, `ignore` or `rules`");
    }
    Ok(Override {
        paths: raw.paths.into_iter().map(placed).collect(),
        languages: raw.languages.iter().map(parse_language).collect::<Result<_, _>>()?,
        services: raw.services,
        reason: raw.reason,
        select: checked_selectors(raw.select)?,
        ignore: checked_selectors(raw.ignore)?,
        levels: parse_levels(&raw.rules)?,
        range,
    })
}

fn parse_select(select: &Spanned<Vec<Spanned<String>>>) -> Result<Placed<Vec<String>>, ConfigFileError> {
    for name in select.get_ref() {
        check_selector(name)?;
    }
    Ok((select.get_ref().iter().map(|name| name.get_ref().clone()).collect(), select.span()))
}

/// Levels of rules; what names fewer rules comes later, so that `security = "error"` does not undo what is said of one rule.
fn parse_levels(rules: &RawLevels) -> Result<Levels, ConfigFileError> {
    let mut parsed = Vec::with_capacity(rules.len());
    for (name, level) in rules {
        let selector = Selector::parse(name.get_ref()).map_err(|error| at(name, &error))?;
        let level = match level.get_ref().as_str() {
            "off" => None,
            _ => Some(parse_level(level)?),
        };
        parsed.push((selector, level, name.span()));
    }
    parsed.sort_by_key(|(selector, _, range)| (std::cmp::Reverse(selector.rules().count()), range.start));
    let levels =
        parsed.iter().flat_map(|(selector, level, range)| selector.rules().map(|rule| ((rule, *level), range.clone())));
    Ok(levels.collect())
}

fn placed<T>(value: Spanned<T>) -> Placed<T> {
    let range = value.span();
    (value.into_inner(), range)
}

fn at<T>(place: &Spanned<T>, message: &impl ToString) -> ConfigFileError {
    ConfigFileError { range: Some(place.span()), message: message.to_string() }
}

fn check_selector(name: &Spanned<String>) -> Result<(), ConfigFileError> {
    Selector::parse(name.get_ref()).map(drop).map_err(|error| at(name, &error))
}

fn checked_selectors(names: Vec<Spanned<String>>) -> Result<Vec<Placed<String>>, ConfigFileError> {
    names.iter().try_for_each(check_selector)?;
    Ok(names.into_iter().map(placed).collect())
}

fn parse_level(word: &Spanned<String>) -> Result<Level, ConfigFileError> {
    let known = Level::ALL.into_iter().find(|level| level.name() == word.get_ref());
    let names: Vec<&str> = std::iter::once("off").chain(Level::ALL.map(Level::name)).collect();
    known.ok_or_else(|| unknown_word(word.get_ref(), word.span(), "level", &names))
}

fn parse_language(word: &Spanned<String>) -> Result<Language, ConfigFileError> {
    let known = Language::ALL.into_iter().find(|language| language.name() == word.get_ref());
    known.ok_or_else(|| unknown_word(word.get_ref(), word.span(), "language", &Language::ALL.map(Language::name)))
}

fn parse_rating(word: &Spanned<String>) -> Result<Placed<Rating>, ConfigFileError> {
    let known = Rating::ALL.into_iter().find(|rating| rating.name() == word.get_ref());
    let rating =
        known.ok_or_else(|| unknown_word(word.get_ref(), word.span(), "rating", &Rating::ALL.map(Rating::name)))?;
    Ok((rating, word.span()))
}

fn parse_threshold(word: &Spanned<String>) -> Result<Placed<Threshold>, ConfigFileError> {
    let known: Vec<&str> = Threshold::names().collect();
    let threshold = Threshold::of_name(word.get_ref());
    let threshold = threshold.ok_or_else(|| unknown_word(word.get_ref(), word.span(), "level or rating", &known))?;
    Ok((threshold, word.span()))
}

/// What is said of a word that is none of those that there are.
pub(in crate::config) fn unknown_word(
    name: &str,
    range: std::ops::Range<usize>,
    what: &str,
    known: &[&str],
) -> ConfigFileError {
    let hint = did_you_mean(name, known).unwrap_or_else(|| format!("; it is one of `{}`", known.join("`, `")));
    ConfigFileError { range: Some(range), message: format!("`{name}` is not a {what}{hint}") }
}

/// Rewords the messages of the TOML reader about names that it does not know.
fn explain(message: &str) -> String {
    let Some(rest) = message.strip_prefix("unknown field ") else { return message.to_owned() };
    // The message is: unknown field `a`, expected one of `b`, `c`
    let mut names = rest.split('`').skip(1).step_by(2);
    let Some(unknown) = names.next() else { return message.to_owned() };
    if unknown == "shellcheck" {
        return "`shellcheck` starts a program, which a repository must not decide: give `--shellcheck` on the command line, or set it \
                in the configuration of your account (`dlint explain shellcheck`)"
            .to_owned();
    }
    let known: Vec<&str> = names.collect();
    let hint = did_you_mean(unknown, &known).unwrap_or_else(|| {
        if known.is_empty() { String::new() } else { format!("; known here: `{}`", known.join("`, `")) }
    });
    format!("`{unknown}` is not a key that dlint knows{hint}")
}

fn did_you_mean(word: &str, known: &[&str]) -> Option<String> {
    nearest(word, known.iter().copied()).map(|name| format!("; did you mean `{name}`?"))
}
