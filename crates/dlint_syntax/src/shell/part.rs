//! Views of the parts of words.

use crate::text::TextRange;

use super::command::Scope;
use super::tree::{Detail, PartData, Script, Span};

/// A part of a word.
#[derive(Debug, Clone, Copy)]
pub struct Part<'s> {
    script: &'s Script,
    data: &'s PartData,
    index: u32,
}

/// What a part of a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// Plain text.
    Literal,
    /// A character after a backslash.
    Escaped,
    /// `'…'`.
    SingleQuoted,
    /// `"…"` or `$"…"`, with its parts.
    DoubleQuoted,
    /// `$'…'`, in which backslash sequences as in C count.
    AnsiC,
    /// `$x`, `$1`, `$@`, `${x}`, `${x:-word}`, …, with the parts of its word.
    Parameter,
    /// `$( … )`.
    CommandSubstitution,
    /// `` ` … ` ``.
    Backticks,
    /// `$(( … ))`, or the whole of a `(( … ))` command, with its parts.
    Arithmetic,
    /// `<( … )` or `>( … )`.
    ProcessSubstitution,
    /// `*`, `?`, the `[` of a character class, or the parentheses of an extended pattern, with their parts.
    Glob,
    /// `{a,b}` or `{1..9}`, with the parts between the braces, commas included.
    Brace,
    /// `~` or `~user` at the start.
    Tilde,
    /// `( … )` as the value of an assignment, with the parts of all its words.
    Array,
}

impl PartKind {
    /// Whether its value depends on variables or on other commands.
    pub fn expands(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::CommandSubstitution
                | Self::Backticks
                | Self::Arithmetic
                | Self::ProcessSubstitution
                | Self::Array
        )
    }

    /// Whether it stands for something else only as a pattern or shorthand: a glob, braces or a tilde.
    pub fn is_pattern(self) -> bool {
        matches!(self, Self::Glob | Self::Brace | Self::Tilde)
    }

    /// Whether it is `$( … )` or backticks.
    pub fn is_command(self) -> bool {
        matches!(self, Self::CommandSubstitution | Self::Backticks)
    }

    /// Whether it is a quoted string.
    pub fn is_quotes(self) -> bool {
        matches!(self, Self::SingleQuoted | Self::DoubleQuoted | Self::AnsiC)
    }
}

impl<'s> Part<'s> {
    /// What it is.
    pub fn kind(&self) -> PartKind {
        self.data.kind
    }

    /// Its place in the file, its quotes, `$`, brackets included.
    pub fn range(&self) -> TextRange {
        self.script.range(self.data.range)
    }

    /// The text at its range.
    pub fn text(&self) -> &'s str {
        self.script.slice(self.data.range)
    }

    /// Whether it is within double quotes, or in a heredoc body, where results are not split.
    pub fn in_double_quotes(&self) -> bool {
        self.data.in_double_quotes
    }

    /// The parts directly in it.
    pub fn parts(&self) -> Parts<'s> {
        Parts { script: self.script, span: Span { start: self.index + 1, end: self.index + 1 + self.data.len } }
    }

    /// Its text with quotes and escapes processed and everything else as it is written.
    pub fn unquoted(&self) -> String {
        let mut value = String::new();
        self.append_value(&mut value);
        value
    }

    /// The variable, if it is one.
    pub fn parameter(&self) -> Option<Parameter<'s>> {
        match self.data.detail {
            Detail::Parameter { name, operator } => Some(Parameter { script: self.script, name, operator }),
            _ => None,
        }
    }

    /// The commands in it, if it is a command or process substitution.
    pub fn scope(&self) -> Option<Scope<'s>> {
        match self.data.detail {
            Detail::Scope(index) => Some(Scope { script: self.script, index }),
            _ => None,
        }
    }

    pub(super) fn span(&self) -> Span {
        self.data.range
    }

    pub(super) fn detail(&self) -> Detail {
        self.data.detail
    }

    /// The parts in it, at any depth.
    pub(super) fn descendants(&self) -> impl Iterator<Item = Part<'s>> + use<'s> {
        all_parts(self.script, self.parts().span)
    }

    /// How long its opening and closing quotes are.
    pub(super) fn quotes(&self) -> (usize, usize) {
        let text = self.text();
        let quote = match self.kind() {
            PartKind::SingleQuoted | PartKind::AnsiC if !matches!(self.data.detail, Detail::Body) => '\'',
            PartKind::DoubleQuoted => '"',
            _ => return (0, 0),
        };
        let open = text.find(quote).map_or(0, |at| at + 1);
        // The last byte may be an escaped quote, if the string is not closed.
        let content = self.parts().last().map_or(0, |last| (last.data.range.end - self.data.range.start) as usize);
        let closed = text.len() > open && text.len() > content && text.ends_with(quote);
        (open, usize::from(closed))
    }

    pub(super) fn append_value(&self, value: &mut String) {
        let text = self.text();
        match self.kind() {
            PartKind::Literal | PartKind::Tilde if !has_hidden(text) => value.push_str(text),
            PartKind::Literal | PartKind::Tilde | PartKind::Glob if self.data.len == 0 => push_visible(value, text),
            PartKind::Escaped => push_visible(value, &text[1..]),
            PartKind::SingleQuoted => {
                let (open, close) = self.quotes();
                value.extend(text[open..text.len() - close].chars().filter(|char| *char != '\0'));
            }
            PartKind::AnsiC => value.push_str(&super::ansi_c::decode(text)),
            PartKind::DoubleQuoted => self.parts().for_each(|part| part.append_value(value)),
            PartKind::Brace => {
                value.push('{');
                self.parts().for_each(|part| part.append_value(value));
                value.push('}');
            }
            _ => push_visible(value, text),
        }
    }
}

/// Appends the text without masked bytes and continued lines.
fn push_visible(value: &mut String, text: &str) {
    let mut chars = text.chars().filter(|char| *char != '\0').peekable();
    while let Some(char) = chars.next() {
        if char == '\\' && chars.next_if(|next| matches!(next, '\n')).is_some() {
            continue;
        }
        value.push(char);
    }
}

/// Iterates over the parts directly in a word or in another part.
#[derive(Debug, Clone)]
pub struct Parts<'s> {
    pub(super) script: &'s Script,
    pub(super) span: Span,
}

impl<'s> Iterator for Parts<'s> {
    type Item = Part<'s>;

    fn next(&mut self) -> Option<Part<'s>> {
        let index = self.span.start;
        if index >= self.span.end {
            return None;
        }
        let data = &self.script.parts[index as usize];
        self.span.start = (index + 1 + data.len).min(self.span.end);
        Some(Part { script: self.script, data, index })
    }
}

/// A variable (`$x`, `${x:-word}`).
#[derive(Debug, Clone, Copy)]
pub struct Parameter<'s> {
    script: &'s Script,
    name: Span,
    operator: ParameterOperator,
}

impl<'s> Parameter<'s> {
    /// Its name: a variable, a number, or one of `@*#?-$!`. Empty for `${}`.
    pub fn name(&self) -> &'s str {
        self.script.slice(self.name)
    }

    /// The place of its name.
    pub fn name_range(&self) -> TextRange {
        self.script.range(self.name)
    }

    /// What is done with its value.
    pub fn operator(&self) -> ParameterOperator {
        self.operator
    }
}

/// What `${…}` does with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterOperator {
    /// `$x`, `${x}`: nothing.
    Plain,
    /// `${#x}`: its length.
    Length,
    /// `${!x}`: the variable that it names.
    Indirect,
    /// `${x:-word}`, `${x-word}`: a default.
    Default,
    /// `${x:=word}`, `${x=word}`: a default that is kept.
    Assign,
    /// `${x:?word}`, `${x?word}`: an error if there is none.
    Error,
    /// `${x:+word}`, `${x+word}`: something else if there is one.
    Alternative,
    /// `${x#word}`, `${x##word}`: a prefix is removed.
    TrimPrefix,
    /// `${x%word}`, `${x%%word}`: a suffix is removed.
    TrimSuffix,
    /// `${x/pattern/word}`: replacement.
    Replace,
    /// `${x^}`, `${x^^}`, `${x,}`, `${x,,}`: upper or lower case.
    Case,
    /// `${x:offset:length}`: a piece.
    Substring,
    /// `${x@Q}` and its kin.
    Transform,
    /// Something that no shell knows.
    Invalid,
}

/// The parts in `span`, at any depth.
pub(super) fn all_parts(script: &Script, span: Span) -> impl Iterator<Item = Part<'_>> + use<'_> {
    script.parts[span.start as usize..span.end as usize].iter().zip(span.start..).map(move |(data, index)| Part {
        script,
        data,
        index,
    })
}

/// Whether the text has bytes that the shell does not see: masked ones or continued lines.
pub(super) fn has_hidden(text: &str) -> bool {
    text.bytes().any(|byte| byte == 0 || byte == b'\n')
}
