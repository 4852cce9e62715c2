//! What BuildKit refuses after it has read a file: when it turns the instructions into build steps.
//!
//! Only what can be known without the values of variables is reported. BuildKit itself looks only at the stages that
//! the target needs; here all are looked at.

mod check;
mod copy;
mod image;
mod mounts;
mod platform;
mod ports;
mod signal;
mod stages;
mod substitution;

use super::error::{ErrorKind, SyntaxError, shown};
use super::instructions::MOST_ERRORS;
use super::lex::{NothingKnown, expand};
use super::tree::{Copy, Dockerfile, Escape, Instruction, Kind};
use super::word::Word;

pub use image::problem as image_problem;
pub use platform::{PLATFORM_HELP, invalid_platform, is_architecture};
pub use ports::{EXPOSE_HELP, invalid_exposed_port};
pub use signal::{SIGNAL_HELP, invalid_signal};
use stages::Stages;

/// What is wrong with a value that other files than a Dockerfile hold too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidValue {
    /// One sentence without a full stop.
    pub message: String,
    /// What may be meant.
    pub suggestion: Option<String>,
}

/// What BuildKit refuses after it has read the file, in file order.
pub fn convert_errors(file: &Dockerfile) -> Vec<SyntaxError> {
    let stages = Stages::new(file);
    let mut errors = file.late_errors.clone();
    file.directives.iter().for_each(|directive| errors.extend(check::errors(directive)));
    for (index, instruction) in file.instructions.iter().enumerate() {
        let before = errors.len();
        convert(instruction, file.escape, &mut errors);
        stages.check(index, instruction, &mut errors);
        if let Kind::Onbuild(Some(trigger)) = &instruction.kind {
            convert(trigger, file.escape, &mut errors);
        }
        errors.truncate(before + MOST_ERRORS);
    }
    errors.sort_by_key(|error| (error.range.start(), error.range.end()));
    errors
}

/// What is wrong with an instruction taken alone.
fn convert(instruction: &Instruction, escape: Escape, errors: &mut Vec<SyntaxError>) {
    errors.extend(substitution::errors(instruction, escape));
    match &instruction.kind {
        Kind::From(_) => errors.extend(instruction.flag("platform").and_then(|flag| platform::error(flag, escape))),
        Kind::Run(run) => {
            errors.extend(run.mounts.iter().filter_map(|mount| mounts::error(mount, escape)).take(MOST_ERRORS));
        }
        Kind::Copy(copy) | Kind::Add(copy) => copy::check(instruction, copy, escape, errors),
        Kind::Expose(words) => {
            errors.extend(words.iter().filter_map(|word| ports::error(word, escape)).take(MOST_ERRORS));
        }
        Kind::Stopsignal(Some(word)) => errors.extend(signal::error(word, escape)),
        _ => {}
    }
}

/// The value of a word, if no variable is in it.
fn known(word: &Word, escape: Escape) -> Option<String> {
    let expansion = expand(word, escape, &NothingKnown);
    expansion.value.known().map(str::to_owned)
}
