//! What dlint reports.

use std::sync::Arc;

use dlint_syntax::TextRange;

use crate::codes;
use crate::document::Document;
use crate::rule::{Rule, RuleId};
use crate::severity::Cvss;

/// How much a finding matters; ordered from the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A suggestion that an editor may show faintly.
    Hint,
    /// Worth knowing.
    Info,
    /// Worth mending.
    Warning,
    /// Wrong or dangerous.
    Error,
}

impl Level {
    /// All levels, from the least.
    pub const ALL: [Self; 4] = [Self::Hint, Self::Info, Self::Warning, Self::Error];

    /// Its name on the command line and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What kind of matter a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The program that reads the file refuses it.
    Syntax,
    /// Accepted, but does not do what it says.
    Correctness,
    /// Makes an attack possible or easier.
    Security,
    /// Makes an outage likelier or longer.
    Reliability,
    /// The same text gives different images on different days.
    Reproducibility,
    /// Larger images or slower builds than need be.
    Efficiency,
    /// Harder to change than need be.
    Maintainability,
    /// A matter of form.
    Style,
}

impl Category {
    /// All categories.
    pub const ALL: [Self; 8] = [
        Self::Syntax,
        Self::Correctness,
        Self::Security,
        Self::Reliability,
        Self::Reproducibility,
        Self::Efficiency,
        Self::Maintainability,
        Self::Style,
    ];

    /// Its name on the command line and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Correctness => "correctness",
            Self::Security => "security",
            Self::Reliability => "reliability",
            Self::Reproducibility => "reproducibility",
            Self::Efficiency => "efficiency",
            Self::Maintainability => "maintainability",
            Self::Style => "style",
        }
    }
}

/// A finding. It borrows nothing, so that it can be kept, sent and compared.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: RuleId,
    /// What kind of matter it is: the rule's, except that what a rule of [`Category::Syntax`] finds and the program that reads the
    /// file lets pass (BuildKit refuses it only when it builds, `dockerd` passes over it) is [`Category::Correctness`].
    pub category: Category,
    /// How much it matters here.
    pub level: Level,
    /// The severity of a security finding.
    pub cvss: Option<Cvss>,
    /// Where: byte offsets into the document, half-open. May be empty: a place where something is missing.
    pub range: TextRange,
    /// One sentence that says what is wrong here.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that belong to the story.
    pub related: Vec<Related>,
    /// What could be done about it automatically; each fix is an alternative to the others.
    pub fixes: Vec<Fix>,
    /// The aliases of its rule that it answers to (`hadolint:DL3042`), where one tool has several for the rule. Of a tool that has none
    /// here, it answers to all.
    pub codes: &'static [&'static str],
    /// A secret in the document that no report may show. Messages never have it; whoever shows lines of the document
    /// shows those of [`Document::masked`].
    pub hidden: Option<TextRange>,
}

impl Diagnostic {
    /// The rule that found it.
    pub fn rule(&self) -> &'static Rule {
        self.rule.rule()
    }

    /// Whether an alias of its rule is about this finding.
    pub(crate) fn answers_to(&self, alias: &str) -> bool {
        let tool = codes::tool(alias);
        let mut own = self.codes.iter().filter(|code| codes::tool(code) == tool).peekable();
        own.peek().is_none() || own.any(|code| *code == alias)
    }
}

/// Another place that belongs to a finding.
#[derive(Debug, Clone)]
pub struct Related {
    /// The document it is in; `None` for the finding's own.
    pub document: Option<Arc<Document>>,
    /// Where.
    pub range: TextRange,
    /// What is there, as a short phrase.
    pub message: String,
    /// Whether that place is what is at fault, so that findings of one rule with the same place are one.
    pub is_cause: bool,
}

/// An automatic change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a command: "Replace ADD with COPY".
    pub title: String,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// The edits, which are made all or none; they do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that never changes what the image or the container does.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits }
    }

    /// A fix that may change what the image or the container does.
    pub fn unsafe_(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { title: title.into(), safety: Safety::Unsafe, edits }
    }
}

/// Whether a [`Fix`] may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// `--fix` applies it: it never changes what the image or the container does.
    Safe,
    /// `--unsafe-fixes` applies it too: it may change behaviour.
    Unsafe,
    /// Only shown: a person has to choose or complete it.
    Display,
}

impl Safety {
    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
            Self::Display => "display",
        }
    }
}

/// A replacement of a piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced: byte offsets, half-open; empty to insert.
    pub range: TextRange,
    /// By what; empty to delete.
    pub text: String,
}

impl Edit {
    /// Replaces what stands at `range`.
    pub fn replace(range: TextRange, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// Inserts at `offset`.
    pub fn insert(offset: dlint_syntax::TextSize, text: impl Into<String>) -> Self {
        Self { range: TextRange::empty(offset), text: text.into() }
    }

    /// Deletes what stands at `range`.
    pub fn delete(range: TextRange) -> Self {
        Self { range, text: String::new() }
    }
}
