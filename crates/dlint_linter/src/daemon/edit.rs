//! Changes to the text of a `daemon.json`.

use dlint_syntax::TextRange;
use dlint_syntax::yaml::View;

use super::config::Setting;
use crate::diagnostic::Edit;

/// Removes an entry from its object, together with one comma and the blanks up to its neighbour. None if there is more
/// than a comma between the two.
pub(crate) fn remove(object: View<'_>, setting: &Setting<'_>) -> Option<Edit> {
    let ranges: Vec<TextRange> = object.own_entries().map(|entry| entry.range()).collect();
    let index = ranges.iter().position(|range| range.start() == setting.range.start())?;
    let (range, gap) = match (ranges.get(index + 1), index.checked_sub(1).map(|before| ranges[before])) {
        (Some(next), _) => {
            (TextRange::new(setting.range.start(), next.start()), TextRange::new(setting.range.end(), next.start()))
        }
        (None, Some(before)) => {
            (TextRange::new(before.end(), setting.range.end()), TextRange::new(before.end(), setting.range.start()))
        }
        (None, None) => return Some(Edit::delete(setting.range)),
    };
    let is_comma = object.yaml().text().get(std::ops::Range::<usize>::from(gap))?.trim() == ",";
    is_comma.then(|| Edit::delete(range))
}

/// Renames a key.
pub(crate) fn rename(setting: &Setting<'_>, name: &str) -> Edit {
    Edit::replace(setting.key_range, format!("\"{name}\""))
}
