//! What BuildKit refuses.

use crate::text::TextRange;

/// Something that BuildKit refuses, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What kind of error it is.
    pub kind: ErrorKind,
    /// The exact token, or the place where something is missing.
    pub range: TextRange,
    /// One sentence, without a full stop, that says what is wrong here.
    pub message: String,
    /// What to do about it, where that is not plain from the message.
    pub help: Option<String>,
    /// The text that was most likely meant in place of `range`.
    pub suggestion: Option<String>,
    /// Another place that belongs to the story (the first of two flags, the start of a heredoc).
    pub related: Option<(TextRange, String)>,
}

impl SyntaxError {
    /// An error without help, suggestion or related place.
    pub fn new(kind: ErrorKind, range: TextRange, message: impl Into<String>) -> Self {
        Self { kind, range, message: message.into(), help: None, suggestion: None, related: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the text that was most likely meant.
    #[must_use]
    pub fn suggestion(mut self, text: Option<impl Into<String>>) -> Self {
        self.suggestion = text.map(Into::into);
        self
    }

    /// Adds another place that belongs to the story.
    #[must_use]
    pub fn related(mut self, range: TextRange, message: impl Into<String>) -> Self {
        self.related = Some((range, message.into()));
        self
    }
}

macro_rules! error_kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)*) => {
        /// The kinds of [`SyntaxError`]; each is a rule of the same name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorKind {
            $($(#[$doc])* $kind,)*
        }

        impl ErrorKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The kind's name: that of its rule.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }
        }
    };
}

error_kinds! {
    /// The first word of a line is no instruction.
    UnknownInstruction = "unknown-instruction",
    /// The file is empty, or has no `FROM`.
    MissingFrom = "missing-from",
    /// An instruction other than `ARG` before the first `FROM`.
    InstructionBeforeFrom = "instruction-before-from",
    /// `# escape=` with something other than `\` or a backtick.
    InvalidEscapeDirective = "invalid-escape-directive",
    /// The same parser directive twice.
    DuplicateDirective = "duplicate-directive",
    /// `# check=` with an unknown option or a value that is not a boolean.
    InvalidCheckDirective = "invalid-check-directive",
    /// `FROM` with other than one word or three, or a second word other than `AS`.
    InvalidFrom = "invalid-from",
    /// A stage name with characters that are not allowed.
    InvalidStageName = "invalid-stage-name",
    /// An image reference that does not follow the grammar.
    InvalidImageReference = "invalid-image-reference",
    /// A `--platform` that cannot be read.
    InvalidPlatform = "invalid-platform",
    /// Fewer arguments than the instruction needs.
    MissingArguments = "missing-arguments",
    /// More arguments than the instruction takes (`HEALTHCHECK NONE`).
    TooManyArguments = "too-many-arguments",
    /// A flag that the instruction does not have.
    UnknownFlag = "unknown-flag",
    /// A flag twice that may stand only once.
    DuplicateFlag = "duplicate-flag",
    /// A flag without the value that it needs, or with one it does not take.
    InvalidFlagValue = "invalid-flag-value",
    /// `HEALTHCHECK` with an unknown type, without a command, or with bad times.
    InvalidHealthcheck = "invalid-healthcheck",
    /// `SHELL` that is not a JSON array of strings with at least one element.
    InvalidShell = "invalid-shell",
    /// A JSON array with elements that are not strings.
    InvalidJsonArray = "invalid-json-array",
    /// `ENV`, `LABEL` or `ARG` without `=`, without a value, or without a name.
    InvalidKeyValue = "invalid-key-value",
    /// A quote that is never closed, where BuildKit reads quotes.
    UnclosedQuote = "unclosed-quote",
    /// A `${…}` that BuildKit cannot read.
    InvalidSubstitution = "invalid-substitution",
    /// A heredoc without its end, or in a place where none can be.
    InvalidHeredoc = "invalid-heredoc",
    /// `COPY` of a URL.
    RemoteCopySource = "remote-copy-source",
    /// A `--chmod` that is no mode.
    InvalidChmod = "invalid-chmod",
    /// `ADD --checksum`, `--keep-git-dir` or `--unpack` where they do not apply.
    InvalidAddFlag = "invalid-add-flag",
    /// A variable where BuildKit expands none: `COPY --from`, a mount's `from`.
    UnexpandedVariable = "unexpanded-variable",
    /// A stage that uses itself or a later one.
    LaterStageReference = "later-stage-reference",
    /// A `--mount` with an unknown type or option, or options that do not go together.
    InvalidMount = "invalid-mount",
    /// `--network` or `--security` with an unknown value, or a `--device` that cannot be read.
    InvalidRunOption = "invalid-run-option",
    /// `VOLUME` with an empty path.
    EmptyVolume = "empty-volume",
    /// A physical line longer than BuildKit reads.
    LineTooLong = "line-too-long",
    /// `ONBUILD` of an instruction that cannot be put off.
    InvalidOnbuildTrigger = "invalid-onbuild-trigger",
    /// A port that `EXPOSE` cannot read.
    InvalidExposePort = "invalid-expose-port",
    /// A `STOPSIGNAL` that is no signal.
    InvalidStopsignal = "invalid-stopsignal",
    /// Several sources, and a destination that is not a directory.
    CopyDestinationNotDirectory = "copy-destination-not-directory",
}

/// A text to be shown in a message, cut short if it is long.
pub(crate) fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}\u{2026}", &text[..at]).into(),
        None => text.into(),
    }
}
