//! Keeps reading after an error: a line that is to blame is overwritten with blanks, and the text is parsed again.
//!
//! YAML's structure is in its lines, so that a file without the broken line is nearly always what the user is about to write.
//! Offsets do not move, because the blanks are as many as the bytes they replace.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::MAX_BYTES;
use super::build::Builder;
use super::check;
use super::error::{ErrorKind, YamlError};
use super::escape;
use super::explain::{Fault, explain};
use super::layout::{line_end, line_start};
use super::parse::{self, Stop};
use super::tree::{Comment, Yaml};
use crate::text;

/// How many lines are overwritten at most.
const ROUNDS: usize = 4;
/// How many bytes are parsed again at most, in all.
const BUDGET: usize = 8 << 20;

pub(super) fn parse(text: &Arc<str>) -> Yaml {
    if text.len() > MAX_BYTES {
        return too_large(text);
    }
    let Cow::Owned(normal) = line_breaks(text) else { return parse_normal(text) };
    let mut yaml = parse_normal(&Arc::from(normal));
    yaml.text = Arc::clone(text);
    yaml.snap();
    yaml
}

fn parse_normal(text: &Arc<str>) -> Yaml {
    let mut budget = BUDGET;
    let first = attempt(text, Source { text: Cow::Borrowed(text), glued: Vec::new(), bells: false }, &mut budget);
    if let Some(stop) = &first.stop {
        let with_tabs = (stop.fault == Fault::Tab).then(|| with_tabs(text, &mut budget)).flatten();
        return with_tabs.unwrap_or_else(|| heal(text, first, budget));
    }
    let Attempt { source, mut yaml, .. } = first;
    check::check(&mut yaml, &source.text, &[]);
    yaml
}

/// The tree of a text whose lines begin with tabs where Go's parser takes them for blanks, as it does inside of brackets: the parser
/// underneath refuses them there, too. `None` if one of them is an error.
fn with_tabs(text: &Arc<str>, budget: &mut usize) -> Option<Yaml> {
    *budget = budget.checked_sub(text.len())?;
    let mut leads = true;
    let blank = text.chars().map(|char| {
        leads = char == '\n' || leads && matches!(char, ' ' | '\t');
        if leads && char == '\t' { ' ' } else { char }
    });
    let source = Source { text: Cow::Owned(blank.collect()), glued: Vec::new(), bells: false };
    let Attempt { stop: None, mut yaml, .. } = attempt(text, source, budget) else { return None };
    check::check(&mut yaml, text, &[]);
    yaml.errors.iter().all(|error| error.kind != ErrorKind::Syntax).then_some(yaml)
}

fn heal(text: &Arc<str>, mut current: Attempt<'_>, mut budget: usize) -> Yaml {
    let mut errors = Vec::new();
    let mut masked: Vec<Range<usize>> = Vec::new();
    if let Some(stop) = &current.stop {
        errors.push(explain(text, stop));
    }
    for _ in 0..ROUNDS {
        let Some(stop) = current.stop.clone().filter(|stop| stop.fault != Fault::TooDeep) else { break };
        let mut best: Option<(Range<usize>, Attempt<'_>)> = None;
        for line in &current.suspects {
            let Some(left) = budget.checked_sub(text.len()) else { break };
            budget = left;
            let attempt = attempt(text, current.source.without(line), &mut budget);
            let whole = attempt.stop.is_none();
            if best.as_ref().is_none_or(|(_, so_far)| attempt.reach() > so_far.reach()) {
                best = Some((line.clone(), attempt));
            }
            if whole {
                break;
            }
        }
        let Some((line, attempt)) = best.filter(|(_, attempt)| attempt.reach() > stop.at) else { break };
        // An error right behind the first one is most likely the same one, seen from the other side.
        if let Some(next) = &attempt.stop
            && lines_between(text, stop.at.max(line.end), next.at) > 1
        {
            errors.push(explain(text, next));
        }
        masked.push(line);
        current = attempt;
    }
    let Attempt { source, mut yaml, .. } = current;
    // What a masked line defined is missing for the parser only.
    yaml.errors.retain(|error| error.kind != ErrorKind::UndefinedAlias || !defined_in(text, error, &masked));
    check::check(&mut yaml, &source.text, &masked);
    yaml.errors.retain(|error| !errors.iter().any(|first| first.range == error.range));
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

/// An escape and its value; each as long as that of a single quote.
const BELL: &str = "\\a";
const BELL_VALUE: char = '\u{7}';

/// A text to parse, with what was changed in it.
#[derive(Clone)]
struct Source<'t> {
    /// The text with blanks in place of lines and comments.
    text: Cow<'t, str>,
    /// The comments that were overwritten because they stand right behind a quote or bracket.
    glued: Vec<Comment>,
    /// Whether [`BELL`] stands for single quotes.
    bells: bool,
}

impl Source<'_> {
    fn without(&self, line: &Range<usize>) -> Source<'static> {
        Source { text: Cow::Owned(mask(&self.text, line)), glued: self.glued.clone(), bells: self.bells }
    }
}

/// What a parser made of a text.
struct Attempt<'t> {
    source: Source<'t>,
    stop: Option<Stop>,
    suspects: Vec<Range<usize>>,
    yaml: Yaml,
}

impl Attempt<'_> {
    fn reach(&self) -> usize {
        self.stop.as_ref().map_or(usize::MAX, |stop| stop.at)
    }
}

fn attempt<'t>(text: &Arc<str>, mut source: Source<'t>, budget: &mut usize) -> Attempt<'t> {
    loop {
        let mut builder = Builder::new(&source.text);
        let stop = parse::run(&source.text, &mut builder);
        if let Some(stop) = &stop
            && let Some(left) = budget.checked_sub(text.len())
            && let Some(adapted) = adapt(&source, stop)
        {
            *budget = left;
            source = adapted;
            continue;
        }
        let suspects = stop.as_ref().map(|stop| suspects(&source.text, &builder, stop)).unwrap_or_default();
        if stop.is_some() {
            builder.cut_off(text.len());
        }
        let mut yaml = finish(text, builder);
        if source.bells {
            yaml.decoded = yaml.decoded.replace(BELL_VALUE, "'");
        }
        if !source.glued.is_empty() {
            yaml.comments.extend(&source.glued);
            yaml.comments.sort_by_key(|comment| comment.range.start());
        }
        return Attempt { source, stop, suspects, yaml };
    }
}

/// The text written so that the parser reads on, where it stopped at something that is fine for Go's parser.
fn adapt(source: &Source<'_>, stop: &Stop) -> Option<Source<'static>> {
    match stop.fault {
        // A comment right behind a quote or bracket.
        Fault::GluedComment => {
            let comment = stop.at..line_end(&source.text, stop.at);
            let mut adapted = source.without(&comment);
            adapted.glued.push(Comment { range: text::range(comment), own_line: false });
            Some(adapted)
        }
        // `\'`. Another escape that nobody writes takes its place.
        Fault::Escape => {
            let text = escape::replace_single_quotes(&source.text, stop.at, BELL)?;
            Some(Source { text: Cow::Owned(text), glued: source.glued.clone(), bells: true })
        }
        _ => None,
    }
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
    let message = format!("the file is larger than {} MiB, which dlint does not read", MAX_BYTES >> 20);
    yaml.errors.push(YamlError::new(ErrorKind::Limit, text::range(0..0), message));
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
    if let (Fault::AfterQuotes, Some(quote)) = (&stop.fault, stop.opener) {
        add(quote);
    }
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
    builder.open_brackets().take(8).for_each(add);
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
                rest.chars().next().is_none_or(|char| char.is_whitespace() || ",[]{}:".contains(char))
            })
        })
    })
}
