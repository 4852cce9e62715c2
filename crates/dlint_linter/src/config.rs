//! What is checked, and how strictly.

pub mod edit;
pub mod file;
pub mod foreign;
pub mod layers;
pub(crate) mod services;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::codes::Ignored;
use crate::diagnostic::Level;
use crate::image::lifecycle::Lifecycles;
use crate::rule::{RuleId, RuleSet};
use crate::rules::compose::{misplaced_service_key, misplaced_top_level_key};
use crate::rules::daemon::unexpected_listen_address;
use crate::rules::image::{end_of_life_image, untrusted_registry};
use crate::rules::isolation::{added_capability, dangerous_capability};
use crate::rules::labels::{invalid_label_value, missing_label, unexpected_label};
use crate::rules::layout::repeated_blank_lines;
use crate::rules::mounts::sensitive_host_path;
use crate::rules::network::{forbidden_port, privileged_port, wildcard_port};
use crate::rules::packages::package_cache;
use crate::rules::resources::missing_resource_limits;
use crate::rules::shell::shellcheck;
use crate::rules::stages::unused_stage;
use crate::rules::user::root_user;
use crate::selector::{Selector, UnknownSelector};
use crate::severity::Rating;

pub use services::ServiceOverride;

/// The configuration for one document.
#[derive(Debug, Clone)]
pub struct Config {
    /// The rules that are on.
    pub enabled: RuleSet,
    /// The rules' own options.
    pub options: Options,
    /// Whether comments in files suppress findings.
    pub inline_ignores: bool,
    /// The least rating of what is reported. Where there is one, only findings with a rating are.
    pub min_rating: Option<Rating>,
    /// The table that `end-of-life-image` goes by, if it is not the one that dlint brings.
    pub lifecycles: Option<Arc<Lifecycles>>,
    /// What holds for some services of Compose files only; the later goes before the earlier.
    pub services: Vec<ServiceOverride>,
    levels: BTreeMap<RuleId, Level>,
    /// What is ignored of the rules that are on.
    pub(crate) ignored: Ignored,
}

/// The options of all rules that have some; each struct stands beside its rule.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Options of `added-capability`.
    pub added_capability: added_capability::Options,
    /// Options of `end-of-life-image`.
    pub end_of_life_image: end_of_life_image::Options,
    /// Options of `invalid-label-value`.
    pub invalid_label_value: invalid_label_value::Options,
    /// Options of `missing-label`.
    pub missing_label: missing_label::Options,
    /// Options of `misplaced-service-key`.
    pub misplaced_service_key: misplaced_service_key::Options,
    /// Options of `misplaced-top-level-key`.
    pub misplaced_top_level_key: misplaced_top_level_key::Options,
    /// Options of `repeated-blank-lines`.
    pub repeated_blank_lines: repeated_blank_lines::Options,
    /// Options of `dangerous-capability`.
    pub dangerous_capability: dangerous_capability::Options,
    /// Options of `forbidden-port`.
    pub forbidden_port: forbidden_port::Options,
    /// Options of `package-cache`.
    pub package_cache: package_cache::Options,
    /// Options of `missing-resource-limits`.
    pub missing_resource_limits: missing_resource_limits::Options,
    /// Options of `privileged-port`.
    pub privileged_port: privileged_port::Options,
    /// Options of `root-user`.
    pub root_user: root_user::Options,
    /// Options of `sensitive-host-path`.
    pub sensitive_host_path: sensitive_host_path::Options,
    /// Options of `shellcheck`.
    pub shellcheck: shellcheck::Options,
    /// Options of `untrusted-registry`.
    pub untrusted_registry: untrusted_registry::Options,
    /// Options of `unexpected-listen-address`.
    pub unexpected_listen_address: unexpected_listen_address::Options,
    /// Options of `unexpected-label`.
    pub unexpected_label: unexpected_label::Options,
    /// Options of `unused-stage`.
    pub unused_stage: unused_stage::Options,
    /// Options of `wildcard-port`.
    pub wildcard_port: wildcard_port::Options,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            enabled: RuleId::all().filter(|id| id.rule().default).collect(),
            options: Options::default(),
            inline_ignores: true,
            min_rating: None,
            lifecycles: None,
            services: Vec::new(),
            levels: BTreeMap::new(),
            ignored: Ignored::default(),
        }
    }
}

impl Config {
    /// The level that the configuration sets for a rule.
    pub fn level(&self, rule: RuleId) -> Option<Level> {
        self.levels.get(&rule).copied()
    }

    /// Sets the level of a rule.
    pub fn set_level(&mut self, rule: RuleId, level: Level) {
        self.levels.insert(rule, level);
    }

    /// Switches on exactly the rules that the selectors name, and the rules of category `syntax`: a file that Docker
    /// refuses is never fine. The code of another tool stands for the whole rule here.
    pub fn select(&mut self, selectors: &[String]) -> Result<(), UnknownSelector> {
        let mut enabled: RuleSet = Selector::parse("syntax")?.rules().collect();
        for name in selectors {
            for rule in Selector::parse(name)?.rules() {
                enabled.insert(rule);
            }
        }
        self.enabled = enabled;
        self.ignored = Ignored::default();
        Ok(())
    }

    /// Switches off the rules that the selectors name. The code of another tool that has several for a rule switches off only what
    /// that code is about.
    pub fn ignore(&mut self, selectors: &[String]) -> Result<(), UnknownSelector> {
        for name in selectors {
            self.switch_off(&Selector::parse(name)?);
        }
        Ok(())
    }

    pub(crate) fn switch_off(&mut self, selector: &Selector) {
        self.ignored.add(selector);
        for rule in selector.rules().filter(|rule| self.ignored.rules.contains(*rule)) {
            self.enabled.remove(rule);
        }
    }

    pub(crate) fn switch_on(&mut self, rule: RuleId) {
        self.enabled.insert(rule);
        self.ignored.remove(rule);
    }
}
