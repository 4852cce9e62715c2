//! Keys that are no strings: Compose refuses them wherever they stand, be it where nobody reads them.

use dlint_syntax::yaml::{Kind, Scalar, View};

use super::fault::{Fault, FaultKind};
use crate::compose::place::{FileId, Place};
use crate::text::shorten;

/// What Compose says of a key that is no string, if it is none.
pub(super) fn described(key: View<'_>) -> Option<&'static str> {
    Some(match key.kind() {
        Kind::Unknown => return None,
        Kind::Mapping => "a mapping",
        Kind::Sequence => "a list",
        Kind::Scalar => match key.scalar()? {
            Scalar::Str => return None,
            Scalar::Int(_) | Scalar::Float(_) => "a number",
            Scalar::Bool(_) => "a boolean",
            Scalar::Null => "null",
            Scalar::Timestamp => "a date",
        },
    })
}

/// Checks all keys of a document of a file.
pub(crate) fn keys(root: View<'_>, file: FileId, faults: &mut Vec<Fault>) {
    for mapping in root.walk().filter(|node| node.alias().is_none() && node.is_mapping()) {
        for entry in mapping.own_entries().filter(|entry| !entry.is_merge()) {
            let Some(found) = described(entry.key) else { continue };
            let range = if entry.key.range().is_empty() { entry.key.full_range() } else { entry.key.range() };
            if range.is_empty() {
                // The parser says that nothing stands before the colon.
                continue;
            }
            let name =
                entry.name().map_or_else(|| "this key".to_owned(), |name| format!("the key `{}`", shorten(name)));
            let fault = Fault::new(
                FaultKind::WrongType,
                Place { file, range },
                format!("{name} is {found}, and has to be a string"),
            );
            faults.push(if entry.key.kind() == Kind::Scalar { fault.help("Put it in quotes") } else { fault });
        }
    }
}
