//! Configuration files that hold together: a file, the one that it extends, and so on. What one says goes before what those say that
//! it extends; lists of rules and overrides add up.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::file::{ConfigFile, ConfigFileError, Levels, Override, OwnPolicy, Placed, unknown_word};
use super::{Config, Options, ServiceOverride};
use crate::codes::Ignored;
use crate::policy::{POLICIES, Policy};
use crate::selector::Selector;
use crate::severity::Threshold;

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Which of the files, from 0: the most general.
    pub layer: usize,
    /// The bytes of that file.
    pub range: Range<usize>,
}

/// Is told after each change what made it (`None`: the policy that is given beside the files), and what has become of the configuration.
pub type Trace<'t> = dyn FnMut(Option<Origin>, &Config) + 't;

/// Configuration files that hold together, the most general first.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    files: Vec<ConfigFile>,
    /// The policies of all files, each with the file that has it.
    policies: BTreeMap<String, (usize, OwnPolicy)>,
}

const CHECKED: &str = "names were checked when the file was read";

impl Layers {
    /// Puts files upon each other, the most general first. The error comes with which of the files it is in.
    pub fn new(files: Vec<ConfigFile>) -> Result<Self, (usize, ConfigFileError)> {
        let mut policies = BTreeMap::new();
        for (layer, file) in files.iter().enumerate() {
            policies.extend(file.policies.iter().map(|(name, policy)| (name.clone(), (layer, policy.clone()))));
        }
        let layers = Self { files, policies };
        layers.check_policies()?;
        Ok(layers)
    }

    /// The files, the most general first.
    pub fn files(&self) -> &[ConfigFile] {
        &self.files
    }

    /// The names of the policies that the files have.
    pub fn policies(&self) -> impl Iterator<Item = &str> {
        self.policies.keys().map(String::as_str)
    }

    /// What `get` gives of the last file that has it.
    pub fn last<'l, T>(&'l self, get: impl Fn(&'l ConfigFile) -> Option<&'l Placed<T>>) -> Option<(&'l T, Origin)> {
        let (layer, (value, range)) =
            self.files.iter().enumerate().rev().find_map(|(layer, file)| Some((layer, get(file)?)))?;
        Some((value, Origin { layer, range: range.clone() }))
    }

    /// What makes a run fail, if the files say so.
    pub fn fail_on(&self) -> Option<(Threshold, Origin)> {
        self.last(|file| file.fail_on.as_ref()).map(|(&threshold, origin)| (threshold, origin))
    }

    /// The overrides of all files, each with the number of its file.
    pub fn overrides(&self) -> impl Iterator<Item = (usize, &Override)> {
        self.files.iter().enumerate().flat_map(|(layer, file)| file.overrides.iter().map(move |it| (layer, it)))
    }

    /// The options of the rules: of each option what the last file says that has it.
    pub fn options(&self) -> Options {
        let mut all = toml::Table::new();
        for (rule, options) in self.files.iter().flat_map(|file| &file.options) {
            let entry = all.entry(rule.clone()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
            if let (toml::Value::Table(all), toml::Value::Table(options)) = (entry, options) {
                all.extend(options.clone());
            }
        }
        Options::deserialize(toml::Value::Table(all)).expect(CHECKED)
    }

    /// The last file that gives an option of a rule.
    pub fn layer_of_option(&self, rule: &str, option: &str) -> Option<usize> {
        self.files.iter().rposition(|file| file.options.get(rule).is_some_and(|options| options.get(option).is_some()))
    }

    /// Makes the configuration for a file. `policy` is that of the command line; who asks for one wants its rules, not those that files
    /// select. `holds` says which of the overrides hold, in the order of [`Self::overrides`]. The error is one sentence: there is no
    /// such policy.
    pub fn apply(
        &self,
        policy: Option<&str>,
        holds: &dyn Fn(usize) -> bool,
        trace: &mut Trace<'_>,
    ) -> Result<Config, String> {
        let mut config = Config::default();
        match (policy, self.last(|file| file.use_policy.as_ref())) {
            (Some(name), _) => self.apply_policy(name, None, &mut config, trace)?,
            (None, Some((name, origin))) => self.apply_policy(name, Some(origin), &mut config, trace)?,
            (None, None) => {}
        }
        for (layer, file) in self.files.iter().enumerate() {
            let mut step = Step { layer, config: &mut config, trace };
            if let Some((select, range)) = file.select.as_ref().filter(|_| policy.is_none()) {
                step.config.select(select).expect(CHECKED);
                step.said(range);
            }
            step.levels(&file.levels);
            step.ignore(&file.ignore);
            if let Some((rating, range)) = &file.min_rating {
                step.config.min_rating = Some(*rating);
                step.said(range);
            }
            if let Some((inline_ignores, range)) = &file.inline_ignores {
                step.config.inline_ignores = *inline_ignores;
                step.said(range);
            }
        }
        config.options = self.options();
        for (index, (layer, it)) in self.overrides().enumerate() {
            if !holds(index) {
                continue;
            }
            if !it.services.is_empty() {
                config.services.push(of_services(it));
                continue;
            }
            let mut step = Step { layer, config: &mut config, trace };
            step.select(&it.select);
            step.levels(&it.levels);
            step.ignore(&it.ignore);
        }
        Ok(config)
    }

    fn apply_policy(
        &self,
        name: &str,
        origin: Option<Origin>,
        config: &mut Config,
        trace: &mut Trace<'_>,
    ) -> Result<(), String> {
        let Some((layer, own)) = self.policies.get(name) else {
            let Ok(policy) = Policy::named(name) else {
                let known: Vec<&str> = self.known_policies();
                return Err(unknown_word(name, 0..0, "policy", &known).message);
            };
            policy.apply(config);
            trace(origin, config);
            return Ok(());
        };
        // That it ends was checked when the files were put upon each other.
        let (base, range) = &own.extends;
        self.apply_policy(base, Some(Origin { layer: *layer, range: range.clone() }), config, trace)?;
        let mut step = Step { layer: *layer, config, trace };
        step.select(&own.select);
        step.levels(&own.levels);
        step.ignore(&own.ignore);
        Ok(())
    }

    fn known_policies(&self) -> Vec<&str> {
        POLICIES.iter().map(|it| it.name).chain(self.policies()).collect()
    }

    /// That every policy extends one that there is, and none itself.
    fn check_policies(&self) -> Result<(), (usize, ConfigFileError)> {
        let is_known = |name: &str| self.policies.contains_key(name) || Policy::named(name).is_ok();
        let extended = self.policies.values().map(|(layer, policy)| (*layer, &policy.extends));
        let used = self.files.iter().enumerate().filter_map(|(layer, file)| Some((layer, file.use_policy.as_ref()?)));
        if let Some((layer, (name, range))) = extended.chain(used).find(|(_, (name, _))| !is_known(name)) {
            return Err((layer, unknown_word(name, range.clone(), "policy", &self.known_policies())));
        }
        for (name, (layer, policy)) in &self.policies {
            let wrong =
                |range: &Range<usize>, message| (*layer, ConfigFileError { range: Some(range.clone()), message });
            if Policy::named(name).is_ok() {
                let message = format!("`{name}` is a policy of dlint; give yours another name");
                return Err(wrong(&policy.extends.1, message));
            }
            let mut next = policy;
            for _ in 0..self.policies.len() {
                let Some((_, base)) = self.policies.get(&next.extends.0) else { break };
                if next.extends.0 == *name {
                    return Err(wrong(&next.extends.1, format!("policy `{name}` extends itself")));
                }
                next = base;
            }
        }
        Ok(())
    }
}

/// The changes that one file makes.
struct Step<'c, 't> {
    layer: usize,
    config: &'c mut Config,
    trace: &'c mut Trace<'t>,
}

impl Step<'_, '_> {
    fn said(&mut self, range: &Range<usize>) {
        (self.trace)(Some(Origin { layer: self.layer, range: range.clone() }), self.config);
    }

    fn select(&mut self, names: &[Placed<String>]) {
        for (name, range) in names {
            Selector::parse(name).expect(CHECKED).rules().for_each(|rule| self.config.switch_on(rule));
            self.said(range);
        }
    }

    fn ignore(&mut self, names: &[Placed<String>]) {
        for (name, range) in names {
            self.config.switch_off(&Selector::parse(name).expect(CHECKED));
            self.said(range);
        }
    }

    fn levels(&mut self, levels: &Levels) {
        for ((rule, level), range) in levels {
            match level {
                None => self.config.enabled.remove(*rule),
                Some(level) => {
                    self.config.switch_on(*rule);
                    self.config.set_level(*rule, *level);
                }
            }
            self.said(range);
        }
    }
}

/// What an override says of services.
fn of_services(it: &Override) -> ServiceOverride {
    let mut ignored = Ignored::default();
    it.ignore.iter().for_each(|(name, _)| ignored.add(&Selector::parse(name).expect(CHECKED)));
    let off = it.levels.iter().filter(|((_, level), _)| level.is_none()).map(|&((rule, _), _)| rule);
    off.for_each(|rule| ignored.rules.insert(rule));
    let levels = it.levels.iter().filter_map(|&((rule, level), _)| Some((rule, level?))).collect();
    ServiceOverride { services: it.services.clone(), ignored, levels, reason: it.reason.clone() }
}
