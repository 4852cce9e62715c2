//! Views of redirections and heredocs.

use crate::text::TextRange;

use super::tree::{HeredocData, NONE, RedirectData, Script};
use super::word::Word;

/// A redirection (`2> /dev/null`).
#[derive(Debug, Clone, Copy)]
pub struct Redirect<'s> {
    pub(super) script: &'s Script,
    pub(super) data: &'s RedirectData,
}

/// The operator of a redirection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedirectOperator {
    /// `<`
    Input,
    /// `>`
    Output,
    /// `>>`
    Append,
    /// `>|`
    Clobber,
    /// `<>`
    ReadWrite,
    /// `<&`
    DuplicateInput,
    /// `>&`: a descriptor, or in bash a file for both outputs.
    DuplicateOutput,
    /// `&>`
    OutputBoth,
    /// `&>>`
    AppendBoth,
    /// `<<` and `<<-`
    Heredoc,
    /// `<<<`
    HereString,
}

/// What is redirected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Descriptor<'s> {
    /// A file descriptor; 0, 1 and 2 are standard input, output and error.
    Number(u32),
    /// `{name}>`: a free descriptor, whose number goes into the variable.
    Variable(&'s str),
    /// Standard output and standard error (`&>`).
    Both,
}

impl<'s> Redirect<'s> {
    /// From the descriptor or operator to the end of the target.
    pub fn range(&self) -> TextRange {
        self.script.range(self.data.range)
    }

    /// The operator.
    pub fn operator(&self) -> RedirectOperator {
        self.data.operator
    }

    /// What is redirected: as written, or what the operator redirects by itself.
    pub fn descriptor(&self) -> Descriptor<'s> {
        let text = self.script.slice(self.data.descriptor);
        if let Some(name) = text.strip_prefix('{') {
            return Descriptor::Variable(name.strip_suffix('}').unwrap_or(name));
        }
        match (text.parse(), self.data.operator) {
            (Ok(number), _) => Descriptor::Number(number),
            (_, RedirectOperator::OutputBoth | RedirectOperator::AppendBoth) => Descriptor::Both,
            (
                _,
                RedirectOperator::Output
                | RedirectOperator::Append
                | RedirectOperator::Clobber
                | RedirectOperator::DuplicateOutput,
            ) => Descriptor::Number(1),
            _ => Descriptor::Number(0),
        }
    }

    /// Where to or where from: a file, a descriptor, the text of `<<<`, the delimiter of a heredoc. Empty if missing.
    pub fn target(&self) -> Word<'s> {
        Word { script: self.script, data: self.data.target }
    }

    /// The heredoc, if it is one.
    pub fn heredoc(&self) -> Option<Heredoc<'s>> {
        (self.data.heredoc != NONE)
            .then(|| Heredoc { script: self.script, data: &self.script.heredocs[self.data.heredoc as usize] })
    }

    /// Whether it writes to a file, and not to another descriptor.
    pub fn writes_file(&self) -> bool {
        match self.operator() {
            RedirectOperator::Output
            | RedirectOperator::Append
            | RedirectOperator::Clobber
            | RedirectOperator::OutputBoth
            | RedirectOperator::AppendBoth => true,
            RedirectOperator::DuplicateOutput => {
                let target = self.target().unquoted();
                !target.starts_with(|char: char| char.is_ascii_digit() || matches!(char, '-' | '$'))
            }
            _ => false,
        }
    }
}

/// A heredoc.
#[derive(Debug, Clone, Copy)]
pub struct Heredoc<'s> {
    script: &'s Script,
    data: &'s HeredocData,
}

impl<'s> Heredoc<'s> {
    /// Whether its delimiter is quoted: nothing in the body is expanded.
    pub fn is_quoted(&self) -> bool {
        self.data.quoted
    }

    /// Whether it is `<<-`: leading tabs are removed from the body.
    pub fn strips_tabs(&self) -> bool {
        self.data.strip_tabs
    }

    /// Its lines, with their newlines, as a word with the expansions in them.
    pub fn body(&self) -> Word<'s> {
        Word { script: self.script, data: self.data.body }
    }

    /// The line that ends it, without its newline; `None` if the text ends first.
    pub fn end(&self) -> Option<TextRange> {
        self.data.end.map(|span| self.script.range(span))
    }
}
