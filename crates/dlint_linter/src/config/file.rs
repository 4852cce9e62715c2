//! The configuration file, `dlint.toml`: from its text to what it says. Where it lies and that it is read is the
//! caller's matter.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use dlint_syntax::suggest::nearest;
use serde::Deserialize;
use toml::Spanned;

use super::{Config, Options};
use crate::diagnostic::Level;
use crate::policy::{POLICIES, Policy};
use crate::rule::RuleId;
use crate::selector::Selector;
use crate::severity::{Rating, Threshold};

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
pub struct ConfigFile {
    /// `select`: the rules to check, instead of those that are on by default.
    pub select: Option<Vec<String>>,
    /// `ignore`: rules not to check.
    pub ignore: Vec<String>,
    /// `use-policy`: the name of the policy that the rest of the file is put upon.
    pub use_policy: Option<String>,
    /// `[policy.NAME]`: policies of one's own.
    pub policies: BTreeMap<String, OwnPolicy>,
    /// `min-rating`: the least rating of what is reported.
    pub min_rating: Option<Rating>,
    /// `fail-on`: the least level or rating that makes a run fail.
    pub fail_on: Option<Threshold>,
    /// `exclude`: what is not linted, as lines of a `.gitignore` in the file's folder would say it, each with its place.
    pub exclude: Vec<(String, Range<usize>)>,
    /// `[rules]`: the level of rules; `None` switches them off.
    pub levels: Levels,
    /// `[options.RULE]`.
    pub options: Options,
}

/// A policy that a configuration file makes of another.
#[derive(Debug, Clone)]
pub struct OwnPolicy {
    /// `extends`: the policy that it is made of.
    pub extends: String,
    /// `select`: rules that are on beside those.
    pub select: Vec<String>,
    /// `ignore`: rules that are off.
    pub ignore: Vec<String>,
    /// `[policy.NAME.rules]`: the level of rules; `None` switches them off.
    pub levels: Levels,
}

/// Levels of rules; `None` switches them off.
type Levels = BTreeMap<RuleId, Option<Level>>;

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

/// The file as written.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[derive(Default)]
struct Raw {
    select: Option<Vec<Spanned<String>>>,
    ignore: Vec<Spanned<String>>,
    use_policy: Option<Spanned<String>>,
    policy: BTreeMap<String, RawPolicy>,
    min_rating: Option<Spanned<String>>,
    fail_on: Option<Spanned<String>>,
    exclude: Vec<Spanned<String>>,
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    options: Options,
}

/// A policy as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPolicy {
    extends: Spanned<String>,
    #[serde(default)]
    select: Vec<Spanned<String>>,
    #[serde(default)]
    ignore: Vec<Spanned<String>>,
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
}

impl ConfigFile {
    /// Reads the text of a configuration file. Whatever dlint does not know in it is an error, so that a misspelt key
    /// never passes unnoticed.
    pub fn parse(text: &str) -> Result<Self, ConfigFileError> {
        let raw: Raw = toml::from_str(text)
            .map_err(|error| ConfigFileError { range: error.span(), message: explain(error.message()) })?;
        let mut policies = BTreeMap::new();
        for (name, policy) in &raw.policy {
            let own = OwnPolicy {
                extends: policy.extends.get_ref().clone(),
                select: checked_selectors(&policy.select)?,
                ignore: checked_selectors(&policy.ignore)?,
                levels: parse_levels(&policy.rules)?,
            };
            policies.insert(name.clone(), own);
        }
        check_policies(&raw)?;
        let rating = |word: &Spanned<String>| {
            let known = Rating::ALL.into_iter().find(|rating| rating.name() == word.get_ref());
            known.ok_or_else(|| unknown_word(word, "rating", &Rating::ALL.map(Rating::name)))
        };
        let threshold = |word: &Spanned<String>| {
            let known: Vec<&str> = Threshold::names().collect();
            Threshold::of_name(word.get_ref()).ok_or_else(|| unknown_word(word, "level or rating", &known))
        };
        Ok(Self {
            use_policy: raw.use_policy.as_ref().map(|name| name.get_ref().clone()),
            policies,
            min_rating: raw.min_rating.as_ref().map(rating).transpose()?,
            select: raw.select.as_deref().map(checked_selectors).transpose()?,
            ignore: checked_selectors(&raw.ignore)?,
            fail_on: raw.fail_on.as_ref().map(threshold).transpose()?,
            exclude: raw.exclude.into_iter().map(|glob| (glob.get_ref().clone(), glob.span())).collect(),
            levels: parse_levels(&raw.rules)?,
            options: raw.options,
        })
    }

    /// Puts a policy into a configuration: one of the file's own, or one that dlint brings. The error is one sentence.
    pub fn apply_policy(&self, name: &str, config: &mut Config) -> Result<(), String> {
        const CHECKED: &str = "names were checked when the file was read";
        let Some(own) = self.policies.get(name) else {
            if let Ok(policy) = Policy::named(name) {
                policy.apply(config);
                return Ok(());
            }
            return Err(self.unknown_policy(name));
        };
        // That it ends was checked when the file was read.
        self.apply_policy(&own.extends, config)?;
        for selector in &own.select {
            for rule in Selector::parse(selector).expect(CHECKED).rules() {
                config.enabled.insert(rule);
            }
        }
        apply_levels(&own.levels, config);
        config.ignore(&own.ignore).expect(CHECKED);
        Ok(())
    }

    fn unknown_policy(&self, name: &str) -> String {
        let known: Vec<&str> =
            POLICIES.iter().map(|it| it.name).chain(self.policies.keys().map(String::as_str)).collect();
        let hint = did_you_mean(name, &known).unwrap_or_else(|| format!("; there are `{}`", known.join("`, `")));
        format!("`{name}` is no policy{hint}")
    }

    /// Puts what the file says into a configuration. A rule that `[rules]` gives a level is on, also if `select` does
    /// not name it; `ignore` has the last word.
    pub fn apply(&self, config: &mut Config) {
        const CHECKED: &str = "names were checked when the file was read";
        if let Some(select) = &self.select {
            config.select(select).expect(CHECKED);
        }
        apply_levels(&self.levels, config);
        config.ignore(&self.ignore).expect(CHECKED);
        config.options = self.options.clone();
        config.min_rating = self.min_rating.or(config.min_rating);
    }
}

fn apply_levels(levels: &Levels, config: &mut Config) {
    for (&rule, &level) in levels {
        match level {
            None => config.enabled.remove(rule),
            Some(level) => {
                config.enabled.insert(rule);
                config.set_level(rule, level);
            }
        }
    }
}

/// That every policy extends one that there is, and none itself.
fn check_policies(raw: &Raw) -> Result<(), ConfigFileError> {
    let is_known = |name: &str| raw.policy.contains_key(name) || Policy::named(name).is_ok();
    let known: Vec<&str> = POLICIES.iter().map(|it| it.name).chain(raw.policy.keys().map(String::as_str)).collect();
    let named = raw.policy.values().map(|policy| &policy.extends).chain(&raw.use_policy);
    if let Some(unknown) = named.into_iter().find(|name| !is_known(name.get_ref())) {
        return Err(unknown_word(unknown, "policy", &known));
    }
    for (name, policy) in &raw.policy {
        if Policy::named(name).is_ok() {
            return Err(at(&policy.extends, &format!("`{name}` is a policy of dlint; give yours another name")));
        }
        let mut next = policy;
        for _ in 0..raw.policy.len() {
            let Some(base) = raw.policy.get(next.extends.get_ref()) else { break };
            if next.extends.get_ref() == name {
                return Err(at(&next.extends, &format!("policy `{name}` extends itself")));
            }
            next = base;
        }
    }
    Ok(())
}

fn parse_levels(rules: &BTreeMap<Spanned<String>, Spanned<String>>) -> Result<Levels, ConfigFileError> {
    let mut levels = BTreeMap::new();
    for (name, level) in rules {
        let selector = Selector::parse(name.get_ref()).map_err(|error| at(name, &error))?;
        let level = match level.get_ref().as_str() {
            "off" => None,
            _ => Some(parse_level(level)?),
        };
        levels.extend(selector.rules().map(|rule| (rule, level)));
    }
    Ok(levels)
}

fn at<T>(place: &Spanned<T>, message: &impl ToString) -> ConfigFileError {
    ConfigFileError { range: Some(place.span()), message: message.to_string() }
}

fn checked_selectors(names: &[Spanned<String>]) -> Result<Vec<String>, ConfigFileError> {
    for name in names {
        Selector::parse(name.get_ref()).map_err(|error| at(name, &error))?;
    }
    Ok(names.iter().map(|name| name.get_ref().clone()).collect())
}

fn parse_level(word: &Spanned<String>) -> Result<Level, ConfigFileError> {
    let known = Level::ALL.into_iter().find(|level| level.name() == word.get_ref());
    let names: Vec<&str> = std::iter::once("off").chain(Level::ALL.map(Level::name)).collect();
    known.ok_or_else(|| unknown_word(word, "level", &names))
}

fn unknown_word(word: &Spanned<String>, what: &str, known: &[&str]) -> ConfigFileError {
    let name = word.get_ref();
    let hint = did_you_mean(name, known).unwrap_or_else(|| format!("; it is one of `{}`", known.join("`, `")));
    at(word, &format!("`{name}` is not a {what}{hint}"))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Config, ConfigFile, ConfigFileError, Level, RuleId, Threshold};

    fn error(text: &str) -> (String, String) {
        let ConfigFileError { range, message } = ConfigFile::parse(text).unwrap_err();
        (range.map_or(String::new(), |range| text[range].to_owned()), message)
    }

    #[test]
    fn says_what_is_written() {
        let file = ConfigFile::parse(
            "select = [\"security\"]\nignore = [\"DL3007\"]\nfail-on = \"error\"\nexclude = [\"vendor/\"]\n\
             [rules]\nuntagged-image = \"error\"\nfloating-tag = \"off\"\n",
        )
        .unwrap();
        assert_eq!(file.select, Some(vec!["security".to_owned()]));
        assert_eq!(file.fail_on, Some(Threshold::Level(Level::Error)));
        assert_eq!(file.exclude, [("vendor/".to_owned(), 71..80)]);
        let mut config = Config::default();
        file.apply(&mut config);
        let of = |name| RuleId::of_name(name).unwrap();
        assert!(config.enabled.contains(of("untagged-image")), "a level switches a rule on");
        assert_eq!(config.level(of("untagged-image")), Some(Level::Error));
        assert!(!config.enabled.contains(of("floating-tag")));
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        let mut config = Config::default();
        ConfigFile::parse("").unwrap().apply(&mut config);
        assert_eq!(config.enabled, Config::default().enabled);
    }

    #[test]
    fn policies_of_ones_own() {
        let file = ConfigFile::parse(
            "use-policy = \"ours\"\nmin-rating = \"high\"\n[policy.ours]\nextends = \"base\"\nignore = [\"floating-tag\"]\n\
             [policy.base]\nextends = \"recommended\"\nselect = [\"undigested-image\"]\n[policy.base.rules]\nDL3006 = \"error\"\n",
        )
        .unwrap();
        let mut config = Config::default();
        file.apply_policy(file.use_policy.as_ref().unwrap(), &mut config).unwrap();
        file.apply(&mut config);
        let of = |name| RuleId::of_name(name).unwrap();
        assert!(config.enabled.contains(of("undigested-image")) && !config.enabled.contains(of("floating-tag")));
        assert_eq!(config.level(of("untagged-image")), Some(Level::Error));
        assert_eq!(config.min_rating.map(super::Rating::name), Some("high"));
        assert!(file.apply_policy("orus", &mut config).unwrap_err().ends_with("did you mean `ours`?"));
    }

    #[test]
    fn policies_that_cannot_be() {
        assert_eq!(
            error("use-policy = \"recomended\"\n"),
            ("\"recomended\"".to_owned(), "`recomended` is not a policy; did you mean `recommended`?".to_owned())
        );
        let circle = "[policy.a]\nextends = \"b\"\n[policy.b]\nextends = \"a\"\n";
        assert_eq!(error(circle), ("\"a\"".to_owned(), "policy `a` extends itself".to_owned()));
        assert!(error("[policy.hadolint]\nextends = \"recommended\"\n").1.contains("give yours another name"));
        assert!(error("[policy.a]\nselect = []\n").1.contains("missing field `extends`"));
    }

    #[test]
    fn what_it_does_not_know_is_an_error_with_its_place() {
        assert_eq!(
            error("slect = []\n"),
            ("slect".to_owned(), "`slect` is not a key that dlint knows; did you mean `select`?".to_owned())
        );
        assert_eq!(
            error("[rules]\nfloating-tga = \"off\"\n"),
            (
                "floating-tga".to_owned(),
                "`floating-tga` is no rule, alias or category; did you mean `floating-tag`?".to_owned()
            )
        );
        assert_eq!(
            error("ignore = [\"floating-tag\", \"DL9999\"]\n").0,
            "\"DL9999\"",
            "the second name is the one at fault"
        );
        assert_eq!(
            error("fail-on = \"warn\"\n"),
            (
                "\"warn\"".to_owned(),
                "`warn` is not a level or rating; it is one of `hint`, `info`, `warning`, `error`, `low`, `medium`, `high`, \
                 `critical`"
                    .to_owned()
            )
        );
        assert_eq!(
            error("[rules]\nfloating-tag = \"of\"\n").1,
            "`of` is not a level; it is one of `off`, `hint`, `info`, `warning`, `error`"
        );
        assert_eq!(error("[options.nothing]\nx = 1\n").0, "nothing");
        assert_eq!(error("select = 1\n").0, "1");
        assert!(!error("select = [\n").1.is_empty());
    }
}
