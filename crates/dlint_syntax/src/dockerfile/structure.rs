//! The file as a whole: `FROM` comes first, but for `ARG`.

use crate::text::{TextRange, range};

use super::error::{ErrorKind, SyntaxError};
use super::tree::{Dockerfile, Kind};

/// Reports a file without `FROM`, and instructions before it.
pub(super) fn check(text: &str, file: &mut Dockerfile) {
    let Some(first) = file.instructions.first() else {
        let content = text.trim_start_matches('\u{feff}');
        let start = text.len() - content.len();
        let end = content.lines().next().map_or(start, |line| start + line.len());
        let message =
            if file.comments.is_empty() { "the file is empty" } else { "the file has comments, but no instructions" };
        let error = SyntaxError::new(ErrorKind::MissingFrom, range(start..end), message);
        file.errors.push(error.help("A Dockerfile begins with `FROM` and the image to build upon"));
        return;
    };
    let is_from = |kind: &Kind| matches!(kind, Kind::From(_));
    // A misspelled `FROM` is an error of its own.
    let misspelled: Vec<TextRange> = file
        .errors
        .iter()
        .filter(|error| error.suggestion.as_deref() == Some("FROM"))
        .map(|error| error.range)
        .collect();
    let from = file
        .instructions
        .iter()
        .position(|instruction| is_from(&instruction.kind) || misspelled.contains(&instruction.keyword.range));
    let Some(from) = from else {
        let place = first.keyword.range;
        let error = SyntaxError::new(ErrorKind::MissingFrom, place, "there is no `FROM`, and so nothing to build");
        file.errors.push(error.help("Begin with `FROM` and the image to build upon"));
        return;
    };
    for instruction in &file.instructions[..from] {
        if matches!(instruction.kind, Kind::Arg(_) | Kind::Unknown) {
            continue;
        }
        let message = format!("`{}` stands before the first `FROM`, where only `ARG` can", instruction.name());
        let place = instruction.keyword.range;
        let from = file.instructions[from].keyword.range;
        file.errors.push(
            SyntaxError::new(ErrorKind::InstructionBeforeFrom, place, message)
                .help("Move it below the `FROM` of the stage that needs it")
                .related(from, "the first stage begins here"),
        );
    }
}
