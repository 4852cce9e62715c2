//! Changes to the text of a `daemon.json`.

use dlint_syntax::yaml::{Kind, View};
use dlint_syntax::{TextRange, TextSize};

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

/// Adds an entry before the first of an object, on a line of its own if that one has one. None for what is no object.
pub(crate) fn insert(object: View<'_>, entry: &str) -> Option<Edit> {
    if object.kind() != Kind::Mapping {
        return None;
    }
    let (text, start) = (object.yaml().text(), usize::from(object.range().start()));
    let first = object.own_entries().next().map(|first| usize::from(first.range().start()));
    let Some(first) = first else {
        return text[start..].starts_with('{').then(|| Edit::insert(object.range().start() + TextSize::new(1), entry));
    };
    let gap = text.get(start + 1..first).filter(|gap| gap.trim().is_empty() && text[start..].starts_with('{'))?;
    let gap = if gap.is_empty() { " " } else { gap };
    Some(Edit::insert(TextSize::try_from(first).ok()?, format!("{entry},{gap}")))
}
