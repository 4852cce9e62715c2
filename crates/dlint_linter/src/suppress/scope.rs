//! What a comment covers: lines, or the range of what follows it.

use dlint_syntax::dockerfile::{Dockerfile, Kind};
use dlint_syntax::hash::{HashMap, HashMapExt};
use dlint_syntax::yaml::Yaml;
use dlint_syntax::{TextRange, TextSize};

use super::comment::Reach;
use crate::document::{Document, Tree};

/// Where a finding has to start to be covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    File,
    /// Between these places, both included.
    Range(TextRange),
    /// On this line, from 0.
    Line(u32),
}

/// Works out scopes. Comments have to be asked about from the last to the first.
pub(super) struct Scopes<'d> {
    document: &'d Document,
    /// Where the entries and items of a Compose file end, by where they start.
    ends: HashMap<TextSize, TextSize>,
    /// The line of the last line that was looked at, and the line with content that follows it.
    next: Option<(u32, Option<u32>)>,
}

impl<'d> Scopes<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let ends = match document.tree() {
            Tree::Compose(yaml) => ends(yaml),
            _ => HashMap::new(),
        };
        Self { document, ends, next: None }
    }

    /// The scope of a comment, if there is anything for it to cover. `own_line`: nothing stands before it on its line.
    pub(super) fn of(&mut self, comment: TextRange, own_line: bool, reach: Reach) -> Option<Scope> {
        let line = self.document.position(comment.start()).line - 1;
        match reach {
            Reach::File => Some(Scope::File),
            Reach::Top => self.is_top(comment).then_some(Scope::File),
            Reach::Next | Reach::Line if !own_line => Some(Scope::Line(line)),
            Reach::NextLine | Reach::Line => Some(Scope::Line(line + 1)),
            Reach::Next | Reach::Stage => match self.document.tree() {
                Tree::Dockerfile(parts) if reach == Reach::Stage => stage(&parts.0, comment),
                Tree::Dockerfile(parts) => self.instruction(&parts.0, comment, line),
                Tree::Compose(_) | Tree::Daemon(_) => self.entry(line),
            },
        }
    }

    /// Whether nothing but empty lines and `---` is above a comment.
    fn is_top(&self, comment: TextRange) -> bool {
        let before = &self.document.text()[..usize::from(comment.start())];
        before.lines().all(|line| line.trim().trim_start_matches('\u{feff}').is_empty() || line.trim() == "---")
    }

    fn instruction(&mut self, file: &Dockerfile, comment: TextRange, line: u32) -> Option<Scope> {
        let next = file.instructions.partition_point(|it| it.range.start() < comment.start());
        // Inside of an instruction that goes on, the comment is about the line after it.
        if next > 0 && file.instructions[next - 1].range.end() > comment.start() {
            return self.next_line(line).map(Scope::Line);
        }
        file.instructions.get(next).map(|it| Scope::Range(it.range))
    }

    fn entry(&mut self, line: u32) -> Option<Scope> {
        let next = self.next_line(line)?;
        let range = self.document.lines().line(next)?;
        let text = self.document.slice(range);
        let start = range.start() + TextSize::new((text.len() - text.trim_start().len()) as u32);
        Some(
            self.ends.get(&start).map_or(Scope::Line(next), |&end| Scope::Range(TextRange::new(start, end.max(start)))),
        )
    }

    /// The first line after `line` that is neither empty nor a comment nor the start of a document.
    fn next_line(&mut self, line: u32) -> Option<u32> {
        let mut at = line + 1;
        let found = loop {
            if let Some((known, next)) = self.next.filter(|&(known, _)| known == at) {
                debug_assert!(known >= at);
                break next;
            }
            let Some(range) = self.document.lines().line(at).filter(|range| !range.is_empty()) else { break None };
            let text = self.document.slice(range).trim();
            if !(text.is_empty() || text.starts_with('#') || text == "---") {
                break Some(at);
            }
            at += 1;
        };
        self.next = Some((line, found));
        found
    }
}

fn stage(file: &Dockerfile, comment: TextRange) -> Option<Scope> {
    let next = file.instructions.partition_point(|it| it.range.start() < comment.start());
    let from = file.instructions.get(next).filter(|it| matches!(it.kind, Kind::From(_)))?;
    let rest = &file.instructions[next + 1..];
    let rest = &rest[..rest.iter().position(|it| matches!(it.kind, Kind::From(_))).unwrap_or(rest.len())];
    let (first, last) = (rest.first()?, rest.last()?);
    debug_assert!(first.range.start() >= from.range.end());
    Some(Scope::Range(first.range.cover(last.range)))
}

/// Where the entries of mappings and the items of lists end, by where they start; of several the outermost.
fn ends(yaml: &Yaml) -> HashMap<TextSize, TextSize> {
    let mut ends: HashMap<TextSize, TextSize> = HashMap::new();
    let mut add = |start: TextSize, end: TextSize| {
        let known = ends.entry(start).or_insert(end);
        *known = end.max(*known);
    };
    for view in yaml.roots().flat_map(dlint_syntax::yaml::View::walk) {
        // What an alias stands for is written elsewhere.
        if view.alias().is_some() {
            continue;
        }
        for entry in view.own_entries() {
            let range = entry.range();
            add(range.start(), range.end());
        }
        for (_, range) in view.items_with_range() {
            add(range.start(), range.end());
        }
    }
    ends
}
