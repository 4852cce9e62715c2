//! Shell commands inside Dockerfiles and Compose files: POSIX sh and bash.
//!
//! This reads what rules ask for, and judges nothing: [`parse()`] takes any text and gives a [`Script`] whose simple and
//! compound commands ([`Command`]) lie in source order, each with its words, assignments, redirections, the operator
//! after it, its pipeline and the [`Scope`]s that it is in. Every range is a place in the file.
//!
//! ```
//! use dlint_syntax::shell::{OptionSpec, parse};
//!
//! let script = parse("apt-get update && sudo apt-get install -qqy curl", 0.into());
//! let install = script.commands().last().and_then(|command| command.program()).unwrap();
//! assert_eq!(install.name, "apt-get");
//! let arguments = install.arguments(&OptionSpec::new("t", &["target-release"]));
//! assert_eq!(arguments.subcommand().as_deref(), Some("install"));
//! assert!(arguments.has('y', "yes"));
//! ```

mod ansi_c;
mod argv;
mod command;
mod compound;
mod dollar;
mod expand;
mod glob;
mod lex;
mod list;
mod nested;
mod options;
mod parse;
mod part;
mod program;
mod redirect;
mod settings;
mod simple;
#[cfg(test)]
mod tests;
mod tree;
mod word;

use std::sync::OnceLock;

use crate::text::{TextRange, TextSize};

pub(crate) use argv::argv;
pub use command::{Command, Pipeline, Scope};
pub use nested::Nested;
pub use options::{Argument, ArgumentKind, Arguments, OptionSpec, OptionValue};
pub use part::{Parameter, ParameterOperator, Part, PartKind, Parts};
pub use program::Program;
pub use redirect::{Descriptor, Heredoc, Redirect, RedirectOperator};
pub use settings::Settings;
pub use tree::{CommandKind, Operator, ScopeKind, Script, ShellError, ShellErrorKind};
pub use word::{Assignment, Word, Words};

/// Text that a shell reads. Its commands are worked out when somebody asks for them.
#[derive(Debug, Clone)]
pub struct ShellText {
    /// Its place in the file, continued lines and comment lines included.
    pub range: TextRange,
    /// The text with everything that the shell does not see masked (see [`parse()`]), and as long as the range: offset
    /// `n` in it is offset `range.start() + n` in the file.
    text: String,
    script: OnceLock<Box<Script>>,
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
        self.text.trim_matches(|char: char| char.is_whitespace() || char == '\0').is_empty()
    }

    /// The commands.
    pub fn script(&self) -> &Script {
        self.script.get_or_init(|| Box::new(parse(&self.text, self.range.start())))
    }
}

/// Reads shell text that stands at `base` in its file. Any text gives a script; [`Script::errors`] has what is amiss.
///
/// Bytes of the file that the shell does not see (a comment line within a continued instruction, an escape of the
/// language around, an indentation) are to be masked with NUL, each byte by one, so that offsets stay true: a NUL is
/// taken as nothing at all, even within a word or a quoted string. A backslash and a newline are nothing too, but only
/// where the shell itself takes them so: not in single quotes, comments and quoted heredocs. What continues a line of a
/// Dockerfile, wherever it stands, should therefore be masked.
///
/// # Panics
/// If the text does not end below offset `u32::MAX`.
pub fn parse(text: &str, base: TextSize) -> Script {
    parse::parse(text, base)
}
