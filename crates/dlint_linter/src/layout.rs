//! How a file is laid out: its lines, and the order of what it lists.

use dlint_syntax::TextRange;
use dlint_syntax::dockerfile::TokenKind;
use dlint_syntax::text::range;
use dlint_syntax::yaml::{Entry, ScalarStyle, View};

use crate::compose::Project;
use crate::diagnostic::{Edit, Fix};
use crate::document::{Document, Tree};

/// A line of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'t> {
    /// Where it starts.
    pub(crate) start: usize,
    /// What it says, without the line break.
    pub(crate) text: &'t str,
    /// Where the next one starts.
    pub(crate) next: usize,
}

impl Line<'_> {
    /// Whether nothing but blanks stands in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
    }
}

/// The lines of a text.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let content = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        let this = Line { start, text: content, next: start + line.len() };
        start = this.next;
        this
    })
}

/// The line break that a text uses.
pub(crate) fn line_break(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Where blanks and line breaks are a part of a value: heredocs, and scalars of several lines. In file order; `None` if the file
/// cannot be read well enough to tell.
pub(crate) fn values_of_lines(document: &Document) -> Option<Vec<TextRange>> {
    match document.tree() {
        Tree::Dockerfile(parts) => {
            let tokens = parts.0.tokens.iter();
            let heredocs = tokens.filter(|it| matches!(it.kind, TokenKind::HeredocLine | TokenKind::HeredocEnd));
            Some(heredocs.map(|token| token.range).collect())
        }
        Tree::Compose(yaml) | Tree::Daemon(yaml) => {
            if !yaml.errors().is_empty() {
                return None;
            }
            let scalars = yaml.roots().flat_map(View::walk).filter(|view| view.scalar_style().is_some());
            let long = scalars.map(View::range).filter(|&place| document.slice(place).contains('\n'));
            let mut places: Vec<TextRange> = long.collect();
            places.sort_by_key(|place| place.start());
            Some(places)
        }
    }
}

/// Whether an offset is in one of the places; they are in file order and do not overlap.
pub(crate) fn is_within(places: &[TextRange], offset: usize) -> bool {
    let after = places.partition_point(|place| usize::from(place.start()) <= offset);
    after.checked_sub(1).and_then(|at| places.get(at)).is_some_and(|place| offset < usize::from(place.end()))
}

/// A byte range of the text.
pub(crate) fn span(start: usize, end: usize) -> TextRange {
    range(start..end)
}

/// The services as the checked file writes them, in its order.
pub(crate) fn written_services<'a>(project: &Project<'a>) -> Vec<Vec<Entry<'a>>> {
    let Some(yaml) = project.document.yaml() else { return Vec::new() };
    let services = yaml.roots().flat_map(View::own_entries).filter(|entry| entry.name() == Some("services"));
    services.map(|entry| entry.value.own_entries().filter(|it| !it.is_merge()).collect()).collect()
}

/// The entry of that name which a mapping itself writes.
pub(crate) fn own_entry<'y>(mapping: View<'y>, key: &str) -> Option<Entry<'y>> {
    // What stands behind an alias is looked at where it is written.
    if mapping.alias().is_some() {
        return None;
    }
    mapping.own_entries().find(|entry| entry.name() == Some(key))
}

/// The first item that should stand earlier, and the first of those that it should stand before.
pub(crate) fn misplaced<K: Ord>(keys: &[K]) -> Option<(usize, usize)> {
    let at = keys.windows(2).position(|pair| matches!(pair, [one, next] if next < one))? + 1;
    let before = keys.iter().position(|key| Some(key) > keys.get(at))?;
    Some((at, before))
}

/// The fix that puts the items of a list in order, if they are simple values of which each stands on a line of its own and is
/// introduced by nothing but its dash. `keys`: what each is ordered by.
pub(crate) fn sorting<K: Ord>(list: View<'_>, keys: &[K]) -> Option<Fix> {
    let items: Vec<View<'_>> = list.items().collect();
    let whole = list.range();
    let is_simple = |view: &View<'_>| {
        view.scalar_style().is_some_and(|style| !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded))
            && view.alias().is_none()
            && view.anchor().is_none()
            && view.tag().is_none()
            && !list.yaml().text()[view.range()].contains('\n')
    };
    let has_comment = list.yaml().comments().iter().any(|comment| {
        let next_line = list.yaml().text()[usize::from(whole.end())..].find('\n').map_or(0, |length| length as u32);
        let end = u32::from(whole.end()) + next_line;
        comment.range.start() >= whole.start() && u32::from(comment.range.start()) <= end
    });
    if items.len() != keys.len() || !items.iter().all(is_simple) || has_comment {
        return None;
    }
    let mut order: Vec<(&K, View<'_>)> = keys.iter().zip(items.iter().copied()).collect();
    order.sort_by_key(|(key, _)| *key);
    let moved = items.iter().zip(&order).filter(|(item, (_, new))| item.id() != new.id());
    let edits = moved.map(|(item, (_, new))| Edit::replace(item.range(), &list.yaml().text()[new.range()])).collect();
    Some(Fix::safe("Put them in order", edits))
}

#[cfg(test)]
mod tests {
    use super::{is_within, lines, misplaced, span};

    #[test]
    fn lines_have_their_breaks() {
        let of = |text| lines(text).map(|it| (it.start, it.text.to_owned(), it.next)).collect::<Vec<_>>();
        assert_eq!(of("a\r\n\nb"), [(0, "a".to_owned(), 3), (3, String::new(), 4), (4, "b".to_owned(), 5)]);
        assert_eq!(of(""), []);
    }

    #[test]
    fn order_and_places() {
        assert_eq!(misplaced(&["a", "c", "b"]), Some((2, 1)));
        assert_eq!(misplaced(&["b", "c", "a"]), Some((2, 0)));
        assert_eq!(misplaced(&["a", "a", "b"]), None);
        let places = [span(2, 4), span(6, 8)];
        assert!(!is_within(&places, 1) && is_within(&places, 2) && !is_within(&places, 4) && is_within(&places, 7));
    }
}
