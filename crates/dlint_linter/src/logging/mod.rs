//! Log drivers and their options, the same for the daemon's defaults and for a service of Compose.
//!
//! [`drivers`] has the facts; [`check`](check()) tells what a driver makes of the options that it is given.

mod check;
mod drivers;
pub(crate) mod service;
#[cfg(test)]
mod tests;

pub use check::{Fault, FaultKind, Given, check};
pub use drivers::{drivers, find_driver};

/// A log driver that is built into Docker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogDriver {
    /// Its name.
    pub name: &'static str,
    /// Where it puts what containers write.
    pub description: &'static str,
    /// Its own options, in alphabetical order.
    pub options: &'static [LogOption],
    /// Whether it takes `labels`, `labels-regex`, `env` and `env-regex`.
    pub has_attributes: bool,
    /// Whether it takes `tag`.
    pub has_tag: bool,
    /// Whether it refuses options that it does not know.
    pub refuses_unknown: bool,
    /// The page of Docker's documentation that tells more.
    pub link: &'static str,
}

/// An option of a log driver. All values are strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogOption {
    /// Its name.
    pub name: &'static str,
    /// What its value has to be.
    pub ty: OptionType,
    /// What it does, in Markdown.
    pub description: &'static str,
    /// What holds without it.
    pub default: Option<&'static str>,
    /// Whether a wrong value is refused as soon as the driver sees its options, which for the daemon's own is when it starts.
    /// Otherwise, no container that logs this way starts.
    pub is_checked_early: bool,
    /// Whether the driver cannot do without it.
    pub is_required: bool,
    /// What to use instead, if it is to go away.
    pub instead: Option<&'static str>,
}

/// What the value of an option has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionType {
    /// Any text.
    Text,
    /// What Go takes for a boolean: `true`, `false`, `1`, `0`, `t`, `f`.
    Bool,
    /// A whole number between these two, both included.
    Integer(i64, i64),
    /// A number of bytes with or without a unit.
    Size,
    /// A time in Go's notation: `1s`, `500ms`.
    Duration,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A facility of syslog: a name, or a number from 0 to 23.
    Facility,
    /// `scheme://…` with one of these schemes.
    Address(&'static [&'static str]),
    /// `http://host:port` or `https://host:port`.
    Url,
}

impl LogDriver {
    /// The option of that name: the driver's own, or one that all have.
    pub fn option(&self, name: &str) -> Option<&'static LogOption> {
        self.all_options().find(|option| option.name == name)
    }

    /// All options that the driver takes, its own first.
    pub fn all_options(&self) -> impl Iterator<Item = &'static LogOption> + use<> {
        let attributes = if self.has_attributes { drivers::ATTRIBUTES } else { &[] };
        let tag = if self.has_tag { std::slice::from_ref(&drivers::TAG) } else { &[] };
        [self.options, attributes, tag, drivers::COMMON].into_iter().flatten()
    }
}

impl LogOption {
    const fn new(name: &'static str, ty: OptionType, description: &'static str) -> Self {
        Self { name, ty, description, default: None, is_checked_early: false, is_required: false, instead: None }
    }

    const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }

    const fn early(mut self) -> Self {
        self.is_checked_early = true;
        self
    }

    const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    const fn instead(mut self, instead: &'static str) -> Self {
        self.instead = Some(instead);
        self
    }
}
