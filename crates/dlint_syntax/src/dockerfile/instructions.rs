//! From a logical line to an instruction.

use std::ops::Range;

use crate::suggest::nearest;
use crate::text::{TextRange, range};

use super::arguments;
use super::error::{ErrorKind, SyntaxError, shown};
use super::flags;
use super::form::{Exec, Form};
use super::heredoc;
use super::json::{self, Json};
use super::line::Line;
use super::mask::shell_text;
use super::tree::{Dockerfile, Flag, Heredoc, Instruction, Kind, TokenKind};
use super::word::Word;
use super::words;

/// The instructions. Source: <https://docs.docker.com/reference/dockerfile/#overview>.
pub(super) const NAMES: [&str; 18] = [
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// What is needed and gathered while one logical line is read.
pub(super) struct Context<'e> {
    /// The escape character.
    pub(super) escape: char,
    /// Where the text of the logical line's last physical line ends.
    end: usize,
    /// Whether this is the instruction that an `ONBUILD` puts off.
    is_trigger: bool,
    /// The places of keywords and flags, ascending.
    pub(super) marks: Vec<(TokenKind, TextRange)>,
    file: &'e mut Dockerfile,
    /// How many more errors are reported.
    left: usize,
}

/// How many errors are reported of one instruction. BuildKit stops at the first; who has so many will not read on.
pub(super) const MOST_ERRORS: usize = 50;

impl<'e> Context<'e> {
    pub(super) fn new(escape: char, end: usize, file: &'e mut Dockerfile) -> Self {
        Self { escape, end, is_trigger: false, marks: Vec::new(), file, left: MOST_ERRORS }
    }

    /// Reports several errors as [`Context::error`] does.
    pub(super) fn all(&mut self, errors: impl IntoIterator<Item = SyntaxError>) {
        errors.into_iter().for_each(|error| self.error(error));
    }

    /// How many errors there are so far.
    pub(super) fn error_count(&self) -> usize {
        self.file.errors.len() + self.file.late_errors.len()
    }

    /// Reports what makes a line unreadable, also in what an `ONBUILD` puts off.
    pub(super) fn unreadable(&mut self, error: SyntaxError) {
        self.file.errors.push(error);
    }

    /// Reports what an instruction may not say. BuildKit looks at what an `ONBUILD` puts off only when an image is
    /// built upon this one.
    pub(super) fn error(&mut self, error: SyntaxError) {
        let Some(left) = self.left.checked_sub(1) else {
            return;
        };
        self.left = left;
        if self.is_trigger {
            self.file.late_errors.push(error);
        } else {
            self.file.errors.push(error);
        }
    }
}

/// What every kind of instruction is read from.
pub(super) struct Parts<'l, 't> {
    pub(super) line: &'l Line<'t>,
    /// The name in upper case; empty if it is none.
    pub(super) name: &'static str,
    /// The place of the name.
    pub(super) keyword: TextRange,
    pub(super) flags: &'l [Flag],
    /// The joined range of the arguments, without white space at its ends.
    pub(super) span: Range<usize>,
}

impl Parts<'_, '_> {
    /// The arguments' text.
    pub(super) fn text(&self) -> &str {
        &self.line.text[self.span.clone()]
    }

    /// An error because arguments are missing.
    pub(super) fn missing(&self, what: &str) -> SyntaxError {
        let message = format!("`{}` needs {what}", self.name);
        SyntaxError::new(ErrorKind::MissingArguments, self.keyword, message)
    }

    /// Reports flags that cannot stand here.
    pub(super) fn check_flags(&self, context: &mut Context<'_>) {
        context.all(flags::check(self.name, self.flags));
    }
}

/// Reads the instruction of a logical line.
pub(super) fn read(line: &Line<'_>, context: &mut Context<'_>) -> Instruction {
    read_at(line, line.trim(0..line.text.len()), context)
}

/// An instruction whose line is too long to be taken apart.
pub(super) fn opaque(line: &Line<'_>, context: &mut Context<'_>) -> Instruction {
    let (keyword, rest) = words::first_word(&line.text, line.trim(0..line.text.len()));
    let keyword = line.word(keyword);
    context.marks.push((TokenKind::Keyword, keyword.range));
    let arguments = if rest.is_empty() { TextRange::empty(keyword.range.end()) } else { line.range(rest) };
    let range = TextRange::new(keyword.range.start(), arguments.end());
    Instruction { range, keyword, flags: Vec::new(), arguments, heredocs: Vec::new(), kind: Kind::Unknown }
}

/// Reads the instruction at a joined range, which has no white space at its ends.
fn read_at(line: &Line<'_>, span: Range<usize>, context: &mut Context<'_>) -> Instruction {
    let (keyword, rest) = words::first_word(&line.text, span);
    let keyword = line.word(keyword);
    let (flags, span) = flags::read(line, rest);
    context.marks.push((TokenKind::Keyword, keyword.range));
    context.marks.extend(flags.iter().map(|flag| (TokenKind::Flag, flag.range)));
    let end = range(context.end..context.end).end().max(keyword.range.end());
    let after = flags.last().map_or(keyword.range.end(), |flag| flag.range.end());
    let arguments = if span.is_empty() { TextRange::empty(after) } else { line.range(span.clone()) };
    let name = NAMES.into_iter().find(|name| name.eq_ignore_ascii_case(&keyword.text)).unwrap_or_default();
    let parts = Parts { line, name, keyword: keyword.range, flags: &flags, span };
    let mut heredocs = Vec::new();
    let kind = kind(&parts, &keyword.text, &mut heredocs, context);
    Instruction { range: TextRange::new(keyword.range.start(), end), keyword, flags, arguments, heredocs, kind }
}

fn kind(parts: &Parts<'_, '_>, keyword: &str, heredocs: &mut Vec<Heredoc>, context: &mut Context<'_>) -> Kind {
    // BuildKit does not look at the flags of `ARG`, `STOPSIGNAL` and `HEALTHCHECK NONE`.
    if !matches!(parts.name, "" | "ARG" | "STOPSIGNAL" | "HEALTHCHECK") {
        parts.check_flags(context);
    }
    let form = |context: &mut Context<'_>| form(parts.line, parts.span.clone(), context);
    match parts.name {
        "FROM" => Kind::From(arguments::from(parts, context)),
        "RUN" => {
            let form = form(context);
            if matches!(form, Form::Shell(_)) {
                *heredocs = heredoc::markers(parts.line);
            }
            Kind::Run(arguments::run(parts, form, context))
        }
        "CMD" => Kind::Cmd(form(context)),
        "ENTRYPOINT" => Kind::Entrypoint(form(context)),
        "SHELL" => Kind::Shell(arguments::shell(parts, context)),
        "HEALTHCHECK" => Kind::Healthcheck(super::healthcheck::read(parts, context)),
        "COPY" => Kind::Copy(arguments::copy(parts, heredocs, context)),
        "ADD" => Kind::Add(arguments::copy(parts, heredocs, context)),
        "ENV" => Kind::Env(arguments::key_values(parts, context)),
        "LABEL" => Kind::Label(arguments::key_values(parts, context)),
        "ARG" => Kind::Arg(arguments::arg(parts, context)),
        "EXPOSE" => Kind::Expose(arguments::expose(parts, context)),
        "USER" => Kind::User(arguments::rest(parts, "a user", context)),
        "WORKDIR" => Kind::Workdir(arguments::rest(parts, "a path", context)),
        "VOLUME" => Kind::Volume(arguments::volume(parts, context)),
        "STOPSIGNAL" => Kind::Stopsignal(arguments::rest(parts, "a signal", context)),
        "MAINTAINER" => Kind::Maintainer(arguments::rest(parts, "a name", context)),
        "ONBUILD" => Kind::Onbuild(onbuild(parts, context)),
        _ => {
            unknown(parts, keyword, context);
            Kind::Unknown
        }
    }
}

/// The command at a joined range: exec form if it is a JSON array of strings, else shell form.
pub(super) fn form(line: &Line<'_>, span: Range<usize>, context: &mut Context<'_>) -> Form {
    match strings(line, span.clone(), context) {
        Some(words) => Form::Exec(Exec::new(words)),
        None => Form::Shell(shell_text(line, span)),
    }
}

/// The words at a joined range if they are a JSON array. An element that is not a string is an error.
pub(super) fn strings(line: &Line<'_>, span: Range<usize>, context: &mut Context<'_>) -> Option<Vec<Word>> {
    match json::read(line, span) {
        Json::Strings(words) => Some(words),
        Json::No => None,
        Json::NotStrings(element) => {
            let message = format!("`{}` in this JSON array is not a string", shown(&line.text[element.clone()]));
            context.unreadable(
                SyntaxError::new(ErrorKind::InvalidJsonArray, line.range(element), message)
                    .help("Put every element in double quotes, or write the command without the brackets"),
            );
            None
        }
    }
}

fn unknown(parts: &Parts<'_, '_>, written: &str, context: &mut Context<'_>) {
    let error = |place, message: String| SyntaxError::new(ErrorKind::UnknownInstruction, place, message);
    if written.is_empty() {
        let start = context.end.saturating_sub(1).max(parts.keyword.start().into());
        let place = range(start..context.end.max(start));
        let message = "there is nothing for this escape character to continue".to_owned();
        context.error(error(place, message).help("Remove the line"));
        return;
    }
    let suggestion = nearest(written, NAMES);
    let error = error(parts.keyword, format!("`{}` is not an instruction", shown(written))).suggestion(suggestion);
    context.error(match suggestion {
        Some(_) => error,
        None => error.help("If this belongs to the line above, end that line with the escape character"),
    });
}

/// `ONBUILD` and the instruction that it puts off. Another `ONBUILD` in its place is not read further.
fn onbuild(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> Option<Box<Instruction>> {
    if parts.span.is_empty() {
        context.error(parts.missing("an instruction to put off"));
        return None;
    }
    if context.is_trigger {
        return None;
    }
    context.is_trigger = true;
    let trigger = read_at(parts.line, parts.span.clone(), context);
    context.is_trigger = false;
    let name = trigger.name();
    let message = match name.as_str() {
        "ONBUILD" => "an `ONBUILD` cannot put off another `ONBUILD`".to_owned(),
        "FROM" | "MAINTAINER" => format!("`ONBUILD` cannot put off `{name}`"),
        _ => return Some(Box::new(trigger)),
    };
    context.error(SyntaxError::new(ErrorKind::InvalidOnbuildTrigger, trigger.keyword.range, message));
    Some(Box::new(trigger))
}
