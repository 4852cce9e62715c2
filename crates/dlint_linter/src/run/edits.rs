//! Changes to commands of a `RUN`.

use dlint_syntax::dockerfile::Form;
use dlint_syntax::shell::Word;

use super::{CommandNode, RunNode};
use crate::diagnostic::Edit;

impl RunNode<'_> {
    /// Whether a place in its commands may be edited as if it were plain shell text: nothing around is escaped for JSON.
    fn is_plain(&self, text: &str) -> bool {
        !self.is_exec() || !text[self.instruction.range].contains('\\')
    }

    /// Appends a command that runs only if everything before it succeeded. `text` is the document's. `None` where the end of
    /// the script is no place for it.
    pub fn append(&self, text: &str, command: &str) -> Option<Edit> {
        let Form::Shell(shell) = &self.run.form else { return None };
        let last = self.script().root()?.commands().next_back()?;
        let seen = shell.text().trim_end_matches(['\0', ' ', '\t', '\n', '\r']);
        let end = shell.range.start() + dlint_syntax::TextSize::of(seen);
        // After these nothing is run.
        if matches!(last.name().as_deref(), Some("exec" | "exit" | "return")) {
            return None;
        }
        // A comment, a heredoc or an operator may stand after the last command.
        if last.range().end() != end || last.pipeline().is_background() || !self.script().errors().is_empty() {
            return None;
        }
        if self.run.is_heredoc {
            return Some(Edit::insert(end, format!("\n{command}")));
        }
        if !self.instruction.heredocs.is_empty() {
            return None;
        }
        let written = &text[shell.range];
        let Some(newline) = written.trim_end().rfind('\n') else {
            return Some(Edit::insert(end, format!(" && {command}")));
        };
        let line = &written[newline + 1..];
        let indent = &line[..line.len() - line.trim_start().len()];
        let newline = if written[..newline].ends_with('\r') { "\r\n" } else { "\n" };
        Some(Edit::insert(end, format!(" {}{newline}{indent}&& {command}", self.file.escape.char())))
    }
}

impl<'a> CommandNode<'a, '_> {
    /// Adds an argument after a word of the command. `text` is the document's. `None` if that cannot be done there.
    pub fn add_after(&self, text: &str, word: Word<'a>, argument: &str) -> Option<Edit> {
        if !self.run.is_plain(text) {
            return None;
        }
        let is_argv = self.run.is_exec() && self.outer().is_none();
        let added = if is_argv { argument.replace(' ', "\", \"") } else { argument.to_owned() };
        let separator = if is_argv { "\", \"" } else { " " };
        Some(Edit::insert(word.range().end(), format!("{separator}{added}")))
    }
}
