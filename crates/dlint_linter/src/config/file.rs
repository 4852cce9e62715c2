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
use crate::rule::RuleId;
use crate::selector::Selector;

/// What a configuration file says.
#[derive(Debug, Clone, Default)]
pub struct ConfigFile {
    /// `select`: the rules to check, instead of those that are on by default.
    pub select: Option<Vec<String>>,
    /// `ignore`: rules not to check.
    pub ignore: Vec<String>,
    /// `fail-on`: the least level that makes a run fail.
    pub fail_on: Option<Level>,
    /// `exclude`: what is not linted, as lines of a `.gitignore` in the file's folder would say it, each with its place.
    pub exclude: Vec<(String, Range<usize>)>,
    /// `[rules]`: the level of rules; `None` switches them off.
    pub levels: BTreeMap<RuleId, Option<Level>>,
    /// `[options.RULE]`.
    pub options: Options,
}

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
    fail_on: Option<Spanned<String>>,
    exclude: Vec<Spanned<String>>,
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    options: Options,
}

impl ConfigFile {
    /// Reads the text of a configuration file. Whatever dlint does not know in it is an error, so that a misspelt key
    /// never passes unnoticed.
    pub fn parse(text: &str) -> Result<Self, ConfigFileError> {
        let raw: Raw = toml::from_str(text)
            .map_err(|error| ConfigFileError { range: error.span(), message: explain(error.message()) })?;
        let mut levels = BTreeMap::new();
        for (name, level) in &raw.rules {
            let selector = Selector::parse(name.get_ref()).map_err(|error| at(name, &error))?;
            let level = match level.get_ref().as_str() {
                "off" => None,
                _ => Some(parse_level(level, &["off"])?),
            };
            levels.extend(selector.rules().map(|rule| (rule, level)));
        }
        Ok(Self {
            select: raw.select.as_deref().map(checked_selectors).transpose()?,
            ignore: checked_selectors(&raw.ignore)?,
            fail_on: raw.fail_on.as_ref().map(|level| parse_level(level, &[])).transpose()?,
            exclude: raw.exclude.into_iter().map(|glob| (glob.get_ref().clone(), glob.span())).collect(),
            levels,
            options: raw.options,
        })
    }

    /// Puts what the file says into a configuration. A rule that `[rules]` gives a level is on, also if `select` does
    /// not name it; `ignore` has the last word.
    pub fn apply(&self, config: &mut Config) {
        const CHECKED: &str = "names were checked when the file was read";
        if let Some(select) = &self.select {
            config.select(select).expect(CHECKED);
        }
        for (&rule, &level) in &self.levels {
            match level {
                None => config.enabled.remove(rule),
                Some(level) => {
                    config.enabled.insert(rule);
                    config.set_level(rule, level);
                }
            }
        }
        config.ignore(&self.ignore).expect(CHECKED);
        config.options = self.options.clone();
    }
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

/// `others` are words that are allowed beside the levels.
fn parse_level(word: &Spanned<String>, others: &[&'static str]) -> Result<Level, ConfigFileError> {
    let name = word.get_ref();
    if let Some(level) = Level::ALL.into_iter().find(|level| level.name() == name) {
        return Ok(level);
    }
    let known: Vec<&str> = others.iter().copied().chain(Level::ALL.map(Level::name)).collect();
    let hint = did_you_mean(name, &known).unwrap_or_else(|| format!("; it is one of `{}`", known.join("`, `")));
    Err(at(word, &format!("`{name}` is not a level{hint}")))
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
    use super::{Config, ConfigFile, ConfigFileError, Level, RuleId};

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
        assert_eq!(file.fail_on, Some(Level::Error));
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
                "`warn` is not a level; it is one of `hint`, `info`, `warning`, `error`".to_owned()
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
