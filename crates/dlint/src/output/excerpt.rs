//! The lines that a finding is about, cut to what can be shown.
//!
//! A finding may point into several files, and a line may have ten megabytes. So the report is not drawn from the files
//! but from an excerpt: a few short texts (clusters), each of neighbouring lines of one file, laid out one after the other
//! in an address space of their own.

use std::ops::Range;

use dlint_linter::Document;
use dlint_syntax::{TextRange, TextSize};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::paths::displayed;
use crate::terminal::shown;

/// Lines shown before and after those that a finding is about.
const CONTEXT: usize = 1;

/// A range of more lines is shown by its first line.
const MAX_LINES: usize = 4;

/// Characters shown before a place in a line that is cut at its start.
const LEAD: usize = 20;

/// Columns that the frame takes beside the text.
const FRAME: usize = 12;

/// A place that a finding is about; the first of several is its own.
#[derive(Debug)]
pub(super) struct Place<'d> {
    pub(super) document: &'d Document,
    pub(super) range: TextRange,
    pub(super) label: Option<String>,
}

/// The lines that a finding is about.
#[derive(Debug)]
pub(super) struct Excerpt {
    clusters: Vec<Cluster>,
}

#[derive(Debug)]
struct Cluster {
    name: String,
    /// Where it starts in the address space of the excerpt.
    base: usize,
    /// Its lines, cut, with newlines between them.
    text: String,
    /// The number of its first line in the file, from 0.
    first_line: usize,
    labels: Vec<Label>,
}

#[derive(Debug)]
struct Label {
    /// In `text`.
    range: Range<usize>,
    /// The column of its start in the file, in characters from 0.
    column: usize,
    text: Option<String>,
    primary: bool,
}

/// A place with the lines it covers, from 0.
struct Spot<'d> {
    place: &'d Place<'d>,
    range: TextRange,
    lines: Range<usize>,
    primary: bool,
}

impl Excerpt {
    /// Gathers the lines around `places` and cuts them so that they fit into `width` columns.
    pub(super) fn new(places: &[Place<'_>], width: usize) -> Self {
        let mut groups: Vec<(&Document, Vec<Spot<'_>>)> = Vec::new();
        for (index, place) in places.iter().enumerate() {
            let spot = Spot::new(place, index == 0);
            match groups.iter_mut().find(|(document, _)| std::ptr::eq(*document, place.document)) {
                Some((_, spots)) => spots.push(spot),
                None => groups.push((place.document, vec![spot])),
            }
        }
        let limit = width.saturating_sub(FRAME).max(LEAD * 2);
        let mut clusters = Vec::new();
        let mut base = 0;
        for (document, mut spots) in groups {
            spots.sort_by_key(|spot| (spot.lines.start, spot.lines.end));
            let mut rest = spots.as_slice();
            while let Some(first) = rest.first() {
                let mut end = first.lines.end;
                let mut count = 1;
                while let Some(spot) = rest.get(count).filter(|spot| spot.lines.start <= end + 2 * CONTEXT) {
                    end = end.max(spot.lines.end);
                    count += 1;
                }
                let cluster = Cluster::new(document, &rest[..count], end, limit, base);
                // A gap, so that no place belongs to two clusters.
                base += cluster.text.len() + 2;
                clusters.push(cluster);
                rest = &rest[count..];
            }
        }
        Self { clusters }
    }

    /// What is marked in it.
    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.clusters.iter().flat_map(|cluster| {
            cluster.labels.iter().map(|label| {
                let span = (cluster.base + label.range.start, label.range.len());
                if label.primary {
                    LabeledSpan::new_primary_with_span(label.text.clone(), span)
                } else {
                    LabeledSpan::new_with_span(label.text.clone(), span)
                }
            })
        })
    }
}

impl<'d> Spot<'d> {
    fn new(place: &'d Place<'d>, primary: bool) -> Self {
        let document = place.document;
        let first = document.position(place.range.start()).line as usize - 1;
        let last = document.position(place.range.end()).line as usize - 1;
        let (range, last) = if last - first < MAX_LINES {
            (place.range, last)
        } else {
            let end = line_text(document, first).map_or(place.range.start(), |(_, end)| end.max(place.range.start()));
            (TextRange::new(place.range.start(), end), first)
        };
        Self { place, range, lines: first..last + 1, primary }
    }
}

/// Where the text of a line starts and ends in the document, its line break left out. The line counts from 0; `None` if
/// there are not so many.
fn line_text(document: &Document, line: usize) -> Option<(TextSize, TextSize)> {
    let range = document.lines().line(line as u32)?;
    let text = document.slice(range);
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    Some((range.start(), range.start() + TextSize::of(text)))
}

impl Cluster {
    /// `end` is the line after the last that a spot covers.
    fn new(document: &Document, spots: &[Spot<'_>], end: usize, limit: usize, base: usize) -> Self {
        let first_line = spots[0].lines.start.saturating_sub(CONTEXT);
        let covered = end;
        let mut text = String::new();
        let mut ranges: Vec<Range<usize>> = vec![0..0; spots.len()];
        let last = covered + CONTEXT;
        for (line, (start, end)) in (first_line..last).map_while(|line| Some((line, line_text(document, line)?))) {
            // After the last newline of a file comes no line that a person would count.
            if line >= covered && start == TextSize::of(&**document.text()) {
                break;
            }
            if line > first_line {
                text.push('\n');
            }
            let marks = spots.iter().flat_map(|spot| [spot.range.start(), spot.range.end()]);
            let first_mark = marks.filter(|mark| (start..=end).contains(mark)).min();
            let cut = Line::new(document.slice(TextRange::new(start, end)), first_mark.map(|mark| mark - start), limit);
            for (spot, range) in spots.iter().zip(&mut ranges) {
                if spot.lines.start == line {
                    range.start = text.len() + cut.place(spot.range.start().max(start) - start);
                    range.end = range.start;
                }
                if spot.lines.start <= line && line < spot.lines.end {
                    range.end = text.len() + cut.place(spot.range.end().clamp(start, end) - start);
                }
            }
            text.push_str(&cut.text);
        }
        let label = |(spot, range): (&Spot<'_>, Range<usize>)| Label {
            range,
            column: document.position(spot.range.start()).column as usize - 1,
            text: spot.place.label.clone(),
            primary: spot.primary,
        };
        let labels = spots.iter().zip(ranges).map(label).collect();
        Self { name: displayed(document.path()), base, text, first_line, labels }
    }
}

/// A line as it is shown.
struct Line {
    text: String,
    /// Which bytes of the line are shown.
    window: Range<usize>,
    /// For each character shown, where it starts in the line and in `text`; and once more for the end of both.
    places: Vec<(usize, usize)>,
}

impl Line {
    /// Cuts a line to at most about `limit` characters around `mark`, without looking at more of it than that.
    fn new(line: &str, mark: Option<TextSize>, limit: usize) -> Self {
        let mark = mark.map_or(0, usize::from).min(line.len());
        let is_long = line.char_indices().nth(limit).is_some();
        let from = if is_long { line[..mark].char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at) } else { 0 };
        let to = line[from..].char_indices().nth(limit).map_or(line.len(), |(at, _)| from + at);
        let mut text = String::new();
        if from > 0 {
            text.push('…');
        }
        let mut places = Vec::new();
        for (at, c) in line[from..to].char_indices() {
            places.push((from + at, text.len()));
            // A byte order mark has no width anywhere.
            if c != '\u{feff}' {
                text.push(shown(c));
            }
        }
        places.push((to, text.len()));
        if to < line.len() {
            text.push('…');
        }
        Self { text, window: from..to, places }
    }

    /// Where a byte of the line is shown; the nearest place if it is cut off.
    fn place(&self, offset: TextSize) -> usize {
        let offset = usize::from(offset).clamp(self.window.start, self.window.end);
        let index = self.places.partition_point(|&(at, _)| at < offset).min(self.places.len() - 1);
        self.places[index].1
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let cluster = self
            .clusters
            .iter()
            .find(|cluster| {
                cluster.base <= span.offset() && span.offset() + span.len() <= cluster.base + cluster.text.len()
            })
            .ok_or(MietteError::OutOfBounds)?;
        let start = span.offset() - cluster.base;
        let inner = cluster.text.as_str().read_span(&(start, span.len()).into(), before, after)?;
        let column = cluster.labels.iter().find(|label| label.range.start == start).map(|label| label.column);
        Ok(Box::new(MietteSpanContents::new_named(
            cluster.name.clone(),
            inner.data(),
            (inner.span().offset() + cluster.base, inner.span().len()).into(),
            inner.line() + cluster.first_line,
            column.unwrap_or(inner.column()),
            inner.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use dlint_syntax::TextSize;

    use super::Line;

    #[test]
    fn a_long_line_is_cut_around_its_mark() {
        let line = "a".repeat(1000) + "MARK" + &"b".repeat(1000);
        let cut = Line::new(&line, Some(TextSize::new(1000)), 60);
        assert!(cut.text.starts_with("…aaa") && cut.text.ends_with("b…"), "{}", cut.text);
        assert_eq!(cut.text.chars().count(), 62);
        let start = cut.place(TextSize::new(1000));
        assert_eq!(&cut.text[start..start + 4], "MARK");
        assert_eq!(cut.place(TextSize::new(0)), '…'.len_utf8());
        assert_eq!(cut.place(TextSize::new(2000)), cut.text.len() - '…'.len_utf8());
    }

    #[test]
    fn a_short_line_is_shown_whole_and_harmless() {
        let cut = Line::new("a\u{1b}é\tb", Some(TextSize::new(5)), 60);
        assert_eq!(cut.text, "a\u{241b}é b");
        assert_eq!(&cut.text[cut.place(TextSize::new(2))..], "é b");
        assert_eq!(cut.place(TextSize::new(6)), cut.text.len());
    }
}
