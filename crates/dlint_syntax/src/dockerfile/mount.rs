//! `RUN --mount` and `RUN --device`: how their values are read. What a mount may say is in `convert`.

use crate::suggest::nearest;
use crate::text::CompactString;
use crate::text::TextRange;

use super::csv::{CsvError, fields};
use super::error::{ErrorKind, SyntaxError, shown};
use super::tree::{Mount, MountOption};
use super::word::Word;

/// Reads the value of a `--mount` flag that stands at `range`.
pub(super) fn read(range: TextRange, value: &Word) -> (Mount, Vec<SyntaxError>) {
    let mut errors = Vec::new();
    let fields = match fields(value) {
        Ok(fields) => fields,
        Err(error) => {
            errors.push(describe(ErrorKind::InvalidMount, "mount", range, value, error));
            Vec::new()
        }
    };
    let options: Vec<MountOption> = fields.iter().map(option).collect();
    for option in options.iter().filter(|option| option.key.text.eq_ignore_ascii_case("from")) {
        errors.extend(option.value.as_ref().and_then(|value| unexpanded_variable("from", value)));
    }
    (Mount { range, options }, errors)
}

/// An error if the name of an image or stage, the value of `option`, has a variable: BuildKit expands none there.
pub(super) fn unexpanded_variable(option: &str, value: &Word) -> Option<SyntaxError> {
    let dollar = value.text.find('$').filter(|dollar| dollar + 1 < value.text.len())?;
    let message = format!("`{}` is taken as it is: BuildKit expands no variables in `{option}`", shown(&value.text));
    Some(
        SyntaxError::new(ErrorKind::UnexpandedVariable, value.sub_range(dollar..value.text.len()), message).help(
            "Give the image a stage of its own with `FROM image:$VERSION AS name`, and write the stage's name here",
        ),
    )
}

fn option(field: &Word) -> MountOption {
    let length = field.text.len();
    match field.text.find('=') {
        Some(equals) => {
            let value = Some(field.slice(equals + 1..length));
            MountOption { range: field.range, key: field.slice(0..equals), value }
        }
        None => MountOption { range: field.range, key: field.slice(0..length), value: None },
    }
}

fn describe(kind: ErrorKind, flag: &str, range: TextRange, value: &Word, error: CsvError) -> SyntaxError {
    match error {
        CsvError::Empty => SyntaxError::new(ErrorKind::InvalidFlagValue, range, format!("`--{flag}` has no value")),
        CsvError::StrayQuote(at) => {
            SyntaxError::new(kind, value.sub_range(at..at + 1), "this quote is in the middle of an option")
                .help("Put the whole option in quotes, the name before the `=` included")
        }
        CsvError::OpenQuote(at) => SyntaxError::new(kind, value.sub_range(at..at + 1), "this quote is never closed"),
    }
}

/// What is wrong with the value of a `--device` flag: a name, and `required`.
/// Source: <https://docs.docker.com/reference/dockerfile/#run---device>.
pub(super) fn check_device(flag: TextRange, value: &Word) -> Option<SyntaxError> {
    let invalid = |place, message: String| SyntaxError::new(ErrorKind::InvalidRunOption, place, message);
    let fields = match fields(value) {
        Ok(fields) => fields,
        Err(error) => return Some(describe(ErrorKind::InvalidRunOption, "device", flag, value, error)),
    };
    let mut name = CompactString::default();
    for field in fields {
        let (key, value) = match field.text.split_once('=') {
            Some((key, value)) => (key.to_lowercase().into(), Some(value)),
            None => (field.text.to_lowercase(), None),
        };
        match (key.as_str(), value) {
            ("required", None) => {}
            ("required", Some(value)) if is_boolean(value) => {}
            ("required", Some(value)) => {
                let message = format!("`{}` is neither `true` nor `false`", shown(value));
                return Some(invalid(field.range, message));
            }
            ("name", Some(_)) if !name.is_empty() => {
                let message = format!("the device has a name already: `{}`", shown(&name));
                return Some(invalid(field.range, message));
            }
            ("name", Some(value)) => name = value.into(),
            _ if name.is_empty() => name.clone_from(&field.text),
            (key, _) => {
                let message = format!("`{}` is not an option of `--device`", shown(key));
                let error = invalid(field.range, message).help("Its options are `name` and `required`");
                return Some(error.suggestion(nearest(key, ["name", "required"])));
            }
        }
    }
    None
}

/// Whether Go's `strconv.ParseBool` reads it.
pub(super) fn is_boolean(text: &str) -> bool {
    matches!(text, "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False")
}
