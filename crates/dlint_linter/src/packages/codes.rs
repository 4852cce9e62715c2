//! What hadolint calls, once for each manager, what is one concern for all.
//!
//! Source: hadolint's wiki.

use super::{Family, Manager};

/// What hadolint checks of several managers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// That caches are removed.
    Cache,
    /// That packages have versions.
    Pin,
    /// That nothing is asked.
    Prompt,
    /// That not everything is upgraded.
    Upgrade,
}

impl Manager {
    /// The code, as an alias of a rule; none where hadolint does not look at the manager.
    pub fn codes(&self, check: Check) -> &'static [&'static str] {
        use Check::{Cache, Pin, Prompt, Upgrade};
        match (self.family, check) {
            (Family::Apt, Cache) => &["hadolint:DL3009"],
            (Family::Apt, Pin) => &["hadolint:DL3008"],
            (Family::Apt, Prompt) => &["hadolint:DL3014"],
            (Family::Apt, Upgrade) => &["hadolint:DL3005"],
            (Family::Apk, Cache) => &["hadolint:DL3019"],
            (Family::Apk, Pin) => &["hadolint:DL3018"],
            (Family::Apk, Upgrade) => &["hadolint:DL3017"],
            (Family::Yum, Cache) => &["hadolint:DL3032"],
            (Family::Yum, Pin) => &["hadolint:DL3033"],
            (Family::Yum, Prompt) => &["hadolint:DL3030"],
            (Family::Yum, Upgrade) => &["hadolint:DL3031"],
            (Family::Dnf | Family::Microdnf, Cache) => &["hadolint:DL3040"],
            (Family::Dnf | Family::Microdnf, Pin) => &["hadolint:DL3041"],
            (Family::Dnf | Family::Microdnf, Prompt) => &["hadolint:DL3038"],
            (Family::Dnf | Family::Microdnf, Upgrade) => &["hadolint:DL3039"],
            (Family::Zypper, Cache) => &["hadolint:DL3036"],
            (Family::Zypper, Pin) => &["hadolint:DL3037"],
            (Family::Zypper, Prompt) => &["hadolint:DL3034"],
            (Family::Zypper, Upgrade) => &["hadolint:DL3035"],
            (Family::Pip, Cache) => &["hadolint:DL3042"],
            (Family::Pip, Pin) => &["hadolint:DL3013"],
            (Family::Yarn, Cache) => &["hadolint:DL3060"],
            (Family::Npm, Pin) => &["hadolint:DL3016"],
            (Family::Gem, Pin) => &["hadolint:DL3028"],
            (Family::Go, Pin) => &["hadolint:DL3062"],
            _ => &[],
        }
    }
}
