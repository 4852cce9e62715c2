//! The short syntax: `[SOURCE:]TARGET[:OPTIONS]`.

use std::ops::Range;
use std::path::PathBuf;

use super::{Mount, MountError, MountErrorKind, MountKind, Scalar, Syntax, kind_of_source};
use crate::compose::interpolate::HOLE;

pub(super) fn parse(scalar: &Scalar) -> Result<Mount, MountError> {
    let text = scalar.text();
    let error = |range: &Range<usize>, kind| Err(MountError { place: scalar.part(range.clone()).place, kind });
    let sections = sections(text);
    // One or two bytes are always a path in the container, even with a colon.
    let (source, target, options) = match sections.as_slice() {
        _ if text.is_empty() => return error(&(0..0), MountErrorKind::Empty),
        _ if text.len() <= 2 => (None, 0..text.len(), None),
        parts if parts.iter().any(Range::is_empty) => {
            let empty = parts.iter().find(|part| part.is_empty()).expect("just found");
            // The colon is what one can see.
            return error(&(empty.start.saturating_sub(1)..empty.end), MountErrorKind::EmptySection);
        }
        [target] => (None, target.clone(), None),
        [source, target] => (Some(source), target.clone(), None),
        [source, target, options] => (Some(source), target.clone(), Some(options)),
        [_, _, _, rest, ..] => return error(&(rest.start - 1..text.len()), MountErrorKind::TooManyColons),
        [] => unreachable!("there is always a section"),
    };
    let kind = match source {
        Some(source) => kind_of_source(&text[source.clone()]),
        // The variable may hold all three parts.
        None if text.contains(HOLE) => MountKind::Unknown,
        None => MountKind::Anonymous,
    };
    let mut mount = Mount {
        place: scalar.place,
        alias: scalar.alias,
        syntax: Syntax::Short,
        kind,
        source: source.map(|source| scalar.part(source.clone())),
        target: Some(scalar.part(target.clone())),
        // The variable at the end may hold options.
        read_only: if options.is_none() && text.ends_with(HOLE) { None } else { Some(false) },
        propagation: None,
        selinux: None,
        options: Vec::new(),
        folder: PathBuf::new(),
        creates_source: true,
    };
    if let Some(options) = options {
        mount.options = words(text, options).map(|range| scalar.part(range)).collect();
        apply_options(&mut mount);
    }
    Ok(mount)
}

fn apply_options(mount: &mut Mount) {
    for option in &mount.options {
        match option.known() {
            Some("ro") => mount.read_only = Some(true),
            Some("rw") => mount.read_only = Some(false),
            Some("private" | "rprivate" | "shared" | "rshared" | "slave" | "rslave") => {
                mount.propagation = Some(option.clone());
            }
            Some("z" | "Z") => mount.selinux = Some(option.clone()),
            Some(_) => {}
            None => mount.read_only = None,
        }
    }
}

/// The parts between colons; the colon of a Windows drive and those inside of `${…}` do not count.
fn sections(text: &str) -> Vec<Range<usize>> {
    let mut sections = Vec::new();
    let mut start = 0;
    let mut braces = 0_u32;
    for (at, char) in text.char_indices() {
        match char {
            '$' if text[at + 1..].starts_with('{') => braces += 1,
            '}' => braces = braces.saturating_sub(1),
            ':' if braces == 0 && !is_drive(&text[start..at]) => {
                sections.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(start..text.len());
    sections
}

fn is_drive(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn words(text: &str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    text[range.clone()].split(',').map(move |word| {
        let at = start;
        start += word.len() + 1;
        at..at + word.len()
    })
}
