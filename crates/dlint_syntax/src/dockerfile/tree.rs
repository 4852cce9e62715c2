//! What a Dockerfile says, instruction by instruction, with the place of everything.
//!
//! The tree is what BuildKit's parser sees after it has joined continued lines and dropped comments. Texts in it are
//! owned, ranges point into the file.

use crate::text::CompactString;
use crate::text::TextRange;

use super::error::SyntaxError;
use super::form::Form;
use super::word::Word;

/// A parsed Dockerfile.
#[derive(Debug, Clone, Default)]
pub struct Dockerfile {
    /// The escape character: `\`, or a backtick after `# escape=`.
    pub escape: Escape,
    /// The parser directives at the top of the file, in order.
    pub directives: Vec<Directive>,
    /// Every comment line in file order, also those inside a continued instruction; not the directives.
    pub comments: Vec<Comment>,
    /// The instructions in file order, with the ones that cannot be read as [`Kind::Unknown`].
    pub instructions: Vec<Instruction>,
    /// What the text consists of. The ranges tile it: the first starts at 0, each begins where the one before ends,
    /// the last ends with the text.
    pub tokens: Vec<Token>,
    /// What BuildKit refuses when it reads the file, in file order. See [`convert_errors`](super::convert_errors) for
    /// what it refuses later.
    pub errors: Vec<SyntaxError>,
    /// What BuildKit refuses later, found while reading: in the instructions that `ONBUILD` puts off, which it looks at
    /// in builds upon this image, and in the bodies of heredocs.
    pub(crate) late_errors: Vec<SyntaxError>,
}

/// The character that escapes the next one, and that continues an instruction at the end of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Escape {
    /// `\`, the default.
    #[default]
    Backslash,
    /// A backtick, usual in Dockerfiles for Windows.
    Backtick,
}

impl Escape {
    /// The character itself.
    pub fn char(self) -> char {
        match self {
            Self::Backslash => '\\',
            Self::Backtick => '`',
        }
    }
}

/// A parser directive (`# syntax=docker/dockerfile:1`).
#[derive(Debug, Clone)]
pub struct Directive {
    /// From the `#` to the end of the value.
    pub range: TextRange,
    /// Which directive it is.
    pub kind: DirectiveKind,
    /// The place of its name.
    pub name: TextRange,
    /// Its value, blanks around it removed.
    pub value: Word,
}

/// The parser directives that BuildKit knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirectiveKind {
    /// `syntax`: the frontend image that builds the file.
    Syntax,
    /// `escape`: the escape character.
    Escape,
    /// `check`: settings of BuildKit's own build checks.
    Check,
}

/// A comment line.
#[derive(Debug, Clone, Copy)]
pub struct Comment {
    /// From the `#` to the end of the line, without the newline.
    pub range: TextRange,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is; never empty.
    pub range: TextRange,
}

/// The kinds of [`Token`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A byte order mark at the start.
    Bom,
    /// Blanks, or an empty line with its newline.
    Space,
    /// `\n` or `\r\n`.
    Newline,
    /// A directive line, without its newline.
    Directive,
    /// A comment line, without its newline.
    Comment,
    /// The word that names the instruction.
    Keyword,
    /// A `--flag` or `--flag=value`.
    Flag,
    /// Anything else an instruction says on one physical line.
    Text,
    /// The escape character at the end of a line, with the blanks after it and the newline.
    Continuation,
    /// A line of a heredoc's body, with its newline.
    HeredocLine,
    /// The line that ends a heredoc, without its newline.
    HeredocEnd,
}

/// A flag of an instruction (`--from=build`, `--link`).
#[derive(Debug, Clone)]
pub struct Flag {
    /// The whole flag.
    pub range: TextRange,
    /// Its name, without the dashes.
    pub name: Word,
    /// What stands after the `=`, if there is one.
    pub value: Option<Word>,
}

/// An instruction.
#[derive(Debug, Clone)]
pub struct Instruction {
    /// From the keyword to the end of its last line, heredocs included, without the newline and blanks before it.
    pub range: TextRange,
    /// The word that names it, as written.
    pub keyword: Word,
    /// Its flags, known or not.
    pub flags: Vec<Flag>,
    /// What stands after the keyword and the flags, up to the end of the logical line (heredoc bodies excluded).
    /// Empty, and at the end of the keyword or last flag, if there is nothing.
    pub arguments: TextRange,
    /// Its heredocs, in order. Those of a trigger are with the trigger, not with its `ONBUILD`.
    pub heredocs: Vec<Heredoc>,
    /// What it says.
    pub kind: Kind,
}

impl Instruction {
    /// The last flag of that name: the one that counts, where a flag may stand only once.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().rev().find(|flag| flag.name.text == name)
    }

    /// The keyword in upper case.
    pub fn name(&self) -> CompactString {
        self.keyword.text.to_ascii_uppercase()
    }
}

/// What an instruction says. Parts that are missing in the text are empty or `None`; an error is recorded for them.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `FROM image [AS name]`.
    From(From),
    /// `RUN`.
    Run(Run),
    /// `CMD`.
    Cmd(Form),
    /// `ENTRYPOINT`.
    Entrypoint(Form),
    /// `SHELL ["…"]`: the elements.
    Shell(Vec<Word>),
    /// `HEALTHCHECK`.
    Healthcheck(Healthcheck),
    /// `COPY`.
    Copy(Copy),
    /// `ADD`.
    Add(Copy),
    /// `ENV`.
    Env(KeyValues),
    /// `LABEL`.
    Label(KeyValues),
    /// `ARG name[=default] …`.
    Arg(Vec<ArgDeclaration>),
    /// `EXPOSE`: the ports as written.
    Expose(Vec<Word>),
    /// `USER`: the rest of the line.
    User(Option<Word>),
    /// `WORKDIR`: the rest of the line.
    Workdir(Option<Word>),
    /// `VOLUME`: the paths.
    Volume(Vec<Word>),
    /// `STOPSIGNAL`: the rest of the line.
    Stopsignal(Option<Word>),
    /// `MAINTAINER`: the rest of the line.
    Maintainer(Option<Word>),
    /// `ONBUILD`, with the instruction that it puts off.
    Onbuild(Option<Box<Instruction>>),
    /// Not an instruction that BuildKit knows.
    Unknown,
}

/// The arguments of `FROM`.
#[derive(Debug, Clone, Default)]
pub struct From {
    /// The base: an image reference, `scratch`, or the name of an earlier stage; variables not expanded.
    pub image: Option<Word>,
    /// The word `AS`.
    pub as_keyword: Option<TextRange>,
    /// The stage's name, as written.
    pub name: Option<Word>,
}

/// The arguments of `RUN`.
#[derive(Debug, Clone)]
pub struct Run {
    /// The command.
    pub form: Form,
    /// The `--mount` flags, in order.
    pub mounts: Vec<Mount>,
    /// Whether the body of a heredoc is all of the script (`RUN <<EOF`), so that BuildKit itself reads the heredoc.
    pub is_heredoc: bool,
}

/// A `RUN --mount`.
#[derive(Debug, Clone)]
pub struct Mount {
    /// The whole flag.
    pub range: TextRange,
    /// Its comma-separated options, in order.
    pub options: Vec<MountOption>,
}

impl Mount {
    /// The last option with one of these names, ignoring case.
    pub fn option(&self, names: &[&str]) -> Option<&MountOption> {
        self.options.iter().rev().find(|option| names.iter().any(|name| option.key.text.eq_ignore_ascii_case(name)))
    }

    /// The mount's type, in lower case: `bind` where none is given.
    pub fn kind(&self) -> CompactString {
        match self.option(&["type"]).and_then(|option| option.value.as_ref()) {
            Some(value) => value.text.to_ascii_lowercase(),
            None => "bind".into(),
        }
    }
}

/// An option of a mount (`target=/src`, `ro`).
#[derive(Debug, Clone)]
pub struct MountOption {
    /// The whole option.
    pub range: TextRange,
    /// Its name as written.
    pub key: Word,
    /// What stands after the `=`, if there is one.
    pub value: Option<Word>,
}

/// The arguments of `HEALTHCHECK`.
#[derive(Debug, Clone, Default)]
pub struct Healthcheck {
    /// The word `CMD` or `NONE`, or what stands in its place.
    pub kind: Option<Word>,
    /// The command after `CMD`.
    pub command: Option<Form>,
}

impl Healthcheck {
    /// Whether it is `HEALTHCHECK NONE`, which switches off an inherited health check.
    pub fn is_none(&self) -> bool {
        self.kind.as_ref().is_some_and(|kind| kind.text.eq_ignore_ascii_case("NONE"))
    }
}

/// The arguments of `COPY` and `ADD`.
#[derive(Debug, Clone, Default)]
pub struct Copy {
    /// What is copied, in order.
    pub sources: Vec<Source>,
    /// Where to.
    pub destination: Option<Word>,
    /// Whether the arguments are a JSON array.
    pub json: bool,
}

/// A source of `COPY` or `ADD`.
#[derive(Debug, Clone)]
pub enum Source {
    /// A path, a pattern or a URL.
    Path(Word),
    /// A heredoc: an index into [`Instruction::heredocs`].
    Heredoc(usize),
}

/// The arguments of `ENV` and `LABEL`.
#[derive(Debug, Clone, Default)]
pub struct KeyValues {
    /// Whether it is the old form without `=` (`ENV name value to the end of the line`).
    pub legacy: bool,
    /// The pairs, in order.
    pub pairs: Vec<KeyValue>,
}

/// A key with its value, quotes and variables not processed.
#[derive(Debug, Clone)]
pub struct KeyValue {
    /// Key and value.
    pub range: TextRange,
    /// The key.
    pub key: Word,
    /// The value; may be empty.
    pub value: Word,
}

/// A variable declared by `ARG`.
#[derive(Debug, Clone)]
pub struct ArgDeclaration {
    /// Name and default.
    pub range: TextRange,
    /// The name.
    pub name: Word,
    /// The default value, quotes and variables not processed.
    pub default: Option<Word>,
}

/// A heredoc of `RUN`, `COPY` or `ADD`.
#[derive(Debug, Clone)]
pub struct Heredoc {
    /// The redirection on the instruction's line (`<<-"EOF"`).
    pub marker: TextRange,
    /// The delimiter, quotes removed.
    pub name: CompactString,
    /// Whether it is `<<-`: leading tabs are removed from the body.
    pub strip_tabs: bool,
    /// Whether variables in the body are expanded: no part of the delimiter is quoted.
    pub expand: bool,
    /// The file descriptor before the `<<`.
    pub descriptor: u32,
    /// The lines of the body with their newlines; empty if there are none.
    pub body: TextRange,
    /// The line that ends it, without its newline; `None` if the file ends first.
    pub end: Option<TextRange>,
}
