//! Commands that are given as words, not as text for a shell: the exec form of `RUN`, `CMD` and the like.

use std::ops::Range;

use crate::text::TextSize;

use super::part::PartKind;
use super::tree::{
    CommandData, CommandKind, Detail, NONE, Operator, PartData, PipelineData, ScopeData, ScopeKind, Script, Span,
    WordData,
};

/// The script of one command with these words, byte ranges of `text`, which stands at `base` in its file. Nothing in the
/// words is special; a NUL in them is nothing, as it is for [`parse()`](super::parse()).
pub(crate) fn argv(text: String, base: TextSize, words: &[Range<usize>]) -> Script {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Script::default() };
    let whole = Span::new(first.start, last.end);
    let end = Span::new(last.end, last.end);
    let mut script = Script { base, ..Script::default() };
    for (index, word) in words.iter().enumerate() {
        let range = Span::new(word.start, word.end);
        // Literal as the body of a quoted heredoc is: there are no quotes that could be removed.
        let part = PartData { detail: Detail::Body, ..PartData::plain(PartKind::SingleQuoted, range) };
        script.parts.push(part);
        script.words.push(WordData { range, parts: Span::new(index, index + 1), is_plain: false });
    }
    script.scopes.push(ScopeData {
        kind: ScopeKind::Script,
        parent: NONE,
        owner: NONE,
        range: Span::new(0, text.len()),
        commands: Span::new(0, 1),
        patterns: Span::default(),
    });
    script.pipelines.push(PipelineData {
        range: whole,
        negated: false,
        first: 0,
        len: 1,
        before: None,
        operator: Operator::End,
        next: NONE,
        or_follows: false,
        background: false,
    });
    script.commands.push(CommandData {
        range: whole,
        kind: CommandKind::Simple,
        scope: 0,
        pipeline: 0,
        next: NONE,
        position: 0,
        operator: Operator::End,
        operator_range: end,
        assignments: Span::default(),
        words: Span::new(0, words.len()),
        redirects: Span::default(),
        end: 1,
    });
    script.text = text;
    script
}
