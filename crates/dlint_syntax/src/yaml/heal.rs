//! Keeps reading after an error: a line that is to blame is overwritten with blanks, and the text is parsed again.
//!
//! YAML's structure is in its lines, so that a file without the broken line is nearly always what the user is about to write.
//! Offsets do not move, because the blanks are as many as the bytes they replace.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::build::Builder;
use super::check;
use super::error::{ErrorKind, YamlError};
use super::explain::{Fault, explain};
use super::layout::{line_end, line_start};
use super::parse::{self, Stop};
use super::tree::Yaml;

/// How many lines are overwritten at most.
const ROUNDS: usize = 4;
/// How many bytes are parsed again at most, in all.
const BUDGET: usize = 8 << 20;

pub(super) fn parse(text: &Arc<str>) -> Yaml {
    if text.len() > u32::MAX as usize / 2 {
        return too_large(text);
    }
    let source = line_breaks(text);
    let mut builder = Builder::new(&source);
    match parse::run(&source, &mut builder) {
        None => {
            let mut yaml = finish(text, builder);
            check::check(&mut yaml, &source, &[]);
            yaml
        }
        Some(stop) => heal(text, &source, builder, stop),
    }
}

fn heal(text: &Arc<str>, source: &str, first: Builder<'_>, stop: Stop) -> Yaml {
    let mut errors = vec![explain(text, &stop)];
    let mut masked: Vec<Range<usize>> = Vec::new();
    let mut budget = BUDGET;
    let mut source = source.to_owned();
    let mut current =
        Attempt { suspects: suspects(&source, &first, &stop), stop: Some(stop), yaml: close(text, first) };
    for _ in 0..ROUNDS {
        let Some(stop) = current.stop.clone() else { break };
        if stop.fault == Fault::TooDeep {
            break;
        }
        let mut best: Option<(Range<usize>, Attempt)> = None;
        for line in &current.suspects {
            let Some(left) = budget.checked_sub(text.len()) else { break };
            budget = left;
            let attempt = attempt(text, &mask(&source, line));
            let whole = attempt.stop.is_none();
            if best.as_ref().is_none_or(|(_, so_far)| attempt.reach() > so_far.reach()) {
                best = Some((line.clone(), attempt));
            }
            if whole {
                break;
            }
        }
        let Some((line, attempt)) = best.filter(|(_, attempt)| attempt.reach() > stop.at) else { break };
        source = mask(&source, &line);
        // An error right behind the first one is most likely the same one, seen from the other side.
        if let Some(next) = &attempt.stop
            && lines_between(text, stop.at.max(line.end), next.at) > 1
        {
            errors.push(explain(text, next));
        }
        masked.push(line);
        current = attempt;
    }
    let mut yaml = current.yaml;
    // What a masked line defined is missing for the parser only.
    yaml.errors.retain(|error| error.kind != ErrorKind::UndefinedAlias || !defined_in(text, error, &masked));
    check::check(&mut yaml, &source, &masked);
    yaml.errors.extend(errors);
    yaml.errors.sort_by_key(|error| (error.range.start(), error.range.end()));
    yaml
}

/// Go's parser ends a line at U+0085, U+2028 and U+2029, too, as YAML 1.1 has it. Puts a line break in their place, with blanks
/// before it so that offsets stay.
fn line_breaks(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(['\u{85}', '\u{2028}', '\u{2029}']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('\u{85}', " \n").replace(['\u{2028}', '\u{2029}'], "  \n"))
}

struct Attempt {
    stop: Option<Stop>,
    suspects: Vec<Range<usize>>,
    yaml: Yaml,
}

impl Attempt {
    fn reach(&self) -> usize {
        self.stop.as_ref().map_or(usize::MAX, |stop| stop.at)
    }
}

fn attempt(text: &Arc<str>, source: &str) -> Attempt {
    let mut builder = Builder::new(source);
    let stop = parse::run(source, &mut builder);
    let suspects = stop.as_ref().map(|stop| suspects(source, &builder, stop)).unwrap_or_default();
    Attempt { stop, suspects, yaml: close(text, builder) }
}

fn close(text: &Arc<str>, mut builder: Builder<'_>) -> Yaml {
    builder.cut_off(text.len());
    finish(text, builder)
}

fn finish(text: &Arc<str>, builder: Builder<'_>) -> Yaml {
    Yaml {
        text: Arc::clone(text),
        nodes: builder.nodes,
        children: builder.children,
        properties: builder.properties,
        decoded: builder.decoded,
        documents: builder.documents,
        comments: builder.comments,
        errors: builder.errors,
    }
}

fn too_large(text: &Arc<str>) -> Yaml {
    let mut yaml = finish(text, Builder::default());
    yaml.errors.push(YamlError::new(ErrorKind::Limit, crate::text::range(0..0), "the file is larger than 2 GiB"));
    yaml
}

/// The lines that may be to blame, the likeliest first.
fn suspects(text: &str, builder: &Builder<'_>, stop: &Stop) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut add = |at: usize| {
        let line = line_start(text, at)..line_end(text, at);
        if !text[line.clone()].trim().is_empty() && !lines.contains(&line) {
            lines.push(line);
        }
    };
    let at = stop.at.min(text.len());
    add(at);
    let last = text[..builder.cursor().min(at)].trim_end().len();
    // The line behind the last good token, that token's line, and the line above the error.
    let behind =
        text[line_end(text, last)..].find(|char: char| !char.is_whitespace()).map(|found| line_end(text, last) + found);
    if let Some(behind) = behind.filter(|&behind| behind <= at) {
        add(behind);
    }
    add(last);
    add(text[..line_start(text, at)].trim_end().len());
    for opener in builder.open_collections().collect::<Vec<_>>().into_iter().rev().take(8) {
        if matches!(text.as_bytes().get(opener), Some(b'[' | b'{')) {
            add(opener);
        }
    }
    lines
}

fn mask(text: &str, line: &Range<usize>) -> String {
    let mut masked = String::with_capacity(text.len());
    masked.push_str(&text[..line.start]);
    masked.extend(std::iter::repeat_n(' ', line.len()));
    masked.push_str(&text[line.end..]);
    masked
}

fn lines_between(text: &str, from: usize, to: usize) -> usize {
    text.get(from..to).map_or(0, |between| between.matches('\n').count())
}

fn defined_in(text: &str, error: &YamlError, masked: &[Range<usize>]) -> bool {
    let name = &text[error.range][1..];
    masked.iter().any(|line| {
        text[line.clone()].match_indices('&').any(|(at, _)| {
            let found = &text[line.start + at + 1..line.end];
            found.strip_prefix(name).is_some_and(|rest| {
                rest.chars().next().is_none_or(|char| char.is_whitespace() || ",[]{}".contains(char))
            })
        })
    })
}
