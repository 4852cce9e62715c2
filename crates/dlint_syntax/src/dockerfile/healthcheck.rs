//! `HEALTHCHECK`.

use crate::suggest::nearest;

use crate::duration;

use super::error::{ErrorKind, SyntaxError, shown};
use super::flags::{contains_latin1_space, is_space};
use super::form::Form;
use super::instructions::{Context, Parts, form};
use super::tree::{Flag, Healthcheck};

/// `HEALTHCHECK [flags] CMD command` or `HEALTHCHECK NONE`.
pub(super) fn read(parts: &Parts<'_, '_>, context: &mut Context<'_>) -> Healthcheck {
    if parts.span.is_empty() {
        context.error(parts.missing("`CMD` and a command, or `NONE`"));
        return Healthcheck::default();
    }
    let (kind, rest) = divide(parts);
    let kind = parts.line.word(kind);
    let invalid = |place, message: String| SyntaxError::new(ErrorKind::InvalidHealthcheck, place, message);
    let name = kind.text.to_ascii_uppercase();
    let command = form(parts.line, rest.clone(), context);
    let is_empty = match &command {
        Form::Shell(_) => rest.is_empty(),
        Form::Exec(words) => words.is_empty(),
    };
    if name == "NONE" {
        if !is_empty {
            let place = parts.line.range(rest);
            let error = SyntaxError::new(ErrorKind::TooManyArguments, place, "`HEALTHCHECK NONE` takes no arguments");
            context.error(error.help("Remove them, or write `CMD` in place of `NONE`"));
        }
        return Healthcheck { kind: Some(kind), command: None };
    }
    parts.check_flags(context);
    check_times(parts.flags, context);
    if name != "CMD" {
        let message = format!("`{}` is neither `CMD` nor `NONE`", shown(&kind.text));
        context.error(
            invalid(kind.range, message)
                .help("Write `CMD` before the command")
                .suggestion(nearest(&kind.text, ["CMD", "NONE"])),
        );
        return Healthcheck { kind: Some(kind), command: None };
    }
    if is_empty {
        context.error(invalid(kind.range, "`HEALTHCHECK CMD` needs a command".to_owned()));
    }
    Healthcheck { kind: Some(kind), command: Some(command) }
}

/// The first word and the rest. BuildKit looks for white space byte by byte, so that a character with the byte 0x85 or
/// 0xA0 ends the word too, and spoils it.
fn divide(parts: &Parts<'_, '_>) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    let text = parts.text();
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        if is_space(c) || contains_latin1_space(c) {
            end = at + if is_space(c) { 0 } else { c.len_utf8() };
            break;
        }
    }
    let rest = end + (text.len() - end - text[end..].trim_start_matches(is_space).len());
    let start = parts.span.start;
    (start..start + end, start + rest..parts.span.end)
}

/// The flags' values. Only the first of a flag that stands twice is looked at.
fn check_times(flags: &[Flag], context: &mut Context<'_>) {
    for (index, flag) in flags.iter().enumerate() {
        let name = flag.name.text.as_str();
        let is_repeated = flags[..index].iter().any(|earlier| earlier.name.text == name);
        let Some(value) = flag.value.as_ref().filter(|value| !value.text.is_empty() && !is_repeated) else {
            continue;
        };
        let problem = match name {
            "interval" | "timeout" | "start-period" | "start-interval" => check_duration(&value.text),
            "retries" => check_retries(&value.text),
            _ => None,
        };
        if let Some((message, help)) = problem {
            context.error(SyntaxError::new(ErrorKind::InvalidHealthcheck, value.range, message).help(help));
        }
    }
}

fn check_duration(text: &str) -> Option<(String, &'static str)> {
    let help = "Write a number and a unit: `30s`, `1m30s`, `500ms`";
    match duration::nanoseconds(text) {
        None => Some((format!("`{}` is not a duration", shown(text)), help)),
        Some(nanoseconds) if nanoseconds != 0 && nanoseconds < 1_000_000 => {
            Some((format!("`{}` is less than the least duration, a millisecond", shown(text)), help))
        }
        Some(_) => None,
    }
}

fn check_retries(text: &str) -> Option<(String, &'static str)> {
    let help = "Write a whole number, 0 for the default";
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((format!("`{}` is not a number of retries", shown(text)), help));
    }
    match text.parse::<i32>() {
        Ok(retries) if retries < 0 => Some((format!("the number of retries cannot be negative: `{text}`"), help)),
        Ok(_) => None,
        Err(_) => Some((format!("`{}` is too large a number of retries", shown(text)), help)),
    }
}
