//! The arguments of each instruction.

use crate::hash::HashMap;
use crate::suggest::nearest;

use super::error::{ErrorKind, SyntaxError, shown};
use super::form::Form;
use super::heredoc;
use super::instructions::{Context, Parts, strings};
use super::mount;
use super::tree::{ArgDeclaration, Copy, From, Heredoc, KeyValue, KeyValues, Run, Source};
use super::word::Word;
use super::words;

/// `FROM image [AS name]`.
pub(super) fn from(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> From {
    let mut words = words::split_blanks(&parts.line.text, parts.span.clone()).map(|span| parts.line.word(span));
    let (image, second, third, fourth) = (words.next(), words.next(), words.next(), words.next());
    let is_as = second.as_ref().is_some_and(|second| second.text.eq_ignore_ascii_case("AS"));
    let invalid = |word: &Word, message: String| SyntaxError::new(ErrorKind::InvalidFrom, word.range, message);
    match (&image, &second, &third, &fourth) {
        (None, ..) => context.error(parts.missing("an image, or the name of an earlier stage")),
        (_, Some(second), None, _) if is_as => {
            context.error(invalid(second, format!("`{}` is not followed by the name of the stage", second.text)));
        }
        (_, _, Some(name), None) if is_as => check_stage_name(name, context),
        (_, _, _, Some(fourth)) if is_as => {
            let error = invalid(fourth, format!("`{}` follows the name of the stage", shown(&fourth.text)));
            context.error(with_comment_help(error, &fourth.text, "Nothing can follow the name"));
        }
        (_, Some(second), ..) => {
            let error = invalid(second, format!("`{}` follows the image, in place of `AS`", shown(&second.text)))
                .suggestion(third.as_ref().and_then(|_| nearest(&second.text, ["AS", "as"])));
            context.error(with_comment_help(error, &second.text, "Only `AS` and the name of the stage can follow"));
        }
        (_, None, ..) => {}
    }
    let as_keyword = second.filter(|_| is_as).map(|second| second.range);
    From { image, as_keyword, name: third.filter(|_| is_as) }
}

/// Says what to do about a word too many.
fn with_comment_help(error: SyntaxError, word: &str, otherwise: &str) -> SyntaxError {
    if word.starts_with('#') { error.help("A comment must stand on a line of its own") } else { error.help(otherwise) }
}

fn check_stage_name(name: &Word, context: &mut Context<'_>) {
    let lower = name.text.to_lowercase();
    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    if lower.starts_with(|c: char| c.is_ascii_lowercase()) && lower.chars().all(valid) {
        return;
    }
    let message = format!("`{}` cannot be the name of a stage", shown(&name.text));
    context.error(SyntaxError::new(ErrorKind::InvalidStageName, name.range, message).help(
        "A name begins with a letter, followed by letters, digits, `-`, `_` and `.`; variables are not expanded",
    ));
}

/// `RUN`, whose command is already read.
pub(super) fn run(parts: &Parts<'_, '_>, form: Form, context: &mut Context<'_>) -> Run {
    let mut mounts = Vec::new();
    let mut counted = Vec::new();
    for flag in parts.flags {
        let Some(value) = &flag.value else {
            continue;
        };
        match flag.name.text.as_str() {
            "mount" => {
                let (mount, errors) = mount::read(flag.range, value);
                mounts.push(mount);
                context.all(errors);
            }
            "device" => context.all(mount::check_device(flag.range, value)),
            name @ ("network" | "security") if !counted.contains(&name) => {
                counted.push(name);
                check_choice(name, flag.range, value, context);
            }
            _ => {}
        }
    }
    Run { form, mounts, is_heredoc: false }
}

/// `--network` and `--security`, which know a few values only.
fn check_choice(name: &str, flag: crate::text::TextRange, value: &Word, context: &mut Context<'_>) {
    let choices: &[&str] = if name == "network" { &["default", "none", "host"] } else { &["sandbox", "insecure"] };
    if choices.contains(&value.text.as_str()) {
        return;
    }
    let list = choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
    let (place, message) = if value.text.is_empty() {
        (flag, format!("`--{name}` has no value"))
    } else {
        (value.range, format!("`{}` is no value of `--{name}`", shown(&value.text)))
    };
    context.error(
        SyntaxError::new(ErrorKind::InvalidRunOption, place, message)
            .help(format!("`--{name}` takes one of {list}, in lower case"))
            .suggestion(nearest(&value.text, choices.iter().copied())),
    );
}

/// `SHELL ["…"]`.
pub(super) fn shell(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> Vec<Word> {
    let help = "Write the shell and its flags as a JSON array: `SHELL [\"/bin/bash\", \"-c\"]`";
    if parts.span.is_empty() {
        context.error(parts.missing("a shell").help(help));
        return Vec::new();
    }
    let place = parts.line.range(parts.span.clone());
    let invalid = |message: &str| SyntaxError::new(ErrorKind::InvalidShell, place, message).help(help);
    let errors = context.error_count();
    let Some(words) = strings(parts.line, parts.span.clone(), context) else {
        if context.error_count() == errors {
            context.error(invalid("the argument of `SHELL` is not a JSON array of strings"));
        }
        return Vec::new();
    };
    if words.is_empty() {
        context.error(invalid("the array of `SHELL` is empty"));
    }
    words
}

/// `COPY` and `ADD`. Fills in the heredocs that the line begins.
pub(super) fn copy(parts: &Parts<'_, '_>, heredocs: &mut Vec<Heredoc>, context: &mut Context<'_>) -> Copy {
    let array = strings(parts.line, parts.span.clone(), context);
    let json = array.is_some();
    let mut words = array.unwrap_or_else(|| {
        *heredocs = heredoc::markers(parts.line);
        plain_words(parts)
    });
    if words.len() < 2 {
        context.error(match words.first() {
            None => parts.missing("a source and a destination"),
            Some(only) => SyntaxError::new(
                ErrorKind::MissingArguments,
                only.range,
                format!("`{}` needs a destination after the source `{}`", parts.name, shown(&only.text)),
            ),
        });
        return Copy { sources: sources(words, json, heredocs), destination: None, json };
    }
    let destination = words.pop();
    if let Some(destination) = &destination
        && heredoc::name(&destination.text).is_some()
    {
        let message = format!("a heredoc cannot be the destination of `{}`", parts.name);
        context.error(
            SyntaxError::new(ErrorKind::InvalidHeredoc, destination.range, message)
                .help("Write the path of the file to create after the heredoc's marker"),
        );
    }
    Copy { sources: sources(words, json, heredocs), destination, json }
}

/// The sources. Of heredocs with one name, the last counts.
fn sources(words: Vec<Word>, json: bool, heredocs: &[Heredoc]) -> Vec<Source> {
    if json || heredocs.is_empty() {
        return words.into_iter().map(Source::Path).collect();
    }
    let named: HashMap<&str, usize> =
        heredocs.iter().enumerate().map(|(index, heredoc)| (heredoc.name.as_str(), index)).collect();
    let source = |word: Word| match heredoc::name(&word.text).and_then(|name| named.get(name.as_str())) {
        Some(&index) => Source::Heredoc(index),
        None => Source::Path(word),
    };
    words.into_iter().map(source).collect()
}

fn plain_words(parts: &Parts<'_, '_>) -> Vec<Word> {
    words::split_blanks(&parts.line.text, parts.span.clone()).map(|span| parts.line.word(span)).collect()
}

/// `ENV` and `LABEL`.
pub(super) fn key_values(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> KeyValues {
    let spans = words::split_quoted(&parts.line.text, parts.span.clone(), context.escape);
    let Some(first) = spans.first() else {
        context.error(parts.missing("a name and a value").help(format!("Write `{} NAME=VALUE`", parts.name)));
        return KeyValues::default();
    };
    let place = parts.line.range(parts.span.clone());
    if !parts.line.text[first.clone()].contains('=') {
        let (key, value) = words::first_word(&parts.line.text, parts.span.clone());
        if value.is_empty() {
            let key = parts.line.word(key.clone());
            let message = format!("`{}` has no value", shown(&key.text));
            context.unreadable(
                SyntaxError::new(ErrorKind::InvalidKeyValue, key.range, message)
                    .help(format!("Write `{} NAME=VALUE`; an empty value is `NAME=`", parts.name)),
            );
        }
        let pair = KeyValue { range: place, key: parts.line.word(key), value: parts.line.word(value) };
        return KeyValues { legacy: true, pairs: vec![pair] };
    }
    let mut pairs = Vec::with_capacity(spans.len());
    let mut unreadable = None;
    for span in spans {
        let text = &parts.line.text[span.clone()];
        let Some(equals) = text.find('=') else {
            let word = parts.line.word(span);
            // One blank too many makes all that follows wrong: the first word says it.
            unreadable.get_or_insert(word);
            continue;
        };
        let (key, value) = (span.start..span.start + equals, span.start + equals + 1..span.end);
        if key.is_empty() {
            context.error(nameless(parts, span.start..span.start + 1));
        }
        let pair = KeyValue { range: parts.line.range(span), key: parts.line.word(key), value: parts.line.word(value) };
        pairs.push(pair);
    }
    if let Some(word) = unreadable {
        context.unreadable(
            SyntaxError::new(ErrorKind::InvalidKeyValue, word.range, format!("`{}` has no `=`", shown(&word.text)))
                .help("Write `NAME=VALUE` without blanks around the `=`, and quote a value that has blanks"),
        );
    }
    KeyValues { legacy: false, pairs }
}

fn nameless(parts: &Parts<'_, '_>, equals: std::ops::Range<usize>) -> SyntaxError {
    let place = parts.line.range(equals);
    SyntaxError::new(ErrorKind::InvalidKeyValue, place, "there is no name before this `=`")
        .help("Write `NAME=VALUE` without blanks around the `=`")
}

/// `ARG name[=default] …`.
pub(super) fn arg(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> Vec<ArgDeclaration> {
    let spans = words::split_quoted(&parts.line.text, parts.span.clone(), context.escape);
    if spans.is_empty() {
        context.error(parts.missing("a name"));
    }
    let mut declarations = Vec::with_capacity(spans.len());
    for span in spans {
        let range = parts.line.range(span.clone());
        let equals = parts.line.text[span.clone()].find('=').map(|equals| span.start + equals);
        if equals == Some(span.start) {
            context.error(nameless(parts, span.start..span.start + 1));
        }
        let name = parts.line.word(span.start..equals.unwrap_or(span.end));
        let default = equals.map(|equals| parts.line.word(equals + 1..span.end));
        declarations.push(ArgDeclaration { range, name, default });
    }
    declarations
}

/// `EXPOSE`.
pub(super) fn expose(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> Vec<Word> {
    if parts.span.is_empty() {
        context.error(parts.missing("a port"));
    }
    plain_words(parts)
}

/// `VOLUME`.
pub(super) fn volume(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> Vec<Word> {
    let errors = context.error_count();
    let words = strings(parts.line, parts.span.clone(), context).unwrap_or_else(|| plain_words(parts));
    if words.is_empty() && context.error_count() == errors {
        context.error(parts.missing("a path"));
    }
    for word in words.iter().filter(|word| word.text.trim().is_empty()) {
        let message = "the path of a volume is empty";
        context.error(SyntaxError::new(ErrorKind::EmptyVolume, word.range, message));
    }
    words
}

/// An instruction that takes the rest of the line as one word.
pub(super) fn rest(parts: &Parts<'_, '_>, what: &str, context: &mut Context<'_>) -> Option<Word> {
    if parts.span.is_empty() {
        context.error(parts.missing(what));
        return None;
    }
    Some(parts.line.word(parts.span.clone()))
}
