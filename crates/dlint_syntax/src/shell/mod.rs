//! Shell commands inside Dockerfiles and Compose files.

use std::sync::OnceLock;

use crate::text::TextRange;

/// Text that a shell reads. Its commands are worked out when somebody asks for them.
#[derive(Debug, Clone)]
pub struct ShellText {
    /// Its place in the file, continued lines and comment lines included.
    pub range: TextRange,
    /// The text with everything that the shell does not see masked, and as long as the range: offset `n` in it is
    /// offset `range.start() + n` in the file.
    text: String,
    script: OnceLock<Script>,
}

impl ShellText {
    /// Shell text whose masked form is `text`.
    ///
    /// # Panics
    /// In debug builds, if `text` is not as long as `range`: masking never changes a length.
    pub fn new(range: TextRange, text: String) -> Self {
        debug_assert_eq!(text.len(), usize::from(range.len()));
        Self { range, text, script: OnceLock::new() }
    }

    /// The masked text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is nothing for the shell to do.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The commands.
    pub fn script(&self) -> &Script {
        self.script.get_or_init(|| parse(&self.text, self.range.start()))
    }
}

/// The commands of a shell text.
#[derive(Debug, Clone, Default)]
pub struct Script {}

/// Reads shell text that stands at `base` in its file.
pub fn parse(text: &str, base: crate::TextSize) -> Script {
    let _ = (text, base);
    Script {}
}
