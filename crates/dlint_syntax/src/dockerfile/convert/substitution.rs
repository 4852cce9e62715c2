//! Quotes and `${…}` in the words that BuildKit expands.

use crate::dockerfile::error::SyntaxError;
use crate::dockerfile::lex::{NothingKnown, expand, is_plain};
use crate::dockerfile::tree::{Copy, Escape, Instruction, Kind, Source};
use crate::dockerfile::word::Word;

/// The words of an instruction in which BuildKit expands variables.
/// Source: <https://docs.docker.com/reference/dockerfile/#environment-replacement>.
fn expanded(instruction: &Instruction) -> Vec<&Word> {
    let flags = |names: &[&str]| -> Vec<&Word> {
        let flags = instruction.flags.iter().filter(|flag| names.contains(&flag.name.text.as_str()));
        flags.filter_map(|flag| flag.value.as_ref()).collect()
    };
    let mut words = match &instruction.kind {
        Kind::From(_) => flags(&["platform"]),
        Kind::Copy(_) => flags(&["chown", "chmod"]),
        Kind::Add(_) => flags(&["chown", "chmod", "checksum"]),
        _ => Vec::new(),
    };
    match &instruction.kind {
        Kind::From(from) => words.extend(&from.image),
        Kind::Run(run) => {
            let options = run.mounts.iter().flat_map(|mount| &mount.options);
            words.extend(options.filter_map(|option| option.value.as_ref()));
        }
        Kind::Copy(copy) | Kind::Add(copy) => words.extend(paths(copy)),
        Kind::Env(pairs) | Kind::Label(pairs) => {
            words.extend(pairs.pairs.iter().flat_map(|pair| [&pair.key, &pair.value]));
        }
        Kind::Arg(arguments) => words.extend(arguments.iter().filter_map(|argument| argument.default.as_ref())),
        Kind::Expose(list) | Kind::Volume(list) => words.extend(list),
        Kind::User(Some(word)) | Kind::Workdir(Some(word)) | Kind::Stopsignal(Some(word)) => words.push(word),
        _ => {}
    }
    words
}

fn paths(copy: &Copy) -> impl Iterator<Item = &Word> {
    let sources = copy.sources.iter().filter_map(|source| match source {
        Source::Path(word) => Some(word),
        Source::Heredoc(_) => None,
    });
    sources.chain(&copy.destination)
}

/// What BuildKit cannot expand in an instruction.
pub(super) fn errors(instruction: &Instruction, escape: Escape) -> Vec<SyntaxError> {
    let mut errors = Vec::new();
    for word in expanded(instruction).into_iter().filter(|word| !is_plain(&word.text, escape)) {
        errors.extend(expand(word, escape, &NothingKnown).errors);
    }
    errors
}
