//! Quotes and `${…}` in the words that BuildKit expands.

use crate::dockerfile::error::SyntaxError;
use crate::dockerfile::lex::{NothingKnown, expand, is_plain};
use crate::dockerfile::tree::{Copy, Escape, Instruction, Kind, Source};
use crate::dockerfile::word::Word;

/// Gives the words of an instruction in which BuildKit expands variables.
/// Source: <https://docs.docker.com/reference/dockerfile/#environment-replacement>.
fn each_expanded<'i>(instruction: &'i Instruction, give: &mut dyn FnMut(&'i Word)) {
    let flags: &[&str] = match &instruction.kind {
        Kind::From(_) => &["platform"],
        Kind::Copy(_) => &["chown", "chmod"],
        Kind::Add(_) => &["chown", "chmod", "checksum"],
        _ => &[],
    };
    let given = instruction.flags.iter().filter(|flag| flags.contains(&flag.name.text.as_str()));
    given.filter_map(|flag| flag.value.as_ref()).for_each(&mut *give);
    match &instruction.kind {
        Kind::From(from) => from.image.iter().for_each(give),
        Kind::Run(run) => {
            let options = run.mounts.iter().flat_map(|mount| &mount.options);
            options.filter_map(|option| option.value.as_ref()).for_each(give);
        }
        Kind::Copy(copy) | Kind::Add(copy) => paths(copy).for_each(give),
        Kind::Env(pairs) | Kind::Label(pairs) => {
            pairs.pairs.iter().flat_map(|pair| [&pair.key, &pair.value]).for_each(give);
        }
        Kind::Arg(arguments) => arguments.iter().filter_map(|argument| argument.default.as_ref()).for_each(give),
        Kind::Expose(list) | Kind::Volume(list) => list.iter().for_each(give),
        Kind::User(Some(word)) | Kind::Workdir(Some(word)) | Kind::Stopsignal(Some(word)) => give(word),
        _ => {}
    }
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
    each_expanded(instruction, &mut |word| {
        if !is_plain(&word.text, escape) {
            errors.extend(expand(word, escape, &NothingKnown).errors);
        }
    });
    errors
}
