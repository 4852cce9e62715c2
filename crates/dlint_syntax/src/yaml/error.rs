//! What Docker Compose or `dockerd` refuses before it looks at any key.

use crate::text::TextRange;

/// Something that the program that reads the file refuses, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// What kind of error it is.
    pub kind: ErrorKind,
    /// The exact token, or the place where something is missing.
    pub range: TextRange,
    /// One sentence, without a full stop, that says what is wrong here.
    pub message: String,
    /// What to do about it, where that is not plain from the message.
    pub help: Option<String>,
    /// Another place that belongs to the story (the first of two keys, the bracket that is not closed).
    pub related: Option<(TextRange, String)>,
}

impl YamlError {
    /// An error without help or related place.
    pub fn new(kind: ErrorKind, range: TextRange, message: impl Into<String>) -> Self {
        Self { kind, range, message: message.into(), help: None, related: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the story.
    #[must_use]
    pub fn related(mut self, range: TextRange, message: impl Into<String>) -> Self {
        self.related = Some((range, message.into()));
        self
    }
}

/// The kinds of [`YamlError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// The text is not YAML.
    Syntax,
    /// A mapping has the same key twice.
    DuplicateKey,
    /// An alias without an anchor of that name before it.
    UndefinedAlias,
    /// An alias inside of what it stands for.
    AliasCycle,
    /// The value of `<<` is no mapping, and no list of mappings.
    InvalidMerge,
    /// A value that does not fit its explicit tag (`!!int abc`).
    InvalidTagValue,
    /// Nested too deep, or too large once aliases are followed.
    Limit,
    /// The text is not JSON.
    Json,
}

impl ErrorKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::DuplicateKey,
        Self::UndefinedAlias,
        Self::AliasCycle,
        Self::InvalidMerge,
        Self::InvalidTagValue,
        Self::Limit,
        Self::Json,
    ];

    /// The kind's name: that of its rule.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "invalid-yaml",
            Self::DuplicateKey => "duplicate-key",
            Self::UndefinedAlias => "undefined-alias",
            Self::AliasCycle => "alias-cycle",
            Self::InvalidMerge => "invalid-merge",
            Self::InvalidTagValue => "invalid-tag-value",
            Self::Limit => "yaml-limit",
            Self::Json => "invalid-json",
        }
    }
}
